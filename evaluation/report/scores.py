"""How score names become groups, tiers and marks on an axis."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.score import Score

AXIS = 120.0
TIERS = ("", "Other measures", "Precision and recall")
"""What is shown at once, and under which headings the rest is folded away."""

_PARTS = re.compile(r"[./]")
_JOURNEY = ("translation", "extractive", "abstractive")
_SCALES = {"rouge": 1.0, "bleu": 100.0, "chrf": 100.0, "ter": 100.0, "facts": 1.0}
_DETAILS = frozenset({"precision", "recall", "p", "r"})


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
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The scores of one part of the brief."""

    name: str
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class ScoreTier:
    """The scores that stand together, in groups; those under a heading are folded away."""

    heading: str
    groups: tuple[ScoreGroup, ...]


def group_of(name: str) -> str:
    """Return what a score measures: its name before the first dot."""
    first, *rest = _PARTS.split(name, maxsplit=1)
    return first if rest else ""


def label_of(name: str) -> str:
    """Return a score's name without its group."""
    return _PARTS.split(name, maxsplit=1)[-1]


def tier_of(name: str) -> str:
    """Return one of `TIERS`: agreement with references and source stands first."""
    if _PARTS.split(name)[-1].lower() in _DETAILS:
        return TIERS[2]
    return TIERS[0] if _scale(name) else TIERS[1]


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Sort score names along the journey, by tier, ROUGE first; equals keep their order."""

    def rank(name: str) -> tuple[int, int, bool]:
        group = group_of(name)
        place = _JOURNEY.index(group) if group in _JOURNEY else len(_JOURNEY)
        return place, TIERS.index(tier_of(name)), "rouge" not in name.lower()

    return tuple(sorted(names, key=rank))


def headline(names: Iterable[str]) -> tuple[str, ...]:
    """Return the first score of each group: they stand beside an article's title."""
    first: dict[str, str] = {}
    for name in in_order(names):
        if tier_of(name) == TIERS[0]:
            first.setdefault(group_of(name), name)
    return tuple(first.values())


def tiers(scores: Sequence[Score]) -> tuple[ScoreTier, ...]:
    """Arrange the corpus scores for the tables."""
    by_name = {score.name: score for score in scores}
    arranged: dict[str, dict[str, list[ScoreRow]]] = {tier: {} for tier in TIERS}
    for name in in_order(by_name):
        row = ScoreRow(label_of(name), by_name[name], _mark(by_name[name]))
        arranged[tier_of(name)].setdefault(group_of(name), []).append(row)
    return tuple(
        ScoreTier(tier, tuple(ScoreGroup(name, tuple(rows)) for name, rows in groups.items()))
        for tier, groups in arranged.items()
        if groups
    )


def _scale(name: str) -> float | None:
    parts = _PARTS.split(name.lower())
    return next((_SCALES[m] for m in _SCALES for part in parts if part.startswith(m)), None)


def _mark(score: Score) -> Mark | None:
    scale = _scale(score.name)
    if scale is None or not math.isfinite(score.value):
        return None
    low = score.value if score.low is None else score.low
    high = score.value if score.high is None else score.high

    def place(value: float) -> float:
        return round(min(max(value / scale, 0.0), 1.0) * AXIS, 1)

    return Mark(place(score.value), place(low), place(high))
