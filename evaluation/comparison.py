"""Compare systems with the first one, article by article."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.article_numbers import Recipes, SystemNumbers
from evaluation.bootstrap import Resampling
from evaluation.significance import holm, paired_tests


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a system's score differs from the baseline's, over the articles that both have.

    Attributes:
        score: which one.
        system: that is compared.
        baseline: with which.
        delta: the system's score less the baseline's.
        low: lower end of the interval of `delta`; `None` for too few articles.
        high: upper end.
        p: two-sided, by approximate randomization, after Holm's correction over all systems that
            are compared with the baseline by this score; `None` as above.
    """

    score: str
    system: str
    baseline: str
    delta: float
    low: float | None
    high: float | None
    p: float | None


def compare(systems: Sequence[SystemNumbers], recipes: Recipes, seed: int) -> list[Comparison]:
    """Compare each system with the first one, on every score that both have.

    Args:
        systems: the baseline first.
        recipes: how scores are computed.
        seed: of ten thousand resamples.
    """
    found = [line for name in recipes.signatures for line in _by(name, systems, recipes, seed)]
    places = {system.name: place for place, system in enumerate(systems)}
    return sorted(found, key=lambda line: places[line.system])


def _by(
    name: str, systems: Sequence[SystemNumbers], recipes: Recipes, seed: int
) -> list[Comparison]:
    having = [system for system in systems if name in system.means or name in system.statistics]
    if len(having) < 2 or having[0] is not systems[0]:
        return []
    tests = paired_tests(
        [(system.means if name in system.means else system.statistics)[name] for system in having],
        recipes.compute.get(name),
        Resampling(seed=seed),
        [(place, 0) for place in range(1, len(having))],
    )
    corrected = holm([test.p for test in tests])
    return [
        Comparison(
            score=name,
            system=having[test.left].name,
            baseline=systems[0].name,
            delta=test.delta,
            low=test.low,
            high=test.high,
            p=p,
        )
        for test, p in zip(tests, corrected, strict=True)
        if test.delta is not None
    ]
