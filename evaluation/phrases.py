"""Numbers and times without digits: `halb neun`, `a third`, `im ersten Halbjahr`.

Shares, periods and times of day are kinds of their own while texts are compared, so that `a third`
is never taken for a `third`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from evaluation.number_words import COUNTS

Part = tuple[str, str, int, int]
"""Kind, value, start, end."""

_DE_PARTS = {
    "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6, "siebt": 7, "acht": 8, "neunt": 9,
    "zehnt": 10, "zwölft": 12, "zwanzigst": 20, "hundertst": 100,
}  # fmt: skip
_EN_PARTS = {
    "half": 2, "second": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20,
    "hundredth": 100,
}  # fmt: skip
_DE_COUNTS, _EN_COUNTS = COUNTS["de"], COUNTS["en"]
_MANY = {"twenty": 20, "hundred": 100, "thousand": 1000}
_ORDER = {
    "erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
_FOLD = {
    "doppel": 2, "doubl": 2, "twice": 2, "twofol": 2, "dreifa": 3, "tripl": 3, "treble": 3,
    "vierfa": 4, "quadru": 4,
}  # fmt: skip

_DE_HOUR = rf"({'|'.join([*_DE_COUNTS, 'eins'])}|\d\d?)\b"
_EN_HOUR = rf"({'|'.join(_EN_COUNTS)}|\d\d?)\b"
_PATTERNS = {
    "de": re.compile(
        rf"\bhalb (?P<half>{_DE_HOUR})"
        rf"|\bviertel (?P<side>vor|nach) (?P<hour>{_DE_HOUR})"
        r"|(?P<midnight>\bmitternacht)"
        r"|(?P<noon>(?<!vor)(?<!nach)mittags?\b)"
        r"|\b(?P<order>erst|zweit|dritt|viert)\w{1,2} (?:geschäfts)?"
        r"(?P<period>quartal|vierteljahr|halbjahr|(?:jahres)?hälfte|halbzeit)"
        rf"|\b(?P<count>{'|'.join(_DE_COUNTS)})(?:em|es)? (?:\w+[es]s )?"
        rf"(?P<part>{'|'.join(_DE_PARTS)})eln?\b"
        rf"|\bjede[rsnm]? (?P<every>{'|'.join(_DE_PARTS)})e[rsnm]?\b"
        r"|(?P<share>\bhälfte\b|\bhalbe[nrsm]?\b(?! (?:stund|jahr|milli|billi|dutzend)))"
        rf"|\b(?P<dozens>{'|'.join(_DE_COUNTS)}|\d+) dutzend\b"
        r"|\b(?:ver)?(?P<fold>doppel(?:t|n)|dreifach|vierfach)\w*",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"\bhalf[- ]past (?P<half>{_EN_HOUR})"
        rf"|\b(?:a )?quarter (?P<side>past|after|to|before) (?P<hour>{_EN_HOUR})"
        r"|(?P<midnight>\bmidnight\b)|(?P<noon>\b(?:noon|midday)\b)"
        r"|\b(?P<order>first|second|third|fourth)[- ](?P<period>quarter|half)\b(?!-?final)"
        rf"|\b(?P<count>a|{'|'.join(_EN_COUNTS)})[- ](?:good |full )?"
        rf"(?P<part>{'|'.join(_EN_PARTS)})s?\b"
        r"(?= of\b|[.,;:)]|$| (?:more|less|higher|lower|fewer|larger|"
        r"smaller|from|to|in|on|since)\b)"
        rf"|\bone (?:\w+ )?in (?P<among>{'|'.join([*_EN_COUNTS, *_MANY])}|\d+)\b(?! of| years)"
        rf"|\bevery (?P<every>{'|'.join(_EN_PARTS)}|other)\b"
        r"|(?P<share>(?<!and a )\bhalf\b(?!-| past| (?:an?|the) (?:million|billion|hour|year|dozen)"
        r"| million| billion))"
        rf"|\b(?P<dozens>a|{'|'.join(_EN_COUNTS)}|\d+) dozen\b"
        r"|\b(?P<fold>doubl(?:ed?|ing|es)|twice|twofold|tripl|treble|quadrupl)\w*",
        re.IGNORECASE,
    ),
}


_NEEDED = {
    "de": (
        "halb", "viertel", "mitternacht", "mittag", "quartal", "hälfte", "jede", "dutzend",
        "doppel", "dreifach", "vierfach", *(f"{part}el" for part in _DE_PARTS),
    ),
    "en": (
        "midnight", "noon", "midday", "one ", "every ", "dozen", "doubl", "twice", "twofold",
        "tripl", "treble", "quadrupl", *_EN_PARTS,
    ),
}  # fmt: skip
"""A text without any of these says nothing that the patterns find, and is not searched by them."""


def find(text: str, language: Literal["de", "en"]) -> Iterator[Part]:
    """Yield what a text says without digits; a time is of twelve hours, a share a decimal."""
    folded = text.casefold()
    if not any(word in folded for word in _NEEDED[language]):
        return
    for match in _PATTERNS[language].finditer(text):
        kind, value = _meaning(match, language)
        yield kind, value, match.start(), match.end()


def _meaning(match: re.Match[str], language: Literal["de", "en"]) -> tuple[str, str]:
    said = {name: word.lower() for name, word in match.groupdict().items() if word}
    if "half" in said or "hour" in said:
        return "time", _time(said, language)
    if "midnight" in said or "noon" in said:
        return "daytime", next(iter(said))
    if "period" in said:
        length = "q" if said["period"].startswith(("q", "v")) else "h"
        return "period", f"{length}{_ORDER[said['order']]}"
    if "dozens" in said:
        return "number", str(12 * _count(said["dozens"]))
    if "fold" in said:
        return "number", str(
            next(n for start, n in _FOLD.items() if said["fold"].startswith(start))
        )
    return "share", _share(said)


def _time(said: Mapping[str, str], language: Literal["de", "en"]) -> str:
    """Return a time of twelve hours; German counts halves to the next hour."""
    if "half" in said:
        return f"{(_count(said['half']) - (language == 'de')) % 12}:30"
    before = said["side"] in {"vor", "to", "before"}
    return f"{(_count(said['hour']) - before) % 12}:{45 if before else 15}"


def _share(said: Mapping[str, str]) -> str:
    parts = {**_DE_PARTS, **_EN_PARTS, "other": 2}
    match said:
        case {"count": count, "part": part}:
            share = _count(count) / parts[part]
        case {"among": word}:
            share = 1 / (_MANY.get(word) or _count(word))
        case {"every": word}:
            share = 1 / parts[word]
        case _:
            share = 1 / 2
    return f"{share:.4f}"


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    return {**_DE_COUNTS, **_EN_COUNTS, "a": 1, "eins": 1}[word]
