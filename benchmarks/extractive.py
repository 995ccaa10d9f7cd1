"""Compare the rankers: python -m benchmarks.extractive [--wire FILE] [--text human|machine|german].

Reads the sample feed, or a file of wire stories as the corpus has them. Ranks the human English
translation, the translation starter's, or the German sentences; picks from the German are shown in
human English. Scores against all reference summaries (the best counts). The intervals are of the
difference to the lead over the articles; the speed is of ranking alone. Sumy, if it is installed,
ranks the same English sentences.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evaluation.bootstrap import mean_interval
from evaluation.rouge import Prf, Rouge
from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import ModelSettings
from pipeline.extractive import settings as options
from pipeline.extractive.choice import make_ranker
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.selection import pick
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed
from pipeline.records import Article
from pipeline.sentences.english import EnglishSplitter
from pipeline.sentences.german import GermanSplitter
from pipeline.training.corpus import paragraphs, read_stories, story_sentences

SAMPLE = Path(__file__).parent.parent / "data" / "wire-sample.jsonl"
RANKERS = {
    "oracle": options.OracleExtractive(),
    "learned": options.LearnedExtractive(),
    "lead": options.LeadExtractive(),
    "lexrank": options.LexRankExtractive(),
    "lexrank, continuous": options.LexRankExtractive(threshold=0.0),
    "mmr": options.MmrExtractive(),
    "textrank": options.TextRankExtractive(),
    "centroid": options.CentroidExtractive(),
    "random": options.RandomExtractive(),
}
PEERS = {"sumy lexrank": "lex_rank.LexRank", "sumy textrank": "text_rank.TextRank"}
METRICS = ("rouge1", "rouge2", "rougeL", "rougeLsum")

Rank = Callable[[Candidates], list[int]]
Scores = list[dict[str, Prf]]


@dataclass(frozen=True, slots=True)
class Story:
    """What is ranked, and the English sentences that stand for it in the summary."""

    ranked: Candidates
    shown: Sequence[str]


def main() -> None:
    """Print one row per ranker."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wire", type=Path, help="a file of wire stories, not the sample feed")
    parser.add_argument("--text", choices=("human", "machine", "german"), default="human")
    parser.add_argument("--sentences", type=int, default=3)
    chosen = parser.parse_args()
    source = chosen.text != "human"
    stories = list(load_wire(chosen.wire, source) if chosen.wire else load_sample(source))
    if chosen.text == "machine":
        stories = translated(stories)
    german, budget = chosen.text == "german", chosen.sentences
    language = "de" if german else "en"
    rouge = Rouge(stem=True, many="best")
    print(f"{len(stories)} articles, {chosen.text}, {budget} sentences; {rouge.signature()}\n")
    names = "ranker", *(f"{name} F" for name in METRICS), "rouge1 F less lead's", "words"
    print(f"| {' | '.join(names)} | sentences/s |\n|{'---|' * 8}")
    first = make_ranker(RANKERS["lead"], language, offline=True)
    lead = measure(first.rank, stories, budget, rouge)
    for name, settings in RANKERS.items():
        if name == "oracle" and german:
            continue  # it would compare German with English
        ranker = make_ranker(replace(settings, sentences=budget), language, offline=True)
        ranker.open()
        print(row(name, *measure(ranker.rank, stories, budget, rouge), lead[0]))
    for name, path in () if german else PEERS.items():
        try:
            label = f"{name} {version('sumy')}"
        except PackageNotFoundError:
            print(f"| {name} | not installed |")
        else:
            print(row(label, *measure(sumy(path, budget), stories, budget, rouge), lead[0]))


def measure(
    rank: Rank, stories: Sequence[Story], budget: int, rouge: Rouge
) -> tuple[Scores, float, float]:
    """Return each story's scores, the words of a summary, and sentences ranked in a second."""
    rank(stories[0].ranked)
    started = time.perf_counter()
    orders = [rank(story.ranked) for story in stories]
    seconds = time.perf_counter() - started
    summaries = [
        "\n".join(story.shown[index] for index in pick(order, story.ranked.texts, budget, None))
        for story, order in zip(stories, orders, strict=True)
    ]
    scores = [
        rouge.score(summary, story.ranked.references)
        for summary, story in zip(summaries, stories, strict=True)
    ]
    words = sum(len(summary.split()) for summary in summaries) / len(stories)
    return scores, words, sum(len(story.shown) for story in stories) / seconds


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


def load_sample(german: bool) -> Iterator[Story]:
    """Yield the sample's sentences, subheads left out; both sides have as many a paragraph."""
    split = {"de": GermanSplitter().split, "en": EnglishSplitter().split}
    for item in open_feed(JsonlFeed(path=str(SAMPLE)), "de").read():
        if not isinstance(item, Article):
            raise TypeError(f"{item}")
        english = (item.references.translation or "").split("\n\n")
        both = [
            (number, split["de"](block.text), split["en"](text))
            for number, (block, text) in enumerate(zip(item.blocks, english, strict=True))
            if block.kind == "text"
        ]
        title = item.title if german else str(item.extra["reference_title"])
        shown = [sentence for _, _, texts in both for sentence in texts]
        ranked = [sentence for _, texts, _ in both for sentence in texts] if german else shown
        numbers = [number for number, _, texts in both for _ in texts]
        if len(ranked) != len(shown):
            raise ValueError(f"{item.id}: the German has {len(ranked)} sentences, not {len(shown)}")
        yield Story(Candidates(item.id, ranked, item.references.summaries, title, numbers), shown)


def load_wire(path: Path, german: bool) -> Iterator[Story]:
    """Yield wire stories."""
    for story in read_stories(path):
        pairs = list(story_sentences(story))
        shown = [pair.target for pair in pairs]
        numbers = [number for number, part in enumerate(paragraphs(story)) for _ in part]
        texts = [pair.source for pair in pairs] if german else shown
        title = str(story["title_de" if german else "title_en"])
        summary = str(story["summary_en"])
        yield Story(Candidates(str(story["id"]), texts, (summary,), title, numbers), shown)


def translated(stories: Sequence[Story]) -> list[Story]:
    """Translate German stories with the starter."""
    settings = ModelSettings(model="starter", batch_tokens=4096)
    with TemporaryDirectory() as cache:
        languages = ("de", "en")
        backend = make_backend(settings, Task.translation, languages, Path(cache), offline=True)
        texts = [text for s in stories for text in (s.ranked.title or "", *s.ranked.texts)]
        decoding = Decoding(beams=2, max_tokens=200, no_repeat_ngram=4)
        supply = iter(backend.generate(texts, decoding))
        made = []
        for story in stories:
            title, shown = next(supply), [next(supply) for _ in story.shown]
            made.append(Story(replace(story.ranked, texts=shown, title=title), shown))
    return made


if __name__ == "__main__":
    main()
