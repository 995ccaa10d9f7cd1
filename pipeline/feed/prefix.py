"""Take metadata in front of a story: `date 2024-10 provider dpa`."""

import re
from collections.abc import Callable

_UNTIL_DATE = re.compile(r"\s*(?:[a-z_]{2,20}[ :=]+[\w.:/-]{1,60}[,;]?\s+){0,12}?date[ :=]+(?=\d)")
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}(?:T[\d:.+Z-]+)?[,;]?(?:\s+|\Z)")
_KEYS = (
    "agency|author|category|city|country|department|desk|doctype|edition|genre|id|issue|keyword|"
    "lang|language|location|priority|provider|publisher|ressort|section|service|slug|source|status|"
    "time|topic|type|urgency|version"
)
_KNOWN = re.compile(rf"\s*(?:{_KEYS})(?:[:=] ?| )[\w.:/+-]{{1,60}}[,;]?(?:\s+|\Z)")
_PAIR = re.compile(r"([a-z_]{2,20})[ :=]+([\w.:/+-]*[\w+-])[,;]?(?:\s+|\Z)")
_HEAD = 1000


def take_prefix(text: str, opens: Callable[[str], bool]) -> tuple[str | None, dict[str, str], str]:
    """Return the prefix as written, its keys, and the text behind it.

    Without a date it is only taken where a certain dateline follows. A value that belongs to the
    dateline, as in `provider dpa BERLIN - `, is left there.

    Args:
        text: as delivered.
        opens: tells whether a text opens with a certain dateline.
    """
    head = text[:_HEAD]
    ends = [0]
    if (key := _UNTIL_DATE.match(head)) and (date := _DATE.match(head, key.end())):
        ends.append(date.end())
    first = ends[-1]
    while pair := _KNOWN.match(head, ends[-1]):
        ends.append(pair.end())
    end = next((end for end in reversed(ends[1:]) if opens(text[end:])), None)
    if end is None:
        end = ends[-1] if first else 0
    written = head[:end].strip()
    if not written or not text[end:].strip():
        return None, {}, text
    return written, dict(_PAIR.findall(written + " ")), text[end:]
