"""Names that must stand in both texts. Precision before recall: some names pass unchecked."""

import re
from functools import lru_cache

from evaluation.fact_words import MONTHS, WEEKDAYS

Named = tuple[str, int]
"""A name and its offset."""

_ENGLISH = re.compile(r"(?<![.!?:“\"„] )(?<!^)\b[A-ZÄÖÜ][\w’'-]*[a-zäöüß][\w’'-]*", re.MULTILINE)
_NOT_NAMES = frozenset([*WEEKDAYS["en"], *MONTHS["en"], "i", "german", "germany", "european"])
_OFFICE = (
    r"\b\w*(?:[Mm]inister|[Pp]räsident|[Kk]anzler|[Ss]precher|[Cc]hef|[Aa]nalyst|[Pp]rofessor|"
    r"[Tt]rainer|[Rr]ichter|[Vv]orsitzender?|[Vv]orstand|[Ff]orscher|[Ee]xpert|[Kk]ommissar|"
    r"[Ss]enator|[Bb]ürgermeister|[Öö]konom|[Ll]eiter|Dr\.|Prof\.)(?:in|en|s|e)?"
)
_PERSON = re.compile(
    rf"{_OFFICE} ([A-ZÄÖÜ][\w’'-]+)(?: (?:(?:von|van|de|zu) )?([A-ZÄÖÜ][\w’'-]+))?"
)
_IS_OFFICE = re.compile(rf"{_OFFICE}$|.*anwalt$|.*[Vv]orsitzende$")
_MARKED = re.compile(
    r"(?<![\w-])(?:[A-Z]\w*(?:[a-zäöü][A-Z]|[A-Z]\d|\d[A-Z])\w*|[A-Z]{2,}[a-z]{2,})(?![\w-])"
)
_OF_A_COUNTRY = re.compile(r"(ian|an|ese|ish)$")
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s", "é": "e", "è": "e", "á": "a"})


def english_names(text: str) -> list[Named]:
    """Return capitalised English words that do not open a sentence, with their offsets."""
    return [
        (match.group(), match.start())
        for match in _ENGLISH.finditer(text)
        if match.group().casefold() not in _NOT_NAMES
    ]


def german_names(text: str) -> list[Named]:
    """Return names that no translator changes, with their offsets.

    Surnames behind an office (`Ministerin Claudia Brandt`), and words with a capital or a digit
    inside (`MDax`, `A380`).
    """
    persons = [_surname(match) for match in _PERSON.finditer(text)]
    persons = [(name, start) for name, start in persons if not _IS_OFFICE.match(name)]
    marked = [
        (match.group(), match.start())
        for match in _MARKED.finditer(text)
        if "Innen" not in match.group()
    ]
    return [*persons, *marked]


def is_mentioned(name: str, text: str) -> bool:
    """Tell whether a text has a name, umlauts, a genitive and `-ian` of `Italian` apart."""
    folded = fold(text)
    bare = re.sub(r"['’]s?$", "", name)
    forms = {bare, bare.removesuffix("s")}
    stem = _OF_A_COUNTRY.sub("", bare)
    if len(stem) >= 4:
        forms.add(stem)
    return any(form in folded for form in map(fold.__wrapped__, forms))


def _surname(match: re.Match[str]) -> Named:
    """Return the last name; what follows a genitive (`Präsident Trumps Urteil`) is none."""
    group = 1 if match.group(2) is None or match.group(1).endswith("s") else 2
    return match.group(group), match.start(group)


@lru_cache(maxsize=16)  # an article is asked for each name of its summary
def fold(text: str) -> str:
    """Return a text without case, umlauts and double s, however they are written."""
    text = text.casefold().replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return text.replace("ss", "s").translate(_FOLD)
