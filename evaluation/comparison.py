"""Compare systems with the first one, article by article."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.article_numbers import Recipes, SystemNumbers, value_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a system's score differs from the baseline's.

    Attributes:
        score: which one.
        system: that is compared.
        baseline: with which.
        delta: the system's score less the baseline's.
        low: lower end of the interval of `delta`; `None` if it was not computed.
        high: upper end.
        p: chance of such a difference if the two were equally good; `None` if not computed.
    """

    score: str
    system: str
    baseline: str
    delta: float
    low: float | None = None
    high: float | None = None
    p: float | None = None


def compare(systems: Sequence[SystemNumbers], recipes: Recipes) -> list[Comparison]:
    """Compare each system with the first one, on every score that both have."""
    baseline, *others = systems
    return [
        Comparison(
            score=name,
            system=system.name,
            baseline=baseline.name,
            delta=value_of(system, name, recipes) - value_of(baseline, name, recipes),
        )
        for system in others
        for name in recipes.signatures
        if all(name in found.means or name in found.statistics for found in (baseline, system))
    ]
