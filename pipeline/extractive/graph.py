"""TextRank and LexRank: PageRank (Page et al. 1998) over a graph of like sentences."""

import math
from typing import TYPE_CHECKING

from pipeline.extractive.ranker import Candidates, by_score
from pipeline.extractive.vectors import Words, tf_idf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TOLERANCE = 1e-10
_ROUNDS = 500


class TextRankRanker:
    """TextRank (Mihalcea and Tarau 2004): edges weigh shared words by the sentences' lengths."""

    name = "textrank"

    def __init__(self, damping: float, language: str) -> None:
        self._damping, self._words = damping, Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by centrality."""
        import numpy as np  # noqa: PLC0415

        bags = [self._words.of(text) for text in candidates.texts]
        sets = [set(bag) for bag in bags]
        logs = [math.log(len(bag)) if len(bag) > 1 else 0.0 for bag in bags]
        size = len(bags)
        weights = np.zeros((size, size))
        for i in range(size):
            for j in range(i):
                length = logs[i] + logs[j]
                if length:
                    weights[i, j] = weights[j, i] = len(sets[i] & sets[j]) / length
        return by_score(page_rank(weights, self._damping).tolist())


class LexRankRanker:
    """LexRank (Erkan and Radev 2004): edges join sentences of like tf-idf vectors.

    Args:
        damping: chance of following an edge.
        threshold: below it there is no edge, above it all weigh the same; 0 keeps the weights
            (continuous LexRank).
        language: of the sentences.
    """

    name = "lexrank"

    def __init__(self, damping: float, threshold: float, language: str) -> None:
        self._damping, self._threshold, self._words = damping, threshold, Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by centrality."""
        vectors = tf_idf([self._words.of(text) for text in candidates.texts])
        weights = vectors @ vectors.T
        if self._threshold > 0:
            weights = (weights >= self._threshold).astype(float)
        return by_score(page_rank(weights, self._damping).tolist())


def page_rank(weights: "NDArray[np.float64]", damping: float) -> "NDArray[np.float64]":
    """Return the stationary distribution `[nodes]` of a random surfer on weighted edges.

    A node without edges jumps anywhere.
    """
    import numpy as np  # noqa: PLC0415

    size = len(weights)
    if not size:
        return np.zeros(0)
    totals = weights.sum(axis=1, keepdims=True)
    steps = np.where(totals > 0, weights / np.where(totals == 0, 1, totals), 1 / size)
    ranks = np.full(size, 1 / size)
    for _ in range(_ROUNDS):
        moved = (1 - damping) / size + damping * (ranks @ steps)
        if np.abs(moved - ranks).sum() < _TOLERANCE:
            return moved
        ranks = moved
    return ranks
