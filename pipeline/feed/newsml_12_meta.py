"""Read what a NewsML 1.2 item says about itself: identity, management, lines, subjects."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.feed.markup import text_in
from pipeline.feed.newsml_elements import LANGUAGE, Children, tells_contact
from pipeline.feed.values import whole_number
from pipeline.feed.xml import local_name
from pipeline.wire import Note, Status, Subject

if TYPE_CHECKING:
    from lxml.etree import _Element

_STATUSES: dict[str, Status] = {
    "": "usable",
    "open": "usable",
    "usable": "usable",
    "embargoed": "withheld",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "deleted": "canceled",
    "kill": "canceled",
    "killed": "canceled",
    "withdrawn": "canceled",
}
_SUBJECTS = frozenset({"Subject", "SubjectDetail", "SubjectMatter", "SubjectQualifier"})
_TAGS = tuple(f"{{*}}{name}" for name in (*sorted(_SUBJECTS), "SubjectCode"))
_IPTC = re.compile(r"\d{8}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Which story, and which revision of it.

    Attributes:
        id: stable over revisions.
        delivered: the public identifier, where it names the revision too.
        revision: a number.
        label: the revision as written, where it is no number.
        previous: number of the revision before.
        provider: its web address or name.
    """

    id: str | None
    delivered: str | None
    revision: int | None
    label: str | None
    previous: int | None
    provider: str | None


def identity_of(parts: Children, duid: str | None) -> Identity:
    """Return an item's identity.

    `PublicIdentifier` ends with the revision, so the id is put together without it.

    Args:
        parts: of `NewsIdentifier`.
        duid: of the item, for want of anything better.
    """
    provider, day, name = (parts.text(tag) for tag in ("ProviderId", "DateId", "NewsItemId"))
    public, revision = parts.text("PublicIdentifier"), parts.first("RevisionId")
    written = (text_in(revision) if revision is not None else "") or None
    number = whole_number(written) if written else None
    if name and (provider or day or not public):
        stable: str | None = ":".join(filter(None, ("urn:newsml", provider, day, name)))
    else:
        stable = _unrevised(public, written)
    before = revision.get("PreviousRevision") if revision is not None else None
    return Identity(
        stable or duid,
        public if public != stable else None,
        number,
        written if number is None else None,
        whole_number(before) if before else None,
        provider,
    )


def _unrevised(public: str | None, revision: str | None) -> str | None:
    """Return a public identifier without the revision and update mark that end it."""
    if public and revision:
        return re.sub(rf":{re.escape(revision)}[NUAD]?\Z", "", public)
    return public


def named(element: "_Element | None") -> str | None:
    """Return an element's formal name."""
    return ((element.get("FormalName") or "").strip() or None) if element is not None else None


def status_of(element: "_Element | None") -> tuple[Status, bool]:
    """Return the status in any spelling, and whether its word is known."""
    word = (named(element) or "").casefold()
    return _STATUSES.get(word, "withheld"), word in _STATUSES


def release_of(management: Children) -> str | None:
    """Return the time at which a held item becomes usable, as written."""
    for change in management.all("StatusWillChange"):
        parts = Children(change)
        if status_of(parts.first("FutureStatus"))[0] == "usable":
            return parts.text("DateAndTime")
    return None


def instructions_of(management: Children) -> Iterator[str]:
    """Yield what instructions for this revision say: their name, and their text."""
    for element in management.all("Instruction"):
        if Children(element).first("RevisionStatus") is None:
            yield " ".join(filter(None, (named(element), text_in(element))))


def urgency_of(*elements: "_Element | None") -> int | None:
    """Return the first of these that has a number from 1 to 9; `DEFAULT` is none."""
    for element in elements:
        written = named(element) or (text_in(element) if element is not None else "")
        if written in set("123456789"):
            return int(written)
    return None


def line_of(lines: "Iterable[Children]", name: str, language: str | None) -> str | None:
    """Return a line of the nearest component that has it, in the text's language if it has more."""
    for found in lines:
        texts = [(text_in(element), element.get(LANGUAGE)) for element in found.all(name)]
        texts = [(text, spoken) for text, spoken in texts if text]
        for text, spoken in texts:
            if spoken and (spoken[:2].casefold() == (language or "")[:2].casefold()):
                return text
        if texts:
            return texts[0][0]
    return None


def further_lines(lines: "Iterable[Children]") -> Iterator[Note]:
    """Yield lines that have a type of their own, such as AFP's product and advisory lines."""
    for found in lines:
        for element in found.all("NewsLine"):
            parts = Children(element)
            text = parts.text("NewsLineText")
            if text and not tells_contact(text):
                yield Note((named(parts.first("NewsLineType")) or "line").casefold(), text)


def subjects_of(descriptions: "Iterable[_Element]") -> Iterator[Subject]:
    """Yield subjects, whichever way they are nested; a code stands for a name that is missing."""
    for description in descriptions:
        for element in description.iter(*_TAGS):
            name = local_name(element)
            if name in _SUBJECTS or (name == "SubjectCode" and named(element)):
                code = named(element)
                if code:
                    scheme = "subj" if _IPTC.fullmatch(code) else element.get("Scheme")
                    label = element.get("cat") or element.get("Name") or code
                    yield Subject(label, scheme, code, None)


def properties_of(descriptions: "Iterable[_Element]", name: str) -> tuple[str, ...]:
    """Return the values of the properties of a name, once each."""
    values = [
        (element.get("Value") or text_in(element)).strip()
        for description in descriptions
        for element in description.iter("{*}Property")
        if (named(element) or "").casefold() == name
    ]
    return tuple(dict.fromkeys(filter(None, values)))


def party_of(groups: "Iterable[Children]", name: str) -> str | None:
    """Return the first party of a role such as `Provider`, nearest component first."""
    for group in groups:
        for element in group.all(name):
            for party in element:
                if local_name(party) == "Party" and (found := named(party)):
                    return " ".join(found.split())
    return None
