"""Which language a text is in: detection by py3langid, and the words each language is full of."""

import re
from functools import lru_cache
from typing import Any

from pipeline.errors import OutputError

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def classify(text: str) -> tuple[str, float]:
    """Return the likeliest ISO code of a text and its probability, by a model that is installed.

    Raises:
        OutputError: if there is no room to unpack the model.
    """
    try:
        identifier = _identifier()
    except OSError as error:
        raise OutputError(
            f"language detection cannot unpack its model ({error.strerror or error}). Make room in "
            "the temporary folder, or set TMPDIR to another one."
        ) from error
    language, probability = identifier.classify(text)
    return str(language), float(probability)


def count_letters(text: str) -> int:
    """Count letters of any script."""
    return sum(map(str.isalpha, text))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without numbers."""
    return [word.casefold() for word in _WORD.findall(text)]


@lru_cache(maxsize=16)
def function_words(language: str, besides: str) -> frozenset[str]:
    """Return the function words that a language does not share with the one `besides`.

    They make up half of its running text and hardly any of the other one's. Empty if the language
    has no list.
    """
    import stopwordsiso  # noqa: PLC0415

    ours, theirs = (
        stopwordsiso.stopwords(code) if stopwordsiso.has_lang(code) else set()
        for code in (language, besides)
    )
    return frozenset(ours - theirs)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
