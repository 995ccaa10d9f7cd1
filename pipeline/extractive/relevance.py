"""Centroid and maximal marginal relevance, over any sentence vectors."""

from typing import TYPE_CHECKING

from pipeline.extractive.ranker import Candidates, by_score
from pipeline.extractive.vectors import Words, tf_idf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class CentroidRanker:
    """Centroid (Radev et al. 2004): closeness to the article's mean tf-idf vector."""

    name = "centroid"

    def __init__(self, language: str) -> None:
        self._words = Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by closeness."""
        vectors = tf_idf([self._words.of(text) for text in candidates.texts])
        return by_score(closeness(vectors).tolist())


class MmrRanker:
    """Maximal marginal relevance (Carbonell and Goldstein 1998) over tf-idf vectors.

    Args:
        balance: 1 is relevance alone, 0 is novelty alone.
        language: of the sentences.
    """

    name = "mmr"

    def __init__(self, balance: float, language: str) -> None:
        self._balance, self._words = balance, Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by what each sentence adds to those before it."""
        vectors = tf_idf([self._words.of(text) for text in candidates.texts])
        return marginal(vectors, self._balance)


def closeness(vectors: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return each row's cosine with the mean row; rows have length one or zero."""
    import numpy as np  # noqa: PLC0415

    centre = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1])
    norm = float(np.linalg.norm(centre))
    return vectors @ (centre / norm if norm else centre)


def marginal(vectors: "NDArray[np.float64]", balance: float) -> list[int]:
    """Order rows greedily by relevance less the likeness to what was chosen before."""
    import numpy as np  # noqa: PLC0415

    relevance = closeness(vectors)
    likeness = np.zeros(len(vectors))
    left = list(range(len(vectors)))
    order: list[int] = []
    while left:
        gains = balance * relevance[left] - (1 - balance) * likeness[left]
        best = left[by_score(gains.tolist())[0]]
        order.append(best)
        left.remove(best)
        likeness = np.maximum(likeness, vectors @ vectors[best])
    return order
