"""Bootstrap intervals over articles (Efron and Tibshirani 1993): percentile method, seeded."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CELLS = 1 << 18
"""Articles drawn at once, over all resamples at work: bounds memory whatever the corpus."""


def mean_interval(
    values: Sequence[float], samples: int, seed: int, level: float = 0.95
) -> tuple[float, float] | None:
    """Return the interval of the mean, or `None` for fewer than two values."""
    import numpy as np  # noqa: PLC0415

    if len(values) < 2 or samples < 1:
        return None
    array = np.asarray(values, dtype=np.float64)
    means = np.concatenate([array[rows].mean(axis=1) for rows in _draws(len(array), samples, seed)])
    return _percentiles(means, level)


def statistic_interval(
    statistics: "NDArray[np.float64]",
    score: Callable[[list[float]], float],
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
    import numpy as np  # noqa: PLC0415

    size = len(statistics)
    if size < 2 or samples < 1:
        return None
    found = [
        score((np.bincount(row, minlength=size) @ statistics).tolist())
        for rows in _draws(size, samples, seed)
        for row in rows
    ]
    return _percentiles(np.asarray(found), level)


def _draws(size: int, samples: int, seed: int) -> "Iterator[NDArray[np.int64]]":
    import numpy as np  # noqa: PLC0415

    generator = np.random.default_rng(seed)
    step = max(1, _CELLS // size)
    for start in range(0, samples, step):
        rows = min(step, samples - start)
        yield generator.integers(0, size, size=(rows, size))


def _percentiles(values: "NDArray[np.float64]", level: float) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415

    tail = 50 * (1 - level)
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)
