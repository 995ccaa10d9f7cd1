"""Find articles that are not in the language they should be in."""

from functools import lru_cache
from typing import Any

from pipeline.errors import OutputError
from pipeline.feed.record import fault
from pipeline.records import Article, Fault

_LETTERS = 40
_SURE = 0.95
_SAMPLE = 2000


class LanguageCheck:
    """Compares declared and detected language with the expected one."""

    def check(self, article: Article, expected: str) -> Fault | None:
        """Return a fault for an article in another language.

        A declared language is believed first. Detection (py3langid, whose model ships with it) only
        overrules it when it is sure, on texts of some length.
        """
        declared = (article.language or expected).split("-")[0].split("_")[0].lower()
        if declared != expected:
            return self._fault(article, f"declared as {declared}", declared, expected)
        text = " ".join(block.text for block in article.blocks)[:_SAMPLE]
        detected = detect_language(text)
        if detected is not None and detected != expected:
            return self._fault(article, f"written in {detected}", detected, expected)
        return None

    @staticmethod
    def _fault(article: Article, what: str, found: str, expected: str) -> Fault:
        remedy = f"Put it into a feed of its own and set languages.source={found}"
        if found == "en":
            remedy = "Put it into a feed of its own and set translation=none"
        message = f"the article is {what}, this feed is {expected}"
        return fault(article.place, "other_language", message, f"{remedy}.", article.id)


def detect_language(text: str) -> str | None:
    """Return the ISO code of a text's language, or `None` where that is not sure."""
    if sum(char.isalpha() for char in text) < _LETTERS:
        return None
    try:
        identifier = _identifier()
    except OSError as error:
        raise OutputError(
            f"language detection cannot unpack its model ({error.strerror or error}). Make room in "
            "the temporary folder, or set TMPDIR to another one."
        ) from error
    language, probability = identifier.classify(text)
    return str(language) if probability >= _SURE else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
