"""Compare the rankers on the sample feed: python benchmarks/extractive.py [sentences].

Ranks the human English translations, so that no translation model is in the way, and scores against
both reference summaries (the best counts). The speed is of ranking alone, one thread.
"""

import sys
import time
from pathlib import Path

from evaluation.rouge import Rouge
from pipeline.extractive import settings as options
from pipeline.extractive.choice import make_ranker
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.selection import pick
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed
from pipeline.records import Article
from pipeline.sentences.english import EnglishSplitter

SAMPLE = Path(__file__).parent.parent / "data" / "wire-sample.jsonl"
RANKERS = (
    options.OracleExtractive(),
    options.LeadExtractive(),
    options.CentroidExtractive(),
    options.LexRankExtractive(),
    options.LexRankExtractive(threshold=0.0),
    options.TextRankExtractive(),
    options.MmrExtractive(),
    options.RandomExtractive(),
)


def main() -> None:
    """Print one row per ranker."""
    budget = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    stories = load()
    rouge = Rouge(stem=True, many="best")
    print(f"{len(stories)} articles, {budget} sentences; {rouge.signature()}\n")
    print("| ranker | ROUGE-1 F | ROUGE-2 F | ROUGE-Lsum F | words | sentences/s |")
    print("|---|---|---|---|---|---|")
    for settings in RANKERS:
        ranker = make_ranker(settings, "en", offline=True)
        ranker.rank(stories[0])
        started = time.perf_counter()
        orders = [ranker.rank(story) for story in stories]
        seconds = time.perf_counter() - started
        scores, words = [], 0
        for story, order in zip(stories, orders, strict=True):
            picks = pick(order, story.texts, budget, None)
            summary = "\n".join(story.texts[index] for index in picks)
            words += len(summary.split())
            scores.append(rouge.score(summary, story.references))
        name = ranker.name
        if isinstance(settings, options.LexRankExtractive) and not settings.threshold:
            name = "lexrank, continuous"
        means = [
            100 * sum(score[metric].f for score in scores) / len(scores)
            for metric in ("rouge1", "rouge2", "rougeLsum")
        ]
        speed = sum(len(story.texts) for story in stories) / seconds
        row = " | ".join(f"{mean:.1f}" for mean in means)
        print(f"| {name} | {row} | {words / len(stories):.0f} | {speed:,.0f} |")


def load() -> list[Candidates]:
    """Return the sample's English sentences, subheads left out, with the reference summaries."""
    split = EnglishSplitter().split
    found = []
    for item in open_feed(JsonlFeed(path=str(SAMPLE)), "de").read():
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
