"""Read the date that closes a message of a serial wire: `251037 Sep 24`, `101137 GMT Dez 18`."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from pipeline.feed.characters import tidy
from pipeline.feed.zones import HOME

_DATE = re.compile(
    r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)[ \t]*(?P<zone>[A-Z]{1,4}(?=[ \t]))?[ \t]+"
    r"(?P<month>[^\W\d_]{3,10})\.?[ \t]+(?P<year>\d{4}|\d\d)"
)
_MONTHS = (
    "jan", "feb fév fev", "mar mär mrz", "apr avr abr", "may mai maj", "jun jui", "jul",
    "aug aoû ago", "sep set", "oct okt", "nov", "dec dez déc dic",
)  # fmt: skip
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_OFFSETS = {"GMT": 0, "UTC": 0, "Z": 0, "MEZ": 1, "CET": 1, "MESZ": 2, "CEST": 2, "BST": 1}
_ENGLISH = ("ec", "ien", "dpe", "news")
"""What the names of dpa's services in other languages begin with; their clock is GMT."""


def take_trailer(trailer: str, text: str, service: str) -> tuple[datetime | None, str | None, str]:
    """Return the time, the day as written in it, and the text without it.

    Args:
        trailer: what follows the end mark.
        text: of the message; where there is no end mark the date is its last line.
        service: tells which clock a time without a zone is read from.
    """
    if found := _DATE.search(tidy(trailer[:400])[0]):
        return *_time(found, service), text
    body = text.rstrip("\n\r\t \x7f\x04\x00")
    start = body.rfind("\n") + 1
    found = _DATE.fullmatch(body[start:].strip())
    if found is None:
        return None, None, text
    return *_time(found, service), body[:start]


def _time(found: re.Match[str], service: str) -> tuple[datetime | None, str | None]:
    month = _month(found["month"])
    year = int(found["year"]) + (0 if len(found["year"]) == 4 else 2000)
    if month is None:
        return None, None
    zone = _zone(found["zone"], service)
    day, hour, minute = (int(found[name]) for name in ("day", "hour", "minute"))
    try:
        time = datetime(year, month, day, hour % 24, minute, tzinfo=zone)
    except ValueError:
        return None, None
    return time + timedelta(days=hour // 24), f"{year}-{month:02}-{day:02}"


def _month(name: str) -> int | None:
    low = name.casefold()
    if low.startswith("juil"):
        return 7
    return _NUMBERS.get(low[:3])


def _zone(name: str | None, service: str) -> tzinfo:
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    return UTC if service.casefold().startswith(_ENGLISH) else ZoneInfo(HOME)
