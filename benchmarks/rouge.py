"""Measure ROUGE against rouge-score: `python -m benchmarks.rouge CORPUS`.

CORPUS is JSONL, gzipped or not, with an article's `text` a record. A pair is an article's first
three sentences and three that were drawn from the rest: about the length of a CNN/DailyMail
highlight. Both scorers take turns block by block, so that both have the same load on the machine;
processor seconds are counted, and each repetition begins without a remembered stem.
"""

import argparse
import gzip
import json
import platform
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from rouge_score.rouge_scorer import RougeScorer

from evaluation.rouge import METRICS, Rouge
from evaluation.tokens import open_tokenizer

Text = tuple[str, str]
Result = TypeVar("Result")
_SENTENCES = 3
_BLOCK = 100


def read_articles(paths: Sequence[Path]) -> list[list[str]]:
    """Return the sentences of each article that has enough of them."""
    return sentences_of(text for path in paths for text in _texts(path))


def sentences_of(texts: Iterable[str]) -> list[list[str]]:
    """Return the sentences of each text that has enough of them."""
    split = (re.split(r"(?<=[.!?]) ", " ".join(text.split())) for text in texts)
    return [sentences for sentences in split if len(sentences) > 2 * _SENTENCES]


def _texts(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield str(json.loads(line)["text"])


def draw_pairs(articles: Sequence[Sequence[str]], count: int) -> list[Text]:
    """Draw pairs of a prediction and a reference, always alike."""
    draw = random.Random(1)
    pairs = []
    for _ in range(count):
        sentences = draw.choice(articles)
        drawn = sorted(draw.sample(range(1, len(sentences)), _SENTENCES))
        reference = "\n".join(sentences[:_SENTENCES])
        pairs.append(("\n".join(sentences[number] for number in drawn), reference))
    return pairs


def race(pairs: Sequence[Text], stem: bool) -> tuple[float, float, float]:
    """Return both scorers' seconds, and the greatest difference between their numbers."""
    open_tokenizer.cache_clear()
    ours = Rouge(stem=stem)
    theirs = RougeScorer(list(METRICS), use_stemmer=stem)
    seconds = [0.0, 0.0]
    worst = 0.0
    for start in range(0, len(pairs), _BLOCK):
        block = pairs[start : start + _BLOCK]
        right, spent = clocked(lambda: [theirs.score(want, have) for have, want in block])  # noqa: B023
        seconds[0] += spent
        found, spent = clocked(lambda: [ours.score(have, [want]) for have, want in block])  # noqa: B023
        seconds[1] += spent
        for expected, got in zip(right, found, strict=True):
            for name in METRICS:
                prf = got[name].precision, got[name].recall, got[name].f
                both = zip(expected[name], prf, strict=True)
                worst = max(worst, *(abs(left - right) for left, right in both))
    return seconds[0], seconds[1], worst


def clocked(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what work returns, and the processor seconds that it took."""
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def main() -> None:
    """Print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--no-stem", action="store_true")
    chosen = parser.parse_args()
    pairs = draw_pairs(read_articles(chosen.corpus), chosen.pairs)
    words = statistics.mean(len(text.split()) for pair in pairs for text in pair)
    stem = "no stemming" if chosen.no_stem else "stemming"
    print(f"{len(pairs)} pairs, {words:.0f} words a text, {', '.join(METRICS)}, {stem}")
    print(f"Python {platform.python_version()}, {machine()}")
    ratios = []
    for number in range(1, chosen.repetitions + 1):
        theirs, ours, worst = race(pairs, not chosen.no_stem)
        ratios.append(theirs / ours)
        print(
            f"{number}: rouge-score {version('rouge-score')} {theirs:.1f} s, "
            f"wirebrief {ours:.2f} s, {ratios[-1]:.1f} times as fast, "
            f"greatest difference {worst:g}",
            flush=True,
        )
    print(f"median: {statistics.median(ratios):.1f} times as fast")


def machine() -> str:
    """Return the processor's name."""
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return found[1] if found else platform.processor()


if __name__ == "__main__":
    main()
