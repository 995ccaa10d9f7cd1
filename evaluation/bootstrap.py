"""Bootstrap intervals over articles (Efron and Tibshirani 1993): percentile method, seeded.

A resample draws as many articles as there are, with replacement. Every score here comes from sums
over articles, so that a resample is the number of times that each article was drawn, and resampled
sums are one matrix product. The draws depend on the seed and the number of articles alone: systems
and metrics over the same articles share them, which is what makes their differences paired.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    ManyScores = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_CELLS = 1 << 18
"""Articles drawn at once, over all resamples at work: bounds memory whatever the corpus."""


@dataclass(frozen=True, slots=True)
class Resampling:
    """How to resample.

    Attributes:
        samples: resamples; below one, nothing that needs them is computed.
        seed: of the draws.
        level: of intervals.
    """

    samples: int = 10_000
    seed: int = 1
    level: float = 0.95


class SumScore(Protocol):
    """What turns summed statistics into a score."""

    def __call__(self, statistics: Sequence[float], /) -> float:
        """Return the score of one sum."""
        ...

    def many(self, sums: "NDArray[np.float64]", /) -> "NDArray[np.float64]":
        """Return the scores `[...]` of sums `[..., statistics]`."""
        ...


def mean_interval(
    values: Sequence[float], samples: int, seed: int, level: float = 0.95
) -> tuple[float, float] | None:
    """Return the interval of the mean, or `None` for fewer than two values."""
    import numpy as np  # noqa: PLC0415

    if len(values) < 2 or samples < 1:
        return None
    column = np.asarray(values, dtype=np.float64)[:, None]
    return percentiles(resampled_sums(column, samples, seed)[:, 0] / len(values), level)


def statistic_interval(
    statistics: "NDArray[np.float64]",
    score: SumScore,
    samples: int,
    seed: int,
    level: float = 0.95,
) -> tuple[float, float] | None:
    """Return the interval of a score that is computed from summed statistics.

    Args:
        statistics: `[articles, statistics]`.
        score: turns summed statistics into the score.
        samples: resamples.
        seed: of the resampling.
        level: of the interval.
    """
    if len(statistics) < 2 or samples < 1:
        return None
    return percentiles(score.many(resampled_sums(statistics, samples, seed)), level)


def resampled_sums(table: "NDArray[np.float64]", samples: int, seed: int) -> "NDArray[np.float64]":
    """Return the columns' sums in each resample: `[samples, columns]`.

    Args:
        table: `[articles, columns]`, one article at least.
        samples: resamples.
        seed: of the draws.
    """
    import numpy as np  # noqa: PLC0415

    size = len(table)
    blocks = []
    for rows in _draws(size, samples, seed):
        cells = rows + np.arange(len(rows))[:, None] * size
        times = np.bincount(cells.ravel(), minlength=rows.size).reshape(rows.shape)
        blocks.append(times.astype(np.float64) @ table)
    return np.concatenate(blocks)


def percentiles(values: "NDArray[np.float64]", level: float) -> tuple[float, float]:
    """Return what the middle share `level` of the values lies between."""
    import numpy as np  # noqa: PLC0415

    tail = 50 * (1 - level)
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)


def _draws(size: int, samples: int, seed: int) -> "Iterator[NDArray[np.int64]]":
    import numpy as np  # noqa: PLC0415

    generator = np.random.default_rng(seed)
    step = max(1, _CELLS // size)
    for start in range(0, samples, step):
        rows = min(step, samples - start)
        yield generator.integers(0, size, size=(rows, size))
