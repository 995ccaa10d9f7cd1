"""How score names become groups, labels and marks on an axis."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.report.model import Score

_PARTS = re.compile(r"[./]")
_DETAILS = frozenset({"precision", "recall", "p", "r"})
_SCALES = {"rouge": 1.0, "bleu": 100.0, "chrf": 100.0, "ter": 100.0}
AXIS = 120.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A score's value and interval as positions on an axis of length `AXIS`."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of the table of corpus scores."""

    label: str
    score: Score
    detail: bool
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The scores of one part of the brief."""

    name: str
    rows: tuple[ScoreRow, ...]


def group_of(name: str) -> str:
    """Return what a score measures: its name before the first dot."""
    first, *rest = _PARTS.split(name, maxsplit=1)
    return first if rest else ""


def label_of(name: str) -> str:
    """Return a score's name without its group."""
    return _PARTS.split(name, maxsplit=1)[-1]


def is_detail(name: str) -> bool:
    """Tell precision and recall, which stand behind the F measure."""
    return _PARTS.split(name)[-1].lower() in _DETAILS


def headline(names: Iterable[str]) -> tuple[str, ...]:
    """Return one score of each group: the ones that stand beside an article's title."""
    first: dict[str, str] = {}
    for name in names:
        if not is_detail(name):
            first.setdefault(group_of(name), name)
    return tuple(first.values())


def group_scores(scores: Sequence[Score]) -> tuple[ScoreGroup, ...]:
    """Group the corpus scores, keeping their order."""
    groups: dict[str, list[ScoreRow]] = {}
    for score in scores:
        row = ScoreRow(label_of(score.name), score, is_detail(score.name), _mark(score))
        groups.setdefault(group_of(score.name), []).append(row)
    return tuple(ScoreGroup(name, tuple(rows)) for name, rows in groups.items())


def _mark(score: Score) -> Mark | None:
    parts = _PARTS.split(score.name.lower())
    scales = (scale for metric, scale in _SCALES.items() for p in parts if p.startswith(metric))
    scale = next(scales, None)
    if scale is None or not math.isfinite(score.value):
        return None
    low = score.value if score.low is None else score.low
    high = score.value if score.high is None else score.high

    def place(value: float) -> float:
        return round(min(max(value / scale, 0.0), 1.0) * AXIS, 1)

    return Mark(place(score.value), place(low), place(high))
