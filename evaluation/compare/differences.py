"""What may be claimed of two runs."""

from collections.abc import Sequence
from itertools import combinations
from math import ceil
from statistics import NormalDist
from typing import TYPE_CHECKING

from evaluation.compare.resampling import Resampled
from evaluation.compare.view import Difference, Estimate, Metric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.05
_POWER = 0.8
"""A test with enough articles sees a difference four times out of five."""
_SAME = 1e-9


def estimate(value: float, drawn: "NDArray[np.float64]", count: int) -> Estimate:
    """Return a value with its percentile interval; without resamples it has none."""
    import numpy as np  # noqa: PLC0415

    if not len(drawn):
        return Estimate(value, None, None, count)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high), count)


def differences_of(metric: Metric, resampled: Resampled, labels: Sequence[str]) -> list[Difference]:
    """Compare all pairs of runs by a metric that has a better side."""
    field = resampled.field
    pairs = list(combinations(range(len(field.runs)), 2))
    exact = None if resampled.p is None else [float(resampled.p[pair]) for pair in pairs]
    held = None if exact is None else holm(exact)
    found = []
    for number, (left, right) in enumerate(pairs):
        delta = float(resampled.values[left] - resampled.values[right])
        drawn = resampled.drawn[:, left] - resampled.drawn[:, right]
        told = estimate(delta, drawn, field.count)
        p_holm = None if held is None else held[number]
        needed = _needed(delta, drawn, field.count, len(pairs))
        names = labels[field.runs[left]], labels[field.runs[right]]
        wins, ties, losses = _tally(metric, field.own[left], field.own[right])
        found.append(
            Difference(
                metric=metric.name,
                left=field.runs[left],
                right=field.runs[right],
                delta=told,
                p=None if exact is None else exact[number],
                p_holm=p_holm,
                effect=_effect(field.parts[left] - field.parts[right]),
                wins=wins,
                ties=ties,
                losses=losses,
                needed=needed,
                sentence=_sentence(metric, names, told, p_holm, len(pairs), needed),
            )
        )
    return found


def holm(p: Sequence[float]) -> list[float]:
    """Correct p-values for many comparisons (Holm 1979)."""
    order = sorted(range(len(p)), key=p.__getitem__)
    found, largest = [0.0] * len(p), 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(p) - rank) * p[place]))
        found[place] = largest
    return found


def _effect(parts: "NDArray[np.float64]") -> float | None:
    """Return Cohen's d of paired differences, if the metric is their mean."""
    if parts.shape[1] > 1 or len(parts) < 2:
        return None
    spread = float(parts.std(ddof=1))
    return float(parts.mean()) / spread if spread > _SAME else None


def _needed(delta: float, drawn: "NDArray[np.float64]", count: int, pairs: int) -> int | None:
    """Return the articles that a two-sided test needs, at the first and hardest step of Holm's."""
    error = float(drawn.std()) if len(drawn) else 0.0
    if abs(delta) < _SAME or error == 0.0:
        return None
    normal = NormalDist()
    apart = normal.inv_cdf(1 - LEVEL / (2 * pairs)) + normal.inv_cdf(_POWER)
    return max(2, ceil(count * (apart * error / delta) ** 2))


def _tally(
    metric: Metric, left: "NDArray[np.float64]", right: "NDArray[np.float64]"
) -> tuple[int, int, int]:
    gap = (right - left) if metric.better == "lower" else (left - right)
    wins, losses = int((gap > _SAME).sum()), int((gap < -_SAME).sum())
    return wins, len(gap) - wins - losses, losses


def _sentence(
    metric: Metric,
    names: tuple[str, str],
    delta: Estimate,
    p: float | None,
    pairs: int,
    needed: int | None,
) -> str:
    if abs(delta.value) < _SAME:
        return f"{names[0]} and {names[1]} have the same {metric.label}."
    is_left = (delta.value > 0) == (metric.better == "higher")
    better, other = names if is_left else names[::-1]
    if p is None:
        return (
            f"{better} and {other}: nothing may be claimed in {metric.label}; {delta.count} "
            "articles are too few for a test."
        )
    ends = sorted(
        abs(end) if (end > 0) == (delta.value > 0) else -abs(end)
        for end in (delta.low, delta.high)
        if end is not None
    )
    between = f", 95 % interval {ends[0]:.3g} to {ends[1]:.3g}" if ends else ""
    corrected = f" after Holm's correction for {pairs} pairs" if pairs > 1 else ""
    facts = f"{abs(delta.value):.3g}{between}; p = {show_p(p)}{corrected}"
    if p <= LEVEL:
        return f"{better} is better than {other} in {metric.label} (by {facts})."
    more = f" About {needed:,} articles would show such a difference." if needed else ""
    return (
        f"{better} may not be called better than {other} in {metric.label}: the difference may be "
        f"luck ({facts}).{more}"
    )


def show_p(p: float) -> str:
    """Return a p-value as it is printed: short, never as zero."""
    return f"{p:.1e}" if p < 0.001 else f"{p:.3f}"
