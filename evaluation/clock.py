"""Times of day and numeric dates, which look like numbers and are not."""

import re
from collections.abc import Iterator
from typing import Literal

from evaluation.fact_words import MONTHS

Part = tuple[str, str, int, int]
"""Kind, value, start, end."""

_GERMAN_TIMES = re.compile(
    r"\b(\d{1,2})(?:[.:](\d{2}))?(?=(?: ?(?:und|bis|oder|-|–) ?\d{1,2}(?:[.:]\d{2})?)? ?Uhr)"
)
_ENGLISH_TIMES = (
    re.compile(
        r"\b(\d{1,2})(?:[:.](\d{2}))?"
        r"(?=(?: ?(?:to|and|or|-|–) ?\d{1,2}(?:[:.]\d{2})?)? ?(?:[ap]\.?m\b|o['’]clock))"
    ),
    re.compile(r"\b([01]\d|2[0-3]):?([0-5]\d)(?= (?:GMT|CET|CEST|UTC)\b)"),
    re.compile(r"(?<![\d:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\d:]|[.,]\d| (?:min|hour))"),
)
_DATE = re.compile(r"\b(\d{1,2})\. ?(\d{1,2})\.(\d{4})?(?!\d|\.\d)")


def find(text: str, language: Literal["de", "en"]) -> Iterator[Part]:
    """Yield times as hours (of twelve) and minutes, and German dates as day, month and year."""
    patterns = (_GERMAN_TIMES,) if language == "de" else _ENGLISH_TIMES
    seen: set[int] = set()
    for pattern in patterns:
        for match in pattern.finditer(text):
            hour, minute = int(match.group(1)), int(match.group(2) or 0)
            if hour <= 24 and minute < 60 and match.start() not in seen:
                seen.add(match.start())
                yield "time", f"{hour % 12}:{minute:02}", match.start(), match.end()
    if language == "en":
        return
    for match in _DATE.finditer(text):
        day, month = int(match.group(1)), int(match.group(2))
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield "number", str(day), match.start(), match.end()
            yield "month", MONTHS["en"][month - 1], match.start(), match.end()
            if match.group(3):
                yield "number", match.group(3), match.start(), match.end()
