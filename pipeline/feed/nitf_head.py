"""Read what a NITF document says of itself in its head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.feed.markup import text_in
from pipeline.feed.xml import local_name
from pipeline.feed.zones import read_time
from pipeline.wire import Status, Subject

if TYPE_CHECKING:
    from lxml.etree import _Element

_STAMPED = re.compile(r"(.+):(\d{12,14})")
_EMBARGO = re.compile(
    r"\b(?:embargo\w*|sperrfrist|sperrvermerk|gesperrt bis|frei ab|not for release before)\b"
    r"[^;()\n@]{0,120}",
    re.IGNORECASE,
)
_REACH = re.compile(r"\+?\d[\d /-]{7,}")
_KILL = re.compile(r"\W*(?:MANDATORY )?KILL\b")
_HOUSES = {
    "agencia efe": "EFE",
    "dpa-infocom": "dpa",
    "dpa - deutsche presse-agentur gmbh": "dpa",
    "press association": "PA",
    "the associated press": "AP",
}
_STATUSES: dict[str, Status] = {
    "": "usable",
    "usable": "usable",
    "embargoed": "usable",
    "canceled": "canceled",
    "cancelled": "canceled",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Which story, and which version of it.

    Attributes:
        id: stable over versions.
        version: `None` where it has none.
        delivered: the id as delivered, where it names the version too.
    """

    id: str | None
    version: int | None = None
    delivered: str | None = None


def find_all(root: "_Element", path: str) -> Iterator["_Element"]:
    """Yield the elements at a path of names, whatever their namespace is."""
    name, _, rest = path.partition("/")
    for child in root:
        if local_name(child) == name:
            if rest:
                yield from find_all(child, rest)
            else:
                yield child


def attribute(root: "_Element", path: str, name: str) -> str | None:
    """Return an attribute of the first element at a path that has it filled."""
    values = (element.get(name, "").strip() for element in find_all(root, path))
    return next(filter(None, values), None)


def text_at(root: "_Element", path: str) -> str | None:
    """Return the text of the first element at a path that has one, as one line."""
    return next(filter(None, map(text_in, find_all(root, path))), None)


def meta(root: "_Element", name: str) -> str | None:
    """Return the content of a `meta` element."""
    for element in find_all(root, "head/meta"):
        if element.get("name") == name:
            return (element.get("content") or "").strip() or None
    return None


def identity_of(root: "_Element") -> Identity:
    """Return a document's id, and its version where that is part of the id or has a key."""
    delivered = attribute(root, "head/docdata/doc-id", "id-string")
    key = attribute(root, "head/docdata/du-key", "key")
    written = attribute(root, "head/docdata/du-key", "version") or ""
    version = int(written) if re.fullmatch("[0-9]{1,15}", written) else None
    if delivered and (stamped := _STAMPED.fullmatch(delivered)):
        return Identity(stamped[1], version or int(stamped[2]), delivered)
    if delivered and key and version is not None and delivered.startswith(key):
        return Identity(key, version, delivered if delivered != key else None)
    return Identity(delivered or key, version)


def provider_of(root: "_Element") -> str | None:
    """Return the house, by the short name it signs with where that is known."""
    named = (
        attribute(root, "head/docdata/doc-id", "regsrc")
        or attribute(root, "head/docdata/del-list/from-src", "src-name")
        or text_at(root, "body/body.head/distributor")
        or meta(root, "origin")
        or attribute(root, "head/docdata/doc.copyright", "holder")
        or text_at(root, "body/body.head/rights/rights.owner")
    )
    return _HOUSES.get(named.casefold(), named) if named else None


def time_at(root: "_Element", name: str, provider: str | None) -> datetime | None:
    """Return a date of the head, such as `date.issue`."""
    return read_time(attribute(root, f"head/docdata/{name}", "norm"), provider)


def embargo_text(root: "_Element", embargo: datetime | None) -> str | None:
    """Return what notes say of an embargo, or a release date that cannot be read.

    The notes are not public, so nothing else of them is returned.
    """
    release = attribute(root, "head/docdata/date.release", "norm")
    if release and embargo is None:
        return f"date.release {release[:60]}"
    for note in find_all(root, "head/docdata/ed-msg"):
        if found := _EMBARGO.search(note.get("info", "")):
            return " ".join(_REACH.split(found.group())[0].split())
    return None


def status_of(root: "_Element", embargo: datetime | None) -> Status:
    """Return the status; embargoed without a date is withheld, as is a word that is not known."""
    if any(_KILL.match(note.get("info", "")) for note in find_all(root, "head/docdata/ed-msg")):
        return "canceled"
    word = (attribute(root, "head/docdata", "management-status") or "").casefold()
    status = _STATUSES.get(word, "withheld")
    return "withheld" if word == "embargoed" and embargo is None else status


def subjects_of(root: "_Element") -> Iterator[Subject]:
    """Yield topics, places and fixtures."""
    for element in find_all(root, "head/tobject/tobject.subject"):
        parts = ("detail", "matter", "type", "code", "refnum")
        values = [element.get(f"tobject.subject.{part}", "").strip() for part in parts]
        name, code = next(filter(None, values), None), values[-1] or None
        source = element.get("tobject.subject.ipr", "IPTC")
        if name:
            yield Subject(name, "subj" if source.upper() == "IPTC" else source, code)
    for element in find_all(root, "head/docdata/evloc"):
        code = element.get("iso-cc")
        if name := element.get("city") or element.get("state-prov") or code:
            yield Subject(name, "iso3166" if code else None, code)
    for element in find_all(root, "head/docdata/fixture"):
        if name := element.get("fix-id"):
            yield Subject(name, "fixture", name)
    for element in (
        child for found in find_all(root, "head/docdata/identified-content") for child in found
    ):
        code = element.get("value") or element.get("code") or element.get("location-code")
        if name := text_in(element) or code:
            scheme = element.get("idsrc") or element.get("type") or local_name(element)
            yield Subject(name, scheme or None, code)


def keywords_of(root: "_Element") -> tuple[str | None, tuple[str, ...]]:
    """Return the slugline, and all keywords."""
    keys = [element.get("key", "") for element in find_all(root, "head/docdata/key-list/keyword")]
    slugline = next((key.strip() for key in keys if "/" in key), None)
    words = [word.strip() for key in keys for word in key.split("/") if word.strip()]
    return slugline or meta(root, "anpa-keyword"), tuple(dict.fromkeys(words))


def copyright_of(root: "_Element") -> str | None:
    """Return holder and year."""
    holder = attribute(root, "head/docdata/doc.copyright", "holder")
    year = attribute(root, "head/docdata/doc.copyright", "year")
    if holder:
        return f"{holder} {year}" if year else holder
    return meta(root, "copyright")


def usage_terms(root: "_Element") -> str | None:
    """Return what is said of rights, unless that is only whose they are."""
    owner = text_at(root, "body/body.head/rights/rights.owner")
    terms = text_at(root, "body/body.head/rights")
    return None if terms == owner else terms
