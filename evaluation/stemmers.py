"""Snowball's stemmers by language."""

from functools import lru_cache
from typing import Any, Final

SNOWBALL: Final = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""Names of the stemmers by ISO 639-1 code."""
_LONGEST_WORD = 100
"""Stemmers are slow on longer ones, which are no words."""


def snowball_stem(language: str, word: str) -> str:
    """Return the stem of a lower-case word; the word itself if the language has no stemmer."""
    stemmer = _stemmer(language) if len(word) <= _LONGEST_WORD else None
    return str(stemmer.stemWord(word)) if stemmer else word


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import snowballstemmer  # noqa: PLC0415

    name = SNOWBALL.get(language)
    return snowballstemmer.stemmer(name) if name else None
