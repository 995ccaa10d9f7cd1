"""Find articles that are not in the language they should be in."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from pipeline.feed.faults import fault
from pipeline.feed.language_codes import short_code
from pipeline.languages import classify, count_letters
from pipeline.records import FIXED, Article, Caution, Fault

STAGE = "feed"
_LETTERS = 40
_FEW_LETTERS = 12
_SURE = 0.95
_ALMOST_SURE = 0.7
_SAMPLE = 2000
_LATIN_SHARE = 0.5
_LATIN_NAMES = ("LATIN ", "FULLWIDTH LATIN ", "MATHEMATICAL ", "FEMININE ", "MASCULINE ")
_OTHER_SCRIPTS = re.compile(
    "am|ar|be|bg|bn|el|fa|gu|he|hi|hy|ja|ka|kk|km|kn|ko|ky|lo|mk|ml|mn|mr|my|ne|or|pa|ps|ru|si|sr|"
    "ta|te|tg|th|ug|uk|ur|yi|zh"
)


class LanguageCheck:
    """Compares declared and detected language with the expected one."""

    def examine(self, article: Article, expected: str) -> Article | Fault:
        """Return the article, with a warning where its language is in doubt, or a fault."""
        problem = self.check(article, expected)
        if problem is not None:
            return problem
        doubt = _doubt(article, short_code(expected))
        if doubt is None:
            return article
        return replace(article, warnings=(*article.warnings, doubt))

    def check(self, article: Article, expected: str) -> Fault | None:
        """Return a fault for an article in another language.

        A declared language is believed first. Text in another script than the language's overrules
        it at any length; detection (py3langid, whose model ships with it) only when it is sure, on
        texts of some length.
        """
        wanted = short_code(expected)
        declared = short_code(article.language or expected)
        if declared != wanted:
            found = self._fault(article, f"declared as {declared}", declared, wanted)
            return replace(found, is_set_aside=True)
        text = _sample(article)
        if not _OTHER_SCRIPTS.fullmatch(wanted) and is_in_other_script(text):
            return self._fault(article, "written in another script", None, wanted)
        detected = detect_language(text)
        if detected is not None and detected != wanted:
            return self._fault(article, f"written in {detected}", detected, wanted)
        return None

    @staticmethod
    def _fault(article: Article, what: str, found: str | None, expected: str) -> Fault:
        remedy = "Put it into a feed of its own"
        if found:
            chosen = "translation=none" if found == "en" else f"languages.source={found}"
            remedy += f" and set {chosen}"
        message = f"the article is {what}, this feed is {expected}"
        return fault(article.place, "other_language", message, f"{remedy}.", article.id)


def _sample(article: Article) -> str:
    """Return what the language can be told from: nothing of tables, and of what is passed on."""
    if article.treatment == "pass":
        return ""
    blocks = (block for block in article.blocks[:_SAMPLE] if block.kind not in FIXED)
    return " ".join(block.text[:_SAMPLE] for block in blocks)[:_SAMPLE]


def _doubt(article: Article, expected: str) -> Caution | None:
    """Return a warning for text on which detection cannot be trusted enough for a fault."""
    text = _sample(article)
    letters = count_letters(text)
    if letters < _FEW_LETTERS:
        return None
    language, probability = classify(text)
    if language == expected or probability < _ALMOST_SURE:
        return None
    message = f"the text may be {language}, not {expected}: it is too short to be sure"
    return Caution("doubtful_language", STAGE, message)


def is_in_other_script(text: str) -> bool:
    """Tell whether most letters of a text are of another script than the Latin one."""
    letters = {char: number for char, number in Counter(text).items() if char.isalpha()}
    total = sum(letters.values())
    latin = sum(number for char, number in letters.items() if _is_latin(char))
    return total > 1 and latin < _LATIN_SHARE * total


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(_LATIN_NAMES)


def detect_language(text: str) -> str | None:
    """Return the ISO code of a text's language, or `None` where that is not sure."""
    if count_letters(text) < _LETTERS:
        return None
    language, probability = classify(text)
    return language if probability >= _SURE else None
