"""BLEU, chrF and TER from summed statistics, for many sums at once.

sacrebleu computes one score a call; ten thousand resamples would take it half a second a metric.
These are its formulas over arrays (Papineni et al. 2002, Popović 2015, Snover et al. 2006), in its
order of statistics; tests hold them to its public functions within 1e-9.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sums = NDArray[np.float64]

_CHRF_EPSILON = 1e-16


def bleu(
    sums: "Sums", smooth: str = "exp", smooth_value: float | None = None, *, of_line: bool = False
) -> "Sums":
    """Return BLEU, 0 to 100.

    Args:
        sums: `[..., 2 + 2 * orders]`: lengths of output and reference, matches, n-grams.
        smooth: `exp`, `floor`, `add-k` or `none`, for orders without a match.
        smooth_value: of `floor` (0.1 if `None`) and `add-k` (1 if `None`).
        of_line: leave out the orders that the output is too short for.
    """
    import numpy as np  # noqa: PLC0415

    ours, reference = sums[..., 0], sums[..., 1]
    orders = (sums.shape[-1] - 2) // 2
    matches, total = sums[..., 2 : 2 + orders].copy(), sums[..., 2 + orders :].copy()
    matched = matches.any(axis=-1)
    if smooth == "add-k":
        added = 1.0 if smooth_value is None else smooth_value
        matches[..., 1:] += added
        total[..., 1:] += added
    there = np.cumprod(total > 0, axis=-1).astype(bool)
    none = there & (matches == 0)
    smoothed = np.zeros_like(matches)
    if smooth == "exp":
        smoothed = 0.5 ** np.cumsum(none, axis=-1)
    elif smooth == "floor":
        smoothed += 0.1 if smooth_value is None else smooth_value
    precision = np.where(none, smoothed, matches) / np.where(there, total, 1)
    counted = there if of_line else np.ones_like(there)
    with np.errstate(divide="ignore"):
        logs = np.where(counted, np.log(np.where(there, precision, 0)), 0).sum(axis=-1)
        brevity = np.minimum(0, 1 - reference / np.where(ours > 0, ours, 1))
    found = 100 * np.exp(brevity + logs / np.maximum(1, counted.sum(axis=-1)))
    return np.where(matched & (ours > 0), found, 0.0)


def chrf(sums: "Sums", beta: float = 2, *, eps_smoothing: bool = False) -> "Sums":
    """Return chrF, 0 to 100.

    Args:
        sums: `[..., 3 * orders]`: for each order n-grams of output and reference, and matches.
        beta: weight of recall against precision.
        eps_smoothing: average the orders' F, as chrF++.py does, not their precision and recall.
    """
    import numpy as np  # noqa: PLC0415

    ours, reference, matches = sums[..., 0::3], sums[..., 1::3], sums[..., 2::3]
    precision = np.where(ours > 0, matches / np.where(ours > 0, ours, 1), _CHRF_EPSILON)
    recall = np.where(reference > 0, matches / np.where(reference > 0, reference, 1), _CHRF_EPSILON)
    if eps_smoothing:
        mean: Sums = _f(precision, recall, beta, _CHRF_EPSILON).mean(axis=-1)
        return 100 * mean
    both = (ours > 0) & (reference > 0)
    orders = np.maximum(1, both.sum(axis=-1))
    mean_precision = np.where(both, precision, 0).sum(axis=-1) / orders
    mean_recall = np.where(both, recall, 0).sum(axis=-1) / orders
    return 100 * _f(mean_precision, mean_recall, beta, 0.0)


def _f(precision: "Sums", recall: "Sums", beta: float, otherwise: float) -> "Sums":
    import numpy as np  # noqa: PLC0415

    below = beta**2 * precision + recall
    weighted = (1 + beta**2) * precision * recall / np.where(below > 0, below, 1)
    return np.where(below > 0, weighted, otherwise)


def ter(sums: "Sums") -> "Sums":
    """Return TER, 0 and above.

    Args:
        sums: `[..., 2]`: edits, and the references' mean length.
    """
    import numpy as np  # noqa: PLC0415

    edits, length = sums[..., 0], sums[..., 1]
    return 100 * np.where(length > 0, edits / np.where(length > 0, length, 1), edits > 0)
