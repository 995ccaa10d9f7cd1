"""How long a summary shall be."""

import math
from dataclasses import dataclass
from fractions import Fraction

_STEP = 10
"""Word limits are rounded up to this, so that articles of like length share a batch."""


@dataclass(frozen=True, slots=True)
class LengthLimits:
    """Limits in words.

    Attributes:
        least: aim at no fewer.
        most: aim at no more.
        share: of the article's words; `None` for no such limit.
    """

    least: int
    most: int
    share: float | None

    def for_article(self, words: int) -> tuple[int, int]:
        """Return the least and most words for an article of so many words."""
        most = self.most
        if self.share is not None:
            most = min(most, math.ceil(words * Fraction(str(self.share)) / _STEP) * _STEP)
        most = max(most, 1)
        return min(self.least, most), most


def trim(sentences: list[str], most: int) -> list[str]:
    """Return as many whole sentences as have `most` words; the first one whatever its length."""
    kept = list(sentences)
    while len(kept) > 1 and sum(len(sentence.split()) for sentence in kept) > most:
        kept.pop()
    return kept


def is_torso(sentence: str) -> bool:
    """Tell whether a sentence has no end."""
    return not sentence.rstrip("\"'”’)").endswith((".", "!", "?"))
