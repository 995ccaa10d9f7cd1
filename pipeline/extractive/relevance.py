"""Centroid and maximal marginal relevance, over any sentence likeness."""

from typing import TYPE_CHECKING

from pipeline.extractive.ranker import Candidates, by_score
from pipeline.extractive.vectors import Words, likeness, tf_idf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class CentroidRanker:
    """Centroid (Radev et al. 2004): closeness to the article's mean tf-idf vector."""

    name = "centroid"
    revision: str | None = None
    model_bytes: int | None = None

    def __init__(self, language: str) -> None:
        self._words = Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by closeness."""
        cosines = likeness(tf_idf([self._words.of(text) for text in candidates.texts]))
        return by_score(closeness(cosines).tolist())


class MmrRanker:
    """Maximal marginal relevance (Carbonell and Goldstein 1998) over tf-idf vectors.

    Args:
        balance: 1 is relevance alone, 0 is novelty alone.
        language: of the sentences.
    """

    name = "mmr"
    revision: str | None = None
    model_bytes: int | None = None

    def __init__(self, balance: float, language: str) -> None:
        self._balance, self._words = balance, Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by what each sentence adds to those before it."""
        cosines = likeness(tf_idf([self._words.of(text) for text in candidates.texts]))
        return marginal(cosines, self._balance)


def closeness(cosines: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return each sentence's cosine with the mean vector, from the cosines of all pairs.

    Unit vectors v have v_i . sum(v) = the sum of row i, and |sum(v)|^2 = the sum of all.
    """
    import numpy as np  # noqa: PLC0415

    sums: NDArray[np.float64] = cosines.sum(axis=1)
    total = float(sums.sum())
    return sums / np.sqrt(total) if total > 0 else sums


def marginal(cosines: "NDArray[np.float64]", balance: float) -> list[int]:
    """Order greedily by relevance less the likeness to what was chosen before.

    Args:
        cosines: of all pairs of sentences.
        balance: 1 is relevance alone, 0 is novelty alone.
    """
    import numpy as np  # noqa: PLC0415

    relevance = closeness(cosines)
    nearest = np.zeros(len(cosines))
    taken = np.zeros(len(cosines), dtype=bool)
    order: list[int] = []
    for _ in range(len(cosines)):
        gains = np.round(balance * relevance - (1 - balance) * nearest, 9)
        gains[taken] = -np.inf
        best = int(np.argmax(gains))  # the first of equals
        order.append(best)
        taken[best] = True
        nearest = np.maximum(nearest, cosines[best])
    return order
