"""Snowball's stemmers by language."""

from threading import local
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
_OF_THREAD = local()
"""A stemmer keeps the word it works on, so each thread has its own."""


def snowball_stem(language: str, word: str) -> str:
    """Return the stem of a lower-case word; the word itself if the language has no stemmer."""
    stemmer = _stemmer(language) if len(word) <= _LONGEST_WORD else None
    return str(stemmer.stemWord(word)) if stemmer else word


def _stemmer(language: str) -> Any:
    known: dict[str, Any] = _OF_THREAD.__dict__
    if language not in known:
        import snowballstemmer  # noqa: PLC0415

        name = SNOWBALL.get(language)
        known[language] = snowballstemmer.stemmer(name) if name else None
    return known[language]
