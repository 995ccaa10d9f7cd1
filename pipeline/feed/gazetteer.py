"""Write a German dateline in English: `MÜNCHEN (dpa-AFX)` as `MUNICH (dpa-AFX)`."""

import re
from functools import lru_cache
from importlib.resources import files

from pipeline.feed.agencies import BARE, BARE_UPPER, BRACKET

_AGENCY = re.compile(rf"({BRACKET.pattern}|(?<![\w-])(?:{BARE}|{BARE_UPPER})(?![\w-]))")
_BETWEEN = re.compile(r"( ?/ ?|, ?| (?i:und) | [-–—]+ )")
_DATE = re.compile(r"\b(\d{1,2})\. ?([A-Za-zä]{3,9})\b\.?(?:,? ?(\d{4}))?")
_MONTHS = {
    "jan": "Jan.", "feb": "Feb.", "mär": "March", "mrz": "March", "apr": "April", "mai": "May",
    "jun": "June", "jul": "July", "aug": "Aug.", "sep": "Sept.", "okt": "Oct.", "nov": "Nov.",
    "dez": "Dec.",
}  # fmt: skip


def english_dateline(dateline: str) -> str:
    """Return a dateline with its places and its day in English; what is not known stays."""
    return "".join(
        part if number % 2 else _english_places(_DATE.sub(_english_date, part))
        for number, part in enumerate(_AGENCY.split(dateline))
    )


def _english_places(text: str) -> str:
    """Translate places that are parted by slashes and the like, the longest names first."""
    parts = _BETWEEN.split(text)
    found, start = [], 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        end = next((end for end in ends if _english("".join(parts[start:end]))), start + 1)
        name = "".join(parts[start:end])
        found.append(_english(name) or name)
        start = end
    return "".join(found)


def _english(name: str) -> str | None:
    """Return the English name, in capitals if the German one is; space around it is kept."""
    bare = name.strip()
    english = _places().get(bare.casefold())
    if english is None:
        return None
    if len(bare) > 1 and bare.upper() == bare:
        english = english.upper()
    return name.replace(bare, english, 1)


def _english_date(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    english = _MONTHS.get(month[:3].casefold())
    if english is None:
        return found.group()
    return f"{english} {day}" if year is None else f"{english} {day}, {year}"


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    lines = (
        files("pipeline.feed").joinpath("gazetteer.txt").read_text(encoding="utf-8").splitlines()
    )
    entries = [entry for line in lines if not line.startswith("#") for entry in line.split(";")]
    pairs = (entry.split(" = ") for entry in entries if entry.strip())
    places = {german.strip().casefold(): english.strip() for german, english in pairs}
    return places | {"und": "and"}
