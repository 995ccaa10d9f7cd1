"""Find facts in German and English text."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evaluation.fact_words import MONTHS, NEGATIONS, ONE, SCALES, TENS, WEEKDAYS, WORDS

Language = Literal["de", "en"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in normal form.

    Attributes:
        kind: `number`, `month` or `weekday`.
        value: normal form, the same in both languages: `1200000000`, `november`.
        text: as written.
        start: character offset.
        end: offset behind it.
        certain: must be matched; number words are not, since `two` may be a plain plural.
        decimals: digits behind the decimal mark, negative for thousands and up.
    """

    kind: str
    value: str
    text: str
    start: int
    end: int
    certain: bool = True
    decimals: int = 0


_DIGITS = {
    "de": r"\d{1,3}(?:[. \u00a0]\d{3})+(?:,\d+)?(?![\d])|\d+(?:,\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?",
}
_TIMES = {
    "de": re.compile(r"\b(\d{1,2})[.:](\d{2})(?= Uhr)"),
    "en": re.compile(r"\b(\d{1,2}):(\d{2})\b"),
}


def _number_pattern(language: str) -> re.Pattern[str]:
    words = "|".join((*WORDS[language], *ONE[language]))
    scales = "|".join(sorted(SCALES[language], key=len, reverse=True))
    number = rf"(?<![\w.,])({_DIGITS[language]}|(?:{words})\b)"
    return re.compile(rf"{number}(?:[- \u00a0]?({scales})\b\.?)?", re.IGNORECASE)


_NUMBERS = {language: _number_pattern(language) for language in _DIGITS}
_DAYTIME = re.compile(r"(?<=tag|och)(?:s|morgen|vormittag|mittag|nachmittag|abend|nacht)$")
_LETTERS = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<![.!?:“\"„] )(?<!^)\b[A-ZÄÖÜ][\w’'-]*[a-zäöüß][\w’'-]*", re.MULTILINE)
_NOT_NAMES = frozenset([*WEEKDAYS["en"], *MONTHS["en"], "i", "german", "germany", "european"])


def find_facts(text: str, language: Language) -> tuple[Fact, ...]:
    """Return the facts of a text in the order of their kinds and places."""
    times = [_time(match) for match in _TIMES[language].finditer(text)]
    taken = [(fact.start, fact.end) for fact in times]
    numbers = [
        fact
        for match in _NUMBERS[language].finditer(text)
        if not any(start <= match.start(1) < end for start, end in taken)
        and (fact := _number(match, language))
    ]
    words = [fact for match in _LETTERS.finditer(text) if (fact := _word(match, language))]
    return (*times, *numbers, *words)


def is_negated(text: str, language: Language) -> bool:
    """Tell whether a text has a word of negation; English denials count."""
    return NEGATIONS[language].search(text) is not None


def names(text: str) -> list[tuple[str, int]]:
    """Return capitalised English words that do not open a sentence, with their offsets."""
    return [
        (match.group(), match.start())
        for match in _NAME.finditer(text)
        if match.group().casefold() not in _NOT_NAMES
    ]


def _time(match: re.Match[str]) -> Fact:
    value = f"{int(match.group(1)) * 100 + int(match.group(2))}"
    return Fact("time", value, match.group(), match.start(), match.end(), certain=False)


def _number(match: re.Match[str], language: Language) -> Fact | None:
    thousands, mark = (r"[. \u00a0]", ",") if language == "de" else (",", ".")
    digits = match.group(1)
    if re.fullmatch(r"\d+(?:[.,]\d+)?", digits) is None or (
        digits.count(mark) == 0 and not digits.isdigit()
    ):
        digits = re.sub(thousands, "", digits)
    scale = SCALES[language].get((match.group(2) or "").casefold(), 0)
    if digits.lower() in ONE[language] and scale:
        digits = "1"
    elif digits.lower() in WORDS[language]:
        digits = str(WORDS[language].index(digits.lower()))
    elif not digits[0].isdigit():
        return None
    value = Decimal(digits.replace(mark, "."))
    decimals = len(digits.partition(mark)[2]) - scale
    normal = f"{(value.scaleb(scale)).normalize():f}"
    certain = bool(scale) or match.group(1)[0].isdigit()
    return Fact("number", normal, match.group(), match.start(), match.end(), certain, decimals)


def _word(match: re.Match[str], language: Language) -> Fact | None:
    word = match.group()
    folded = word.lower()
    if language == "de":
        folded = _DAYTIME.sub("", folded)
    for kind, table in (("weekday", WEEKDAYS), ("month", MONTHS)):
        if folded in table[language] and not (folded == "may" and word != "May"):
            certain = folded not in {"may", "mai", "march"}
            value = table["en"][table[language].index(folded)]
            return Fact(kind, value, word, match.start(), match.end(), certain=certain)
    if folded not in TENS[language]:
        return None
    number = 30 + 10 * TENS[language].index(folded)
    return Fact("number", str(number), word, match.start(), match.end(), certain=False)
