"""What both generations of NewsML have in common: children by name, houses, notes, times."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.feed.markup import text_in
from pipeline.feed.xml import name_in
from pipeline.feed.zones import read_time

if TYPE_CHECKING:
    from lxml.etree import _Element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_REACH = re.compile(r"@[\w-]+\.\w|(?<!\w)(?:\+|\(?0)\d[\d /()-]{5,}\d")
_EMBARGO = re.compile(
    r"\b(?:embargo|sperrfrist|sperrvermerk|gesperrt bis|frei ab|not for (?:public )?release)",
    re.IGNORECASE,
)
_SMALL = frozenset({"dpa", "dts", "dapd", "ots"})
_WEB = re.compile(
    r"(?:https?://)?(?:www\.)?([\w-]+)\.(?:[a-z]{2,3}\.)?[a-z]{2,4}(?:/\S*)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:[zZ]|[+-]\d\d:?\d\d)\s*\Z")


class Children:
    """The children of an element, by name without namespace."""

    __slots__ = ("_found",)

    def __init__(self, element: "_Element | None" = None) -> None:
        found: dict[str, list[_Element]] = {}
        for child in element if element is not None else ():
            name = name_in(child.tag)
            if name in found:
                found[name].append(child)
            else:
                found[name] = [child]
        self._found = found

    def all(self, name: str) -> "list[_Element]":
        """Return the children of a name."""
        return self._found.get(name, [])

    def first(self, name: str) -> "_Element | None":
        """Return the first child of a name."""
        found = self._found.get(name)
        return found[0] if found else None

    def inside(self, name: str) -> "Children":
        """Return the children of the first child of a name."""
        return Children(self.first(name))

    def text(self, name: str) -> str | None:
        """Return the text of the first child of a name, as one line."""
        element = self.first(name)
        return None if element is None else text_in(element) or None


def house(named: str) -> str:
    """Return a house as it signs: `Reuters` of `reuters.com`, `AFP` of `afp.com`."""
    found = _WEB.fullmatch(named.strip())
    label = found.group(1) if found else " ".join(named.split())
    if label.islower() and label not in _SMALL:
        return label.upper() if len(label) <= len("ansa") else label.capitalize()
    return label


def tells_contact(line: str) -> bool:
    """Tell whether a line holds a mail address or a telephone number."""
    hint = "@" in line or "+" in line or "0" in line
    return hint and _REACH.search(line) is not None


def speaks_of_embargo(line: str) -> bool:
    """Tell whether a line speaks of an embargo."""
    return _EMBARGO.search(line) is not None


def timed(written: str | None, provider: str | None) -> tuple[datetime | None, str | None]:
    """Return a time, and what has to be said of it: that it is none, or that its zone is assumed.

    Args:
        written: as delivered.
        provider: house whose clock a time without an offset is read from.
    """
    found = read_time(written, provider)
    if not written or (found and _OFFSET.search(written)):
        return found, None
    what = "is no ISO time" if found is None else f"has no offset; {found.isoformat()} is assumed"
    return found, f"{written[:40]!r} {what}"
