"""How ROUGE cuts a text into tokens: as rouge-score does, or with the letters of any script."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Literal

from evaluation.porter import stem as porter_stem
from evaluation.stemmers import SNOWBALL, snowball_stem

Alphabet = Literal["ascii", "unicode"]

_KEPT = b"abcdefghijklmnopqrstuvwxyz0123456789\n"
_BLANKED = bytes(byte if byte in _KEPT else ord(" ") for byte in range(256))
_LONGEST_UNSTEMMED = 3
"""rouge-score stems longer words only."""
_REMEMBERED = 1 << 18


class Tokenizer:
    """Cuts a lower-cased text into lines and words, and words down to stems.

    Args:
        alphabet: `ascii` are the words of rouge-score, which takes every letter outside a-z for a
            space: `Müller` is `m` and `ller`. `unicode` takes letters, their marks and digits of
            any script, in Unicode's normal form C.
        language: ISO 639-1 code that chooses the stemmer of `unicode`; `ascii` has Porter's.
        stem: stem words.
    """

    def __init__(self, alphabet: Alphabet, language: str, *, stem: bool) -> None:
        self._alphabet = alphabet
        stemmer = _stemmer_name(alphabet, language) if stem else "no"
        self.signature = stemmer, "a-z0-9" if alphabet == "ascii" else "unicode-nfc"
        cut = porter_stem if stemmer == "porter" else lambda word: snowball_stem(language, word)
        self._stems = None if stemmer == "no" else _Stems(cut)

    def lines(self, text: str) -> list[list[str]]:
        """Return the tokens of each line that has any."""
        split = _split_ascii if self._alphabet == "ascii" else _split_unicode
        lines = [words for words in split(text.lower()) if words]
        if self._stems is None:
            return lines
        stem_of = self._stems.__getitem__
        return [list(map(stem_of, words)) for words in lines]


def _split_ascii(text: str) -> list[list[str]]:
    # many times as fast as a regular expression, and what is no ASCII becomes a question mark
    letters = text.encode("ascii", "replace").translate(_BLANKED).decode("ascii")
    return [line.split() for line in letters.split("\n")]


def _split_unicode(text: str) -> list[list[str]]:
    find = _unicode_word().findall
    return [find(line) for line in unicodedata.normalize("NFC", text).split("\n")]


class _Stems(dict[str, str]):
    """Stems of words, each found once: stemming is the slowest part of ROUGE."""

    def __init__(self, cut: Callable[[str], str]) -> None:
        super().__init__()
        self._cut = cut

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self._cut(word) if len(word) > _LONGEST_UNSTEMMED else word
        self[word] = found
        return found


@lru_cache(maxsize=16)
def open_tokenizer(alphabet: Alphabet, language: str, *, stem: bool) -> Tokenizer:
    """Return the tokenizer that everyone with these settings shares, stems and all."""
    return Tokenizer(alphabet, language, stem=stem)


def _stemmer_name(alphabet: Alphabet, language: str) -> str:
    if alphabet == "ascii" or language == "en":
        return "porter"
    name = SNOWBALL.get(language)
    return f"snowball-{name}-{version('snowballstemmer')}" if name else "no"


@lru_cache(maxsize=1)
def _unicode_word() -> Any:
    import regex  # noqa: PLC0415

    return regex.compile(r"[\p{L}\p{M}\p{Nd}]+")
