"""Compare the rankers on the sample feed: python benchmarks/extractive.py [sentences] [feed.jsonl].

Ranks the human English translations, so that no translation model is in the way, and scores against
all reference summaries (the best counts). The intervals are of the difference to the lead over the
articles; the speed is of ranking alone. Sumy, if it is installed, ranks the same sentences.
"""

import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from evaluation.bootstrap import mean_interval
from evaluation.rouge import Prf, Rouge
from pipeline.extractive import settings as options
from pipeline.extractive.choice import make_ranker
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.selection import pick
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed
from pipeline.records import Article
from pipeline.sentences.english import EnglishSplitter

SAMPLE = Path(__file__).parent.parent / "data" / "wire-sample.jsonl"
RANKERS = {
    "oracle": options.OracleExtractive(),
    "lead": options.LeadExtractive(),
    "lexrank": options.LexRankExtractive(),
    "lexrank, continuous": options.LexRankExtractive(threshold=0.0),
    "mmr": options.MmrExtractive(),
    "textrank": options.TextRankExtractive(),
    "centroid": options.CentroidExtractive(),
    "random": options.RandomExtractive(),
}
PEERS = {"sumy lexrank": "lex_rank.LexRank", "sumy textrank": "text_rank.TextRank"}
METRICS = ("rouge1", "rouge2", "rougeLsum")

Rank = Callable[[Candidates], list[int]]
Scores = list[dict[str, Prf]]


def main() -> None:
    """Print one row per ranker."""
    budget = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    stories = load(Path(sys.argv[2]) if len(sys.argv) > 2 else SAMPLE)
    rouge = Rouge(stem=True, many="best")
    print(f"{len(stories)} articles, {budget} sentences; {rouge.signature()}\n")
    names = "ranker", *(f"{name} F" for name in METRICS), "rouge1 F less lead's", "words"
    print(f"| {' | '.join(names)} | sentences/s |\n|{'---|' * 7}")
    lead = measure(make_ranker(RANKERS["lead"], "en", offline=True).rank, stories, budget, rouge)[0]
    for name, settings in RANKERS.items():
        rank = make_ranker(settings, "en", offline=True).rank
        print(row(name, *measure(rank, stories, budget, rouge), lead))
    for name, path in PEERS.items():
        try:
            label = f"{name} {version('sumy')}"
        except PackageNotFoundError:
            print(f"| {name} | not installed |")
        else:
            print(row(label, *measure(sumy(path, budget), stories, budget, rouge), lead))


def measure(
    rank: Rank, stories: Sequence[Candidates], budget: int, rouge: Rouge
) -> tuple[Scores, float, float]:
    """Return each story's scores, the words of a summary, and sentences ranked in a second."""
    rank(stories[0])
    started = time.perf_counter()
    orders = [rank(story) for story in stories]
    seconds = time.perf_counter() - started
    summaries = [
        "\n".join(story.texts[index] for index in pick(order, story.texts, budget, None))
        for story, order in zip(stories, orders, strict=True)
    ]
    scores = [
        rouge.score(summary, story.references)
        for summary, story in zip(summaries, stories, strict=True)
    ]
    words = sum(len(summary.split()) for summary in summaries) / len(stories)
    return scores, words, sum(len(story.texts) for story in stories) / seconds


def row(name: str, scores: Scores, words: float, speed: float, lead: Scores) -> str:
    """Return a line of the table."""
    means = [100 * sum(score[metric].f for score in scores) / len(scores) for metric in METRICS]
    gains = [
        100 * (ours["rouge1"].f - theirs["rouge1"].f)
        for ours, theirs in zip(scores, lead, strict=True)
    ]
    low, high = mean_interval(gains, samples=2000, seed=1) or (0.0, 0.0)
    gain = f"{sum(gains) / len(gains):+.1f} ({low:+.1f} to {high:+.1f})" if scores != lead else "–"
    cells = " | ".join(f"{mean:.1f}" for mean in means)
    return f"| {name} | {cells} | {gain} | {words:.0f} | {float(f'{speed:.2g}'):,.0f} |"


def sumy(path: str, budget: int) -> Rank:
    """Return a ranker of sumy's, with its own stemmer and stop words, over our sentences."""
    module, kind = path.split(".")
    dom = import_module("sumy.models.dom")
    stemmer = import_module("sumy.nlp.stemmers").Stemmer("english")
    summarizers = import_module(f"sumy.summarizers.{module}")
    summarizer: Any = getattr(summarizers, f"{kind}Summarizer")(stemmer)
    summarizer.stop_words = import_module("sumy.utils").get_stop_words("english")

    def rank(story: Candidates) -> list[int]:
        sentences = [dom.Sentence(text, _SumyWords()) for text in story.texts]
        document = dom.ObjectDocumentModel([dom.Paragraph(sentences)])
        return [sentences.index(sentence) for sentence in summarizer(document, budget)]

    return rank


class _SumyWords:
    """Cuts words for sumy without nltk's data."""

    def to_words(self, text: str) -> tuple[str, ...]:
        """Return the words of a sentence."""
        words = (word.strip(".,;:!?()\"'“”’–-") for word in text.split())
        return tuple(word for word in words if word)


def load(path: Path) -> list[Candidates]:
    """Return the feed's English sentences, subheads left out, with the reference summaries."""
    split = EnglishSplitter().split
    found = []
    for item in open_feed(JsonlFeed(path=str(path)), "de").read():
        if not isinstance(item, Article):
            raise TypeError(f"{item}")
        english = (item.references.translation or "").split("\n\n")
        texts = [
            sentence
            for block, text in zip(item.blocks, english, strict=True)
            if block.kind == "text"
            for sentence in split(text)
        ]
        found.append(Candidates(item.id, texts, item.references.summaries))
    return found


if __name__ == "__main__":
    main()
