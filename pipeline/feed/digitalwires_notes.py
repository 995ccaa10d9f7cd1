"""Read the publishable notes of a digitalwires item, and leave the others out."""

import re
from dataclasses import dataclass

from pipeline.feed.json_object import JsonObject
from pipeline.feed.markup import parse_html, text_in
from pipeline.feed.values import line_of
from pipeline.wire import Note

_CORRECTIONS = ("correction", "correctionshort", "correction_consumerready")
_OWN_FIELD = frozenset({"closingline", "embargo"})


@dataclass(frozen=True, slots=True)
class PublicNotes:
    """What editors say about an item, and may leave the house.

    Attributes:
        signature: closing line.
        correction: what was corrected, in the longest of its forms.
        embargo: what the prose says of an embargo.
        others: the rest by role, further forms of the correction among them.
    """

    signature: str | None
    correction: str | None
    embargo: str | None
    others: tuple[Note, ...]


def read_notes(item: JsonObject) -> PublicNotes:
    """Read `ednotes`, and the embargo of the public notepad.

    Only what says `is_publishable: true` is read, and contacts never are.
    """
    found = [note for ednote in item.objects("ednotes") if (note := _publishable(ednote))]
    roles = [note.role for note in found]
    first = next((role for role in _CORRECTIONS if role in roles), None)
    return PublicNotes(
        signature=line_of(_joined(found, "closingline", " ")),
        correction=_joined(found, first, "\n") if first else None,
        embargo=_joined(found, "embargo", "\n") or _embargo_in_notepad(item),
        others=tuple(note for note in found if note.role not in {*_OWN_FIELD, first}),
    )


def _publishable(ednote: JsonObject) -> Note | None:
    allowed = ednote.raw("is_publishable")
    if not isinstance(allowed, bool | None):
        ednote.note("ignored_value", "is_publishable", "is neither true nor false; taken as false")
        return None
    role = (ednote.line("role") or "note").rpartition(":")[2].strip().lower() or "note"
    if allowed is not True or "contact" in role:
        return None
    text = ednote.text("ednote")
    lines = [line for line in map(line_of, re.split(r"[\r\n]+", text or "")) if line]
    return Note(role, "\n".join(lines)) if lines else None


def _joined(notes: list[Note], role: str, between: str) -> str | None:
    return between.join(note.text for note in notes if note.role == role) or None


def _embargo_in_notepad(item: JsonObject) -> str | None:
    """Return the public notepad's line on an embargo, which often is the only one."""
    for notepad in item.objects("notepad"):
        text = notepad.text("public_html")
        root = parse_html(text) if text else None
        for element in () if root is None else root.iter():
            if "embargoed" in (element.get("class") or "").split():
                return line_of(text_in(element))
    return None
