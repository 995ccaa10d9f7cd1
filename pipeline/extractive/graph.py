"""TextRank and LexRank: PageRank (Page et al. 1998) over a graph of like sentences."""

from typing import TYPE_CHECKING

from pipeline.extractive.ranker import Candidates, by_score
from pipeline.extractive.vectors import Words, likeness, tf_idf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TOLERANCE = 1e-10
_ROUNDS = 500


class TextRankRanker:
    """TextRank (Mihalcea and Tarau 2004): edges weigh shared words by the sentences' lengths."""

    name = "textrank"
    revision: str | None = None
    model_bytes: int | None = None

    def __init__(self, damping: float, language: str) -> None:
        self._damping, self._words = damping, Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by centrality."""
        import numpy as np  # noqa: PLC0415

        bags = [self._words.of(text) for text in candidates.texts]
        shared = likeness([dict.fromkeys(bag, 1.0) for bag in bags])
        np.fill_diagonal(shared, 0)
        logs = np.log([max(1, len(bag)) for bag in bags])
        lengths = logs[:, np.newaxis] + logs
        weights = np.divide(shared, lengths, out=np.zeros_like(shared), where=lengths > 0)
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
    revision: str | None = None
    model_bytes: int | None = None

    def __init__(self, damping: float, threshold: float, language: str) -> None:
        self._damping, self._threshold, self._words = damping, threshold, Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by centrality."""
        import numpy as np  # noqa: PLC0415

        weights = likeness(tf_idf([self._words.of(text) for text in candidates.texts]))
        if self._threshold > 0:
            weights = (np.round(weights, 9) >= self._threshold).astype(float)
        return by_score(page_rank(weights, self._damping).tolist())


def page_rank(weights: "NDArray[np.float64]", damping: float) -> "NDArray[np.float64]":
    """Return the stationary distribution `[nodes]` of a random surfer on weighted edges.

    A node without edges jumps anywhere.
    """
    import numpy as np  # noqa: PLC0415

    size = len(weights)
    if not size:
        return np.zeros(0)
    totals = weights.sum(axis=1)
    linked = totals > 0
    ranks = np.full(size, 1 / size)
    for _ in range(_ROUNDS):
        shares = np.divide(ranks, totals, out=np.zeros(size), where=linked)
        jumping = ranks[~linked].sum() / size
        moved: NDArray[np.float64] = (1 - damping) / size + damping * (shares @ weights + jumping)
        if np.abs(moved - ranks).sum() < _TOLERANCE:
            return moved
        ranks = moved
    return ranks
