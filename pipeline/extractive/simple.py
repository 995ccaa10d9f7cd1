"""The lead, and chance: what every ranker must beat."""

import hashlib

from pipeline.extractive.ranker import Candidates


class LeadRanker:
    """Prefers sentences in the order of the text."""

    name = "lead"
    revision: str | None = None
    model_bytes: int | None = None

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Return the text's order."""
        return list(range(len(candidates.texts)))


class RandomRanker:
    """Draws an order from the seed and the article's id, the same on every machine."""

    name = "random"
    revision: str | None = None
    model_bytes: int | None = None

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Return a drawn order."""

        def draw(index: int) -> bytes:
            return hashlib.sha256(f"{self._seed}/{candidates.article_id}/{index}".encode()).digest()

        return sorted(range(len(candidates.texts)), key=draw)
