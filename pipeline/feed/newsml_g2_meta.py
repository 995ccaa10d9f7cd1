"""Read what a NewsML-G2 item says about itself: one pass, then a look-up by name.

QCodes are taken by their code alone, whatever alias a house gave the scheme; a URI by its last
part.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.feed.markup import text_in
from pipeline.feed.newsml_elements import (
    LANGUAGE,
    Children,
    house,
    speaks_of_embargo,
    tells_contact,
)
from pipeline.feed.values import whole_number
from pipeline.feed.xml import local_name
from pipeline.wire import Link, Note, Status, Subject

if TYPE_CHECKING:
    from lxml.etree import _Element


_STATUSES: dict[str, Status] = {
    "usable": "usable",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
}
_ALIASES = {"mediatopic": "medtop", "subjectcode": "subj", "signal": "sig"}
_SIGNALS = frozenset({"update", "correction", "repeat"})
_TEASERS = frozenset({"", "teaser", "summary", "abstract", "lead"})
_CONTACTS = frozenset({"contacts", "dpacontacts", "notepad", "localities", "servicemetadata"})


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes of an item to editors, told apart by role.

    Attributes:
        public: that may leave the house.
        correction: what was corrected.
        embargo: what the prose says of an embargo.
        closing: closing line.
    """

    public: tuple[Note, ...]
    correction: str | None
    embargo: str | None
    closing: str | None


@lru_cache(maxsize=4096)
def parted(written: str | None) -> tuple[str | None, str | None]:
    """Return scheme and code of a QCode or a URI."""
    value = (written or "").strip()
    if not value:
        return None, None
    if "://" in value:
        scheme, _, code = value.rstrip("/#").rpartition("/")
        scheme = scheme.rpartition("/")[2]
        return _ALIASES.get(scheme, scheme) or None, code or None
    scheme, found, code = value.rpartition(":")
    return (scheme or None, code or None) if found else (None, value)


def code_of(element: "_Element | None") -> str | None:
    """Return the code that an element names, by QCode, URI, literal or text."""
    if element is None:
        return None
    named = element.get("qcode") or element.get("uri") or element.get("literal")
    return parted(named or element.text)[1]


def name_of(element: "_Element") -> tuple[str | None, str | None]:
    """Return an element's name and that name's language: the German one, or the first."""
    first: tuple[str, str | None] | None = None
    for child in element:
        if local_name(child) == "name" and (text := text_in(child)):
            language = child.get(LANGUAGE)
            if (language or "").casefold().startswith("de"):
                return text, language
            first = first or (text, language)
    return first or (None, None)


def status_of(element: "_Element | None") -> tuple[Status, bool]:
    """Return the status, and whether its word is known; without one an item is usable."""
    word = (code_of(element) or "").casefold()
    if not word:
        return "usable", True
    return _STATUSES.get(word, "withheld"), word in _STATUSES or word == "withheld"


def provider_of(meta: Children, content: Children) -> str | None:
    """Return the house by the short name that its code, literal or web address gives."""
    for element in (*meta.all("provider"), *content.all("infoSource")):
        scheme, code = parted(element.get("qcode"))
        name, _ = name_of(element)
        if code and not code.isdigit() and (scheme or "").endswith(("nprov", "dnlprov")):
            return house(code)
        named = element.get("literal") or name or code or element.get("uri") or text_in(element)
        if named:
            return house(named)
    return None


def signals_of(elements: Iterable["_Element"]) -> tuple[str, ...]:
    """Return the signals; those of IPTC's vocabulary without its alias."""
    found = []
    for element in elements:
        written = element.get("qcode") or element.get("uri") or element.get("literal") or ""
        scheme, code = parted(written)
        known = code in _SIGNALS or scheme == "sig"
        found.append((code or "") if known else written)
    return tuple(dict.fromkeys(filter(None, found)))


def urgency_of(written: str | None) -> int | None:
    """Return 1 to 9."""
    number = whole_number(written) if written else None
    return number if number is not None and 1 <= number <= 9 else None


def subjects_of(elements: Iterable["_Element"]) -> Iterator[Subject]:
    """Yield topics, places and categories under the name given in German, if there is one."""
    for element in elements:
        name, language = name_of(element)
        scheme, code = parted(element.get("qcode") or element.get("uri"))
        if named := name or code or element.get("literal"):
            yield Subject(named, scheme, code, language)


def notes_of(elements: Iterable["_Element"]) -> Notes:
    """Tell notes apart by role; what is not public, or tells how to reach someone, is left out."""
    by_role: dict[str, list[str]] = {}
    for element in elements:
        role = (parted(element.get("role"))[1] or "").casefold()
        closed = "nonpublic" in (element.get("pubconstraint") or "").casefold()
        if closed or role in _CONTACTS:
            continue
        line = text_in(element)
        if line and not tells_contact(line):
            if not role and speaks_of_embargo(line):
                role = "embargo"
            by_role.setdefault(role, []).append(line)
    roles = sorted((role for role in by_role if role.startswith("correction")), key=len)
    corrections = [by_role.pop(role) for role in roles]
    embargo, closing = by_role.pop("embargo", []), by_role.pop("closingline", [])
    public = [Note(role or "note", line) for role, lines in by_role.items() for line in lines]
    return Notes(
        tuple(public),
        " ".join(corrections[0]) if corrections else None,
        " ".join(embargo) or None,
        " ".join(closing) or None,
    )


def links_of(elements: Iterable["_Element"]) -> Iterator[Link]:
    """Yield the links that lead out of the item."""
    for element in elements:
        if href := (element.get("href") or "").strip():
            title = Children(element).text("title")
            yield Link(href, title, parted(element.get("rel"))[1])


def teaser_of(elements: Iterable["_Element"]) -> str | None:
    """Return the first description that is a teaser and no caption."""
    for element in elements:
        role = (parted(element.get("role"))[1] or "").casefold()
        if role in _TEASERS and (line := text_in(element)):
            return line
    return None


def in_language(elements: Iterable["_Element"], language: str | None) -> str | None:
    """Return the text in German, else in the item's language, else the first."""
    lines = [(text_in(e), (e.get(LANGUAGE) or "")[:2].casefold()) for e in elements]
    lines = [(line, spoken) for line, spoken in lines if line and line != "None"]
    for wanted in ("de", (language or "")[:2].casefold()):
        for line, spoken in lines:
            if spoken == wanted:
                return line
    return lines[0][0] if lines else None


def headlines_of(elements: Iterable["_Element"]) -> dict[str, str]:
    """Return title, kicker and subhead; dpa tells them apart by rank, others by role."""
    found: dict[str, str] = {}
    spare: str | None = None
    for element in elements:
        line, role = text_in(element), (parted(element.get("role"))[1] or "").casefold()
        if not line:
            continue
        if role in {"7901", "short", "hash"}:
            spare = spare or line
        elif role.startswith("sub") or (not role and element.get("rank") == "2"):
            found.setdefault("subhead", line)
        elif role.startswith(("kick", "over", "eyebrow")) or (
            not role and element.get("rank") == "3"
        ):
            found.setdefault("kicker", line)
        elif "title" in found:
            found.setdefault("subhead", line)
        else:
            found["title"] = line
    if "title" not in found and spare:
        found["title"] = spare
    return found
