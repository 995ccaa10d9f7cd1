"""How long a summary shall be."""

import math
from dataclasses import dataclass

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
            most = min(most, math.ceil(words * self.share / _STEP) * _STEP)
        most = max(most, 1)
        return min(self.least, most), most


def trim(sentences: list[str], most: int, *, cut: bool) -> tuple[list[str], bool]:
    """Shorten a summary to whole sentences.

    Args:
        sentences: the summary.
        most: words allowed; the first sentence is kept whatever its length.
        cut: generation stopped at its token limit, so the last sentence may be a torso.

    Returns:
        The sentences kept, and whether any was dropped.
    """
    kept = list(sentences)
    if cut and len(kept) > 1 and is_torso(kept[-1]):
        kept.pop()
    while len(kept) > 1 and sum(len(sentence.split()) for sentence in kept) > most:
        kept.pop()
    return kept, len(kept) < len(sentences)


def is_torso(sentence: str) -> bool:
    """Tell whether a sentence has no end."""
    return not sentence.rstrip("\"'”’)").endswith((".", "!", "?"))
