"""What is measured, what came out, and whether it reaches the bar."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Fact = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done.

    Attributes:
        repetitions: how often both sides take turns.
        quick: feeds and models so small that figures mean nothing; to see whether all runs.
        folder: for feeds and results; empty at first.
        models: where built checkpoints are kept for the next time.
        corpus: files of English news for ROUGE; the sample's reference translations if empty.
        vectors: records of the Perl script's ROUGE; `None` if they are not at hand.
        feed: articles with references for the profiles; the sample if `None`.
    """

    repetitions: int
    quick: bool
    folder: Path
    models: Path
    corpus: tuple[Path, ...] = ()
    vectors: Path | None = None
    feed: Path | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """What a median must reach, or must not exceed; neither for a figure without a bar."""

    least: float | None = None
    most: float | None = None

    def is_met(self, value: float) -> bool:
        """Tell whether a value is good enough."""
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def __str__(self) -> str:
        if self.least is not None:
            return f"≥ {self.least:g}"
        return "" if self.most is None else f"≤ {self.most:g}"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Attributes:
        name: what it is called in the results.
        what: in words.
        unit: of its values, such as `times`.
        bar: what it must reach.
    """

    name: str
    what: str
    unit: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured: a value for each repetition, and what one should know of them."""

    values: tuple[float, ...]
    facts: Mapping[str, Fact]

    @property
    def median(self) -> float:
        """Return the middle value."""
        return statistics.median(self.values)


class Absent(Exception):  # noqa: N818 - no error: there is nothing to measure
    """What is to be measured is not here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Study:
    """Measures some lines together.

    Attributes:
        lines: returns its figures.
        measure: returns a finding for each line that it could measure, by name.
        is_long: takes so long that it runs only if it is named.
    """

    lines: Callable[[Effort], Sequence[Line]]
    measure: Callable[[Effort], Mapping[str, Finding]]
    is_long: bool = False


def always(*lines: Line) -> Callable[[Effort], Sequence[Line]]:
    """Return what gives these lines, whatever the effort."""
    return lambda _: lines
