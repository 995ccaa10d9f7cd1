"""BLEU, chrF and TER from summed statistics, many sums at once.

The same numbers as sacrebleu's with its default settings (tests compare them): resampling needs
millions of them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Scorer = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_ORDERS = 4
_BETA_SQUARED = 4.0
_EPSILON = 1e-16


def scorer_of(metric: str) -> "Scorer | None":
    """Return what scores sums `[..., statistics]` as `[...]`, 0 to 100; `None` for a mean."""
    return {"bleu": _bleu, "chrf": _chrf, "ter": _ter}.get(metric.rpartition(".")[-1])


def _bleu(sums: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Papineni et al. 2002, exponential smoothing. Statistics: lengths, matches, totals."""
    import numpy as np  # noqa: PLC0415

    length, reference = sums[..., 0], sums[..., 1]
    matches, totals = sums[..., 2 : 2 + _ORDERS], sums[..., 2 + _ORDERS :]
    smoothing = 2.0 ** np.cumsum(matches == 0, axis=-1)
    counted = np.where(matches > 0, matches, 1 / smoothing)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(counted / totals).mean(axis=-1)
        brevity = np.where(length < reference, 1 - reference / length, 0.0)
        found = 100 * np.exp(logs + brevity)
    scored = matches.any(axis=-1) & (totals > 0).all(axis=-1)
    return np.where(scored, found, 0.0)


def _chrf(sums: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Popović 2015, beta 2. Statistics: for each order n-grams made, of the reference, matched."""
    import numpy as np  # noqa: PLC0415

    made, reference, matches = sums[..., 0::3], sums[..., 1::3], sums[..., 2::3]
    counted = (made > 0) & (reference > 0)
    orders = np.maximum(counted.sum(axis=-1), 1)
    precision = np.where(counted, matches / np.maximum(made, 1), 0.0).sum(axis=-1) / orders
    recall = np.where(counted, matches / np.maximum(reference, 1), 0.0).sum(axis=-1) / orders
    product = (1 + _BETA_SQUARED) * precision * recall
    below = np.maximum(_BETA_SQUARED * precision + recall, _EPSILON)
    return np.asarray(100 * product / below, dtype=np.float64)


def _ter(sums: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Snover et al. 2006. Statistics: edits, words of the reference."""
    import numpy as np  # noqa: PLC0415

    edits, reference = sums[..., 0], sums[..., 1]
    return 100 * np.where(reference > 0, edits / np.maximum(reference, _EPSILON), edits > 0)
