"""Find facts in German and English text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from evaluation import clock, phrases
from evaluation.fact_words import (
    ALIASES,
    MONTHS,
    ONE,
    SCALES,
    SHORT_MONTHS,
    UNITS,
    WEEKDAYS,
)
from evaluation.number_words import DECADES, WORDS

Language = Literal["de", "en"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in normal form.

    Attributes:
        kind: `number`, `share`, `period`, `decade`, `time`, `daytime`, `month` or `weekday`.
        value: normal form, the same in both languages: `1200000000`, `november`.
        text: as written.
        start: character offset.
        end: offset behind it.
        certain: must be matched; number words are not, since `two` may be a plain plural.
        decimals: digits behind the decimal mark, negative for thousands and up.
        unit: what is counted, if it stands beside the number: `euro`, `percent`, `year`.
    """

    kind: str
    value: str
    text: str
    start: int
    end: int
    certain: bool = True
    decimals: int = 0
    unit: str | None = None


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern of words, the longest first; by first letters, since that is faster."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


_DIGITS = {
    "de": r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+\.\d{1,2}(?![\d.])|\d+(?:,\d+)?",
    "en": r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?",
}
_DERIVED = r"(?=(?:jähr|tägig|stünd|monat|wöch|minüt|köpf|fach|mal\b|stellig|stöckig|prozent)\w*)"
_ENDS = {"de": rf"(?:\b|{_DERIVED})", "en": r"\b"}


def _number_pattern(language: Language) -> re.Pattern[str]:
    words = _alternatives({*WORDS[language], *ONE[language]})
    scales = _alternatives(SCALES[language])
    number = rf"(?<![\w.,])(?<!\b[A-Z]-)({_DIGITS[language]}|(?:{words}){_ENDS[language]})"
    return re.compile(rf"{number}(?:[- \u00a0]?({scales})\b\.?)?", re.IGNORECASE)


_NUMBERS: dict[Language, re.Pattern[str]] = {
    "de": _number_pattern("de"),
    "en": _number_pattern("en"),
}
_ADJECTIVES = {"de": r"(?:[A-Z]\w+er |\w+ische[nr]? )?", "en": r"(?:[A-Z]\w+ )?"}
"""What stands before a currency: Schweizer Franken, Swedish kronor."""
_UNITS = {
    language: re.compile(
        rf"[- \u00a0]?{_ADJECTIVES[language]}(?:"
        + "|".join(f"({pattern})" for pattern in table.values())
        + ")"
    )
    for language, table in UNITS.items()
}
_SIGNS = re.compile(r"(?:(€|\bEUR ?)|(\$|\bUSD ?)|(£|\bGBP ?)|(\bCHF ?)) ?$")
_SIGN_UNITS = ("euro", "dollar", "pound", "franc")
_DECADES = {
    language: re.compile(
        rf"\b(?:\d\d)?(\d0){ending}\b|\b({_alternatives(DECADES[language])})\b", re.IGNORECASE
    )
    for language, ending in (("de", "-?er[ns]?"), ("en", "['’]?s"))
}
_COUNTED = re.compile(r" (?:people|users|customers|jobs|tonnes|tons|barrels|shares|homes)\b")
_PERCENT = re.compile(r" (?:Prozent|percent|per cent)\b")
_RANGE = re.compile(r"[- \u00a0]*(?:bis|und|oder|auf|to|and|or|-|–)?[- \u00a0]*")
_DAYTIME = re.compile(r"(?<=tag|och|end)(?:s|morgens?|vormittags?|mittags?|nachmittags?|abends?)$")
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=32)  # an article is asked for the facts of each of its summaries
def find_facts(text: str, language: Language) -> tuple[Fact, ...]:
    """Return the facts of a text in the order of their kinds and places."""
    dated = [
        Fact(kind, value, text[start:end], start, end)
        for kind, value, start, end in clock.find(text, language)
    ]
    said = [
        Fact(kind, value, text[start:end], start, end, certain=kind == "time")
        for kind, value, start, end in phrases.find(text, language)
    ]
    decades = list(_decades(text, language))
    taken = [(fact.start, fact.end) for fact in (*dated, *said, *decades) if fact.kind != "daytime"]
    numbers = [
        fact
        for match in _NUMBERS[language].finditer(text)
        if not any(start <= match.start(1) < end for start, end in taken)
        and (fact := _number(match, language))
    ]
    words = [fact for match in _LETTERS.finditer(text) if (fact := _word(match, language))]
    words += [_short_month(match, language) for match in SHORT_MONTHS[language].finditer(text)]
    return (*dated, *said, *decades, *_share_scale(numbers, text, language), *words)


def _decades(text: str, language: Language) -> Iterator[Fact]:
    for match in _DECADES[language].finditer(text):
        value = match.group(1) or DECADES[language][match.group(2).lower()]
        yield Fact("decade", value, match.group(), match.start(), match.end(), certain=False)


def _number(match: re.Match[str], language: Language) -> Fact | None:
    written, text = match.group(1), match.string
    scale = SCALES[language].get((match.group(2) or "").casefold(), 0)
    end = match.end()
    sign = _SIGNS.search(text, max(0, match.start() - 5), match.start())
    if (match.group(2) or "").casefold() == "m" and not sign and not _counts(text, end, language):
        scale, end = 0, match.end(1)  # metres
    percent = _PERCENT.match(text, end) is not None
    value = _value(written, language, scaled=scale > 0 or percent)
    if value is None:
        return None
    certain = written[0].isdigit() or scale >= 6
    decimals = max(0, -int(value.as_tuple().exponent)) - scale
    normal = f"{value.scaleb(scale).normalize():f}"
    unit = _SIGN_UNITS[(sign.lastindex or 1) - 1] if sign else _unit(text, end, language)
    if text[match.start() - 1 : match.start()] == ":":
        unit = None  # 2:41 hours
    shown = text[match.start() : end]
    return Fact("number", normal, shown, match.start(), end, certain, decimals, unit)


def _value(written: str, language: Language, *, scaled: bool) -> Decimal | None:
    folded = written.lower()
    if not folded[0].isdigit():
        known = ONE[language].get(folded) if scaled else None
        known = known or WORDS[language].get(folded)
        return Decimal(known) if known else None
    if language == "en":
        return Decimal(re.sub(r"[, \u00a0\u202f]", "", folded))
    if re.fullmatch(r"\d+\.\d{1,2}", folded):
        return Decimal(folded)
    return Decimal(re.sub(r"[. \u00a0\u202f]", "", folded).replace(",", "."))


def _counts(text: str, end: int, language: Language) -> bool:
    """Tell whether `m` means a million here: something is counted by it."""
    return _COUNTED.match(text, end) is not None or _unit(text, end, language) is not None


def _unit(text: str, end: int, language: Language) -> str | None:
    found = _UNITS[language].match(text, end)
    return list(UNITS[language])[(found.lastindex or 1) - 1] if found else None


def _share_scale(numbers: list[Fact], text: str, language: Language) -> list[Fact]:
    """Let both ends of a range have its scale and unit: `2 to 3 million euros`."""
    shared = list(numbers)
    for place in range(len(numbers) - 2, -1, -1):
        left, right = shared[place], shared[place + 1]
        between = text[left.end : right.start]
        if left.unit or not between.strip() or not _RANGE.fullmatch(between):
            continue
        scale = _scale(right, language)
        value = Decimal(left.value)
        if scale and value < 1000 and left.text[0].isdigit() and right.text[0].isdigit():
            normal = f"{value.scaleb(scale).normalize():f}"
            left = replace(left, value=normal, decimals=left.decimals - scale)
        shared[place] = replace(left, unit=right.unit)
    return shared


def _scale(fact: Fact, language: Language) -> int:
    letters = _LETTERS.search(fact.text)
    word = letters.group().casefold() if letters else ""
    return SCALES[language].get(word, 0)


def _short_month(match: re.Match[str], language: Language) -> Fact:
    start = match.group(1)[:3].lower()
    place = next(i for i, month in enumerate(MONTHS[language]) if month.startswith(start))
    return Fact("month", MONTHS["en"][place], match.group(), match.start(), match.end())


def _word(match: re.Match[str], language: Language) -> Fact | None:
    word = match.group()
    known = _named_day(word, language)
    if known is None:
        return None
    kind, value, certain = known
    return Fact(kind, value, word, match.start(), match.end(), certain=certain)


@lru_cache(maxsize=8192)
def _named_day(word: str, language: Language) -> tuple[str, str, bool] | None:
    """Return kind, value and certainty of a weekday or month; of most words nothing."""
    folded = _DAYTIME.sub("", word.lower()) if language == "de" else word.lower()
    folded = ALIASES[language].get(folded, folded)
    for kind, table in (("weekday", WEEKDAYS), ("month", MONTHS)):
        names = table[language]
        if folded in names and not (folded == "may" and word != "May"):
            certain = folded not in {"may", "mai", "march"}
            return kind, table["en"][names.index(folded)], certain
        part = next((name for name in names if len(name) > 5 and folded.startswith(name)), None)
        if part and language == "de":  # Novemberwahl, Sonntagsfrage
            return kind, table["en"][names.index(part)], False
    return None
