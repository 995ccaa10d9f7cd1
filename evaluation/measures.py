"""Measures of a summary that need no reference."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

SIGNATURE = "measures|v:1|tok:words lower-case"
"""Part of every signature; grows when the measures count differently."""

_WORD = re.compile(r"\w+(?:[.,]\w+)*")


@dataclass(frozen=True, slots=True)
class Measures:
    """How a summary relates to its article.

    Attributes:
        words: length of the summary.
        compression: words of the article for each word of the summary (Grusky et al. 2018).
        coverage: share of summary words that lie in fragments copied from the article (ditto).
        density: mean length of the fragment that a summary word lies in (ditto).
        novel_bigrams: share of the summary's bigrams that the article does not have.
        redundancy: share of the summary's trigrams that occurred before in the summary.
    """

    words: int
    compression: float
    coverage: float
    density: float
    novel_bigrams: float
    redundancy: float


def tokens(text: str) -> list[str]:
    """Return lower-case words and numbers."""
    return _WORD.findall(text.lower())


def measure(article: str, summary: str) -> Measures | None:
    """Measure a summary; `None` if it has no word."""
    source, target = tokens(article), tokens(summary)
    if not target:
        return None
    fragments = copied_fragments(source, target)
    size = len(target)
    return Measures(
        words=size,
        compression=len(source) / size,
        coverage=sum(fragments) / size,
        density=sum(length * length for length in fragments) / size,
        novel_bigrams=_novel(source, target, 2),
        redundancy=_redundancy(target, 3),
    )


def copied_fragments(source: Sequence[str], target: Sequence[str]) -> list[int]:
    """Return lengths of the copied fragments, found greedily from left to right."""
    text = _line(source)
    lengths = []
    start = 0
    while start < len(target):
        longest = _longest_copy(text, target[start:])
        if longest:
            lengths.append(longest)
        start += max(longest, 1)
    return lengths


def _longest_copy(text: str, words: Sequence[str]) -> int:
    """Return how many of the first `words` stand together in `text`."""
    known, tried = 0, 1
    while tried <= len(words) and _line(words[:tried]) in text:
        known, tried = tried, 2 * tried
    tried = min(tried, len(words) + 1)
    while tried - known > 1:
        middle = (known + tried) // 2
        if _line(words[:middle]) in text:
            known = middle
        else:
            tried = middle
    return known


def _line(words: Sequence[str]) -> str:
    return " ".join(["", *words, ""])


def _grams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]


def _novel(source: Sequence[str], target: Sequence[str], size: int) -> float:
    grams = _grams(target, size)
    known = set(_grams(source, size))
    return sum(gram not in known for gram in grams) / len(grams) if grams else 0.0


def _redundancy(words: Sequence[str], size: int) -> float:
    counts = Counter(_grams(words, size))
    total = sum(counts.values())
    return (total - len(counts)) / total if total else 0.0
