"""A logistic regression with dense features and one weight a stem."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

_PENALTY = 3.3
"""Half of it times the squared weights is added to the summed loss."""
_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the features as they came, not of the standardised ones."""

    bias: float
    features: NDArray[np.float64]
    stems: NDArray[np.float64]


def fit_logistic(
    table: NDArray[np.float64], lexical: NDArray[np.int64], stems: int, labels: NDArray[np.float64]
) -> Fitted:
    """Fit with L-BFGS from zeros: the same input gives the same weights.

    Args:
        table: `[rows, features]`.
        lexical: `[rows]`, number of each row's stem; `stems` where it has no weight.
        stems: how many have one.
        labels: `[rows]`, 0 or 1.
    """
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-6
    dense = torch.from_numpy((table - mean) / scale)
    which, wanted = torch.from_numpy(lexical), torch.from_numpy(labels)
    weights = torch.zeros(1 + table.shape[1] + stems, dtype=torch.float64, requires_grad=True)
    none = torch.zeros(1, dtype=torch.float64)
    optimizer = torch.optim.LBFGS(
        [weights], max_iter=_ROUNDS, history_size=20, line_search_fn="strong_wolfe"
    )

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        bias, features, own = weights.split([1, table.shape[1], stems])
        odds = bias + dense @ features + torch.cat([own, none])[which]
        misses = torch.nn.functional.binary_cross_entropy_with_logits(odds, wanted, reduction="sum")
        total = (misses + _PENALTY / 2 * weights[1:].square().sum()) / len(labels)
        total.backward()
        return total

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # sums of several threads come out in several ways
    try:
        optimizer.step(loss)
    finally:
        torch.set_num_threads(threads)
    bias, features, own = np.split(weights.detach().numpy(), [1, 1 + table.shape[1]])
    return Fitted(float(bias[0] - (features / scale) @ mean), features / scale, own)
