"""On the sample feed the oracle is the ceiling and chance the floor, as ROUGE measures them."""

from pathlib import Path

import pytest

from evaluation.rouge import Rouge
from pipeline.extractive import settings as options
from pipeline.extractive.choice import make_ranker
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.selection import pick
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed
from pipeline.sentences.english import EnglishSplitter

SAMPLE = Path(__file__).parents[3] / "data" / "wire-sample.jsonl"


@pytest.fixture(scope="module")
def stories():
    split = EnglishSplitter().split
    return [
        Candidates(article.id, split(article.references.translation), article.references.summaries)
        for article in open_feed(JsonlFeed(path=str(SAMPLE), limit=12), "de").read()
    ]


@pytest.fixture(scope="module")
def rouge():
    return Rouge(stem=True, many="best")


def mean_rouge(settings, stories, rouge):
    ranker = make_ranker(settings, "en", offline=True)
    ranker.open()
    total = 0.0
    for story in stories:
        picks = pick(ranker.rank(story), story.texts, 3, None)
        summary = "\n".join(story.texts[index] for index in picks)
        scores = rouge.score(summary, story.references)
        total += scores["rouge1"].f + scores["rouge2"].f
    return total / len(stories)


@pytest.mark.parametrize(
    "settings",
    [
        options.LeadExtractive(),
        options.TextRankExtractive(),
        options.LexRankExtractive(),
        options.CentroidExtractive(),
        options.MmrExtractive(),
        options.LearnedExtractive(),
    ],
    ids=lambda s: type(s).__name__,
)
def test_every_ranker_is_between_chance_and_oracle(settings, stories, rouge):
    found = mean_rouge(settings, stories, rouge)
    assert found < mean_rouge(options.OracleExtractive(), stories, rouge)
    assert found > mean_rouge(options.RandomExtractive(), stories, rouge)


def test_the_oracles_first_sentence_is_the_best_by_rouge_itself(stories, rouge):
    ranker = make_ranker(options.OracleExtractive(), "en", offline=True)

    def worth(text, references):
        found = [rouge.score(text, [reference]) for reference in references]
        return max(scores["rouge1"].f + scores["rouge2"].f for scores in found)

    for story in stories:
        best = max(worth(text, story.references) for text in story.texts)
        ours = worth(story.texts[ranker.rank(story)[0]], story.references)
        assert ours == pytest.approx(best)
