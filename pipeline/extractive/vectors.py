"""Words, stems and tf-idf vectors of an article's sentences."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from evaluation.stemmers import snowball_stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:[.,:'-][^\W_]+)*")
_TOKEN = re.compile(r"[^\W_]+")


class Words:
    """Splits sentences of a language into stems.

    Args:
        language: ISO 639-1 code; one without a stemmer or stop words is split only.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def of(self, sentence: str) -> list[str]:
        """Return the stems of a sentence, stop words left out."""
        stop = _stop_words(self._language)
        found = _WORD.findall(sentence.replace("’", "'").casefold())
        return [_stem(self._language, word) for word in found if word not in stop]

    def every(self, sentence: str) -> list[str]:
        """Return the stems of all words, cut as ROUGE cuts them: at what is no letter or digit."""
        return [_stem(self._language, word) for word in _TOKEN.findall(sentence.casefold())]

    def stop(self) -> frozenset[str]:
        """Return the stems of the language's stop words, cut as `every` cuts."""
        return _stop_stems(self._language)


def tf_idf(bags: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """Return one sparse vector of length one for each bag; an empty bag has no entries.

    Document frequencies are counted over the article's own sentences, since nothing else is at
    hand: idf = ln(n / df) + 1.
    """
    frequencies = Counter(word for bag in bags for word in set(bag))
    rows = []
    for bag in bags:
        row = {
            word: count * (math.log(len(bags) / frequencies[word]) + 1)
            for word, count in Counter(bag).items()
        }
        norm = math.sqrt(math.fsum(weight * weight for weight in row.values()))
        rows.append({word: weight / norm for word, weight in row.items()})
    return rows


def likeness(rows: Sequence[Mapping[str, float]]) -> "NDArray[np.float64]":
    """Return the dot products `[rows, rows]`: cosines, if the rows have length one.

    Summed word by word over the rows that have it, so that time and memory depend on the
    sentences and not on the vocabulary, and the sums on no library's threads.
    """
    import numpy as np  # noqa: PLC0415

    places: dict[str, tuple[list[int], list[float]]] = {}
    for number, row in enumerate(rows):
        for word, weight in row.items():
            where, weights = places.setdefault(word, ([], []))
            where.append(number)
            weights.append(weight)
    table = np.zeros((len(rows), len(rows)))
    for where, weights in places.values():
        if len(where) > 1:
            table[np.ix_(where, where)] += np.outer(weights, weights)
    for number, row in enumerate(rows):
        table[number, number] = math.fsum(weight * weight for weight in row.values())
    return table


@lru_cache(maxsize=1 << 16)
def _stem(language: str, word: str) -> str:
    return snowball_stem(language, word)


@lru_cache(maxsize=8)
def _stop_words(language: str) -> frozenset[str]:
    import stopwordsiso  # noqa: PLC0415

    return (
        frozenset(stopwordsiso.stopwords(language))
        if stopwordsiso.has_lang(language)
        else frozenset()
    )


@lru_cache(maxsize=8)
def _stop_stems(language: str) -> frozenset[str]:
    words = (word for entry in _stop_words(language) for word in _TOKEN.findall(entry.casefold()))
    return frozenset(_stem(language, word) for word in words)
