"""How values are written on the page: numbers, and characters that a browser cannot show."""

import math
import re
from datetime import datetime

_UNSHOWN: dict[int, int] = {
    **{code: 0x2400 + code for code in range(0x20)},
    **{ord(character): ord(character) for character in "\t\n"},
    0x0D: 0x20,
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD),
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def legible(text: str) -> str:
    """Replace control characters with their pictures, and what is no character with U+FFFD."""
    return text.translate(_UNSHOWN)


def show_score(value: float | None) -> str:
    """Write a score with three digits that tell; a dash for none."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def show_count(value: float | None) -> str:
    """Write a count with thousands parted; a dash for none."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:,.2f}" if value % 1 else f"{value:,.0f}"


def show_rate(value: float | None) -> str:
    """Write what was measured in the digits that tell; a dash for none."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"


def show_percent(share: float | None) -> str:
    """Write a share; a dash for none."""
    if share is None or not math.isfinite(share):
        return "–"
    return f"{share:.1%}".replace("%", " %")


def show_seconds(value: float | None) -> str:
    """Write a duration."""
    if value is None or not math.isfinite(value):
        return "–"
    minutes, seconds = divmod(value, 60)
    return f"{minutes:,.0f} min {seconds:02.0f} s" if minutes >= 2 else f"{value:,.2f} s"


def show_time(text: str | None) -> str | None:
    """Write an ISO 8601 time for readers; what is none stays as it is."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{moment:%Y-%m-%d %H:%M}" + (f" {moment.tzname()}" if moment.tzinfo else "")


def language_tag(code: str | None) -> str:
    """Return a language code that is fit for a `lang` attribute; `und` for others."""
    return code if code and _LANGUAGE.fullmatch(code) else "und"


def part_numbers(text: str) -> list[tuple[str, bool]]:
    """Split a text into pieces and tell which are numbers."""
    pieces = re.split(r"(\d+(?:[.,:]\d+)*(?:\s?%)?)", text)
    return [(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece]
