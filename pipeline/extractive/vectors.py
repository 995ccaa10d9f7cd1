"""Words, stems and tf-idf vectors of an article's sentences."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:[.,:’'-][^\W_]+)*")
_STEMMERS = {"de": "german", "en": "english", "fr": "french", "es": "spanish", "it": "italian"}


class Words:
    """Splits sentences of a language into stems, stop words left out.

    Args:
        language: ISO 639-1 code; one without a stemmer or stop words is split only.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._stems: dict[str, str] = {}

    def of(self, sentence: str) -> list[str]:
        """Return the stems of a sentence."""
        stop = _stop_words(self._language)
        found = (word.casefold() for word in _WORD.findall(sentence))
        return [self._stem(word) for word in found if word not in stop]

    def _stem(self, word: str) -> str:
        stem = self._stems.get(word)
        if stem is None:
            stemmer = _stemmer(self._language)
            stem = str(stemmer.stemWord(word)) if stemmer else word
            self._stems[word] = stem
        return stem


def tf_idf(bags: Sequence[Sequence[str]]) -> "NDArray[np.float64]":
    """Return `[sentences, words]`, rows of length one; rows without words are zero.

    Document frequencies are counted over the article's own sentences, since nothing else is at
    hand: idf = ln(n / df) + 1.
    """
    import numpy as np  # noqa: PLC0415

    index: dict[str, int] = {}
    for bag in bags:
        for word in bag:
            index.setdefault(word, len(index))
    frequencies = Counter(word for bag in bags for word in set(bag))
    table = np.zeros((len(bags), max(1, len(index))))
    for row, bag in enumerate(bags):
        for word, count in Counter(bag).items():
            table[row, index[word]] = count * (math.log(len(bags) / frequencies[word]) + 1)
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    return table / np.where(norms == 0, 1, norms)


@lru_cache(maxsize=8)
def _stop_words(language: str) -> frozenset[str]:
    import stopwordsiso  # noqa: PLC0415

    return (
        frozenset(stopwordsiso.stopwords(language))
        if stopwordsiso.has_lang(language)
        else frozenset()
    )


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import snowballstemmer  # noqa: PLC0415

    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None
