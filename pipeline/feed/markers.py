"""Read the markers of agencies: labels in front of a headline, and notes in brackets around it.

`ROUNDUP 2/Kreise: ...`, `WDH: ...`, `(Eil)`, `(Berichtigung: ...)`, `(Foto - Archiv)`: each goes to
the field that says what it means, and out of what is translated.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from pipeline.wire import Note

T = TypeVar("T")

_ANY_CASE = (
    r"(?:Gesamt-)?Roundup|WDH|Wiederholung|Korrektur|Berichtigung|Eilmeldung|Presse(?:stimmen?|schau)?|"
    r"Vorab|OTS|(?:EQS|DGAP)-[A-Za-zÄÖÜäöü]{2,20}|Original-Research|Aktien? im Fokus|"
    r"dpa-AFX[ -](?:Überblick|(?:Tages|Wochen)vorschau|Kunden-?Info)"
)
_CAPITALS = (
    "EIL|BLITZ|FLASH|URGENT|ALERT|BREAKING|DRINGEND|INTERVIEW|HINTERGRUND|ANALYSE-FLASH|AKTIEN-FLASH|"
    "DAX-FLASH|TAGESVORSCHAU|WOCHENVORSCHAU|UPDATE|WRAPUP|RPT|CORRECTED|CORRECTION|REFILE|EXTRA"
)
_NAME = rf"(?i:{_ANY_CASE})|{_CAPITALS}"
_CHAINED = re.compile(
    rf"((?:{_NAME})(?: ?\d{{1,2}})?)(?:\s*:\s+|/(?=[^:]{{1,60}}:\s)|\s+[-–—]\s+(?!\d))"
)
_LABEL = re.compile(
    rf"(?:{_NAME}|AMP\.|(?i:[1-9](?:st|nd|rd|th) ?(?:lead|ld|net)))(?: ?\d{{1,2}})?"
)
_BARE = re.compile(
    r"(?:\+\+\+ ?)?(EILMELDUNG|EIL(?= ?\+\+\+))(?: ?\+\+\+)?[\s:–-]+"
    r"|((?i:[1-9](?:st|nd|rd|th) ?(?:lead|ld|net|update|roundup)))\b[\s:–-]+"
    r"|(REFILE|WDH ?\d?)\s+(?=\S)"
    r"|(AMP\d?\.)-\s*"
    r"|((?:UPDATE|WRAPUP) \d{1,2}|RPT|CORRECTED|REFILE)-(?=\S)"
)
_LANGUAGE = re.compile(r"\s*\((?:deutsch|englisch|english|german)\)\Z", re.IGNORECASE)
_END = re.compile(r"\s=\Z")
_FRONT_NOTE = re.compile(r"\(([^()]{2,300})\)\s*(?=\S)")
_BACK_NOTE = re.compile(r"\s\(([^()]{2,300})\)\Z")

_GENRES = (
    r"(?:Gesamt|Tages)?zusammenfassung|KORR(?:-[\w-]+)?|Hintergrund|Fragen (?:&|und) Antworten|"
    r"Extra|Vorbericht|Vorausmeldung|(?:Nachrichten|Meldungs)?überblick|(?:Tages|Termin|Wochen)?vorschau|"
    r"Tabelle|Achtung|(?:Kurz)?porträt|Reportage|Feature|Analyse|Interview|Gespräch|Dokumentation|"
    r"Chronologie|Stichwort|Umfrage|Zitate?|Pressestimmen?|Presseschau|Kommentar|Faktencheck|"
    r"Wissenswertes|Summary|Preview|Advisory|Table|Background|Analysis|Profile"
)
_PLACE_IN_TEXT = r"\b(?:\d{1,2}\.|ersten|zweiten|dritten|vorletzten|letzten) (?:Absatz|Abs\.|Satz)"
_KINDS = {
    "embargo": r"(?:.*\b)?(?:Sperrfrist\b|Embargo(?:ed)?\b|Frei (?:für|ab)\b).*",
    "correction": rf"(?:Berichtigung|Korrektur|Correction|Corrected|NICHT)\b.*"
    rf"|.*{_PLACE_IN_TEXT}.*\b(?:berichtigt|korrigiert|geändert|gestrichen|ersetzt|rpt)\b.*",
    "repeat": r"(?:Wiederholung|Repeat)\b.*",
    "update": r"(?:Aktualisier(?:ung|t)|Neu|Update|Ergänz(?:ung|t))\b\s*:.*|Aktualisierung",
    "urgency": r"(?:Eil(?:meldung)?|Dringend|Urgent|Blitz(?:meldung)?|Flash)\b.{0,40}",
    "picture": r"(?:Mit )?(?:Archiv)?(?:Foto|Bild|Grafik|Infografik|Video|Karte|Photo|Graphic)"
    r"(?:s|er|en)?\b[^.!?]{0,80}(?:Nr\.[^.!?]{0,40})?",
    "genre": rf"(?:{_GENRES})\b(?:\s+\d{{3,4}})?(?:\s*[-–:,]\s*.*)?",
}
_NOTES = {kind: re.compile(pattern, re.IGNORECASE | re.DOTALL) for kind, pattern in _KINDS.items()}
_GENRE = re.compile(rf"(?:{_GENRES})\b", re.IGNORECASE)
_EMBARGO_LINE = re.compile(
    r"\W*(?:ACHTUNG\W+)?SPERRFRIST\b(?:\s*[:–—-]|\s+(?:bis|ende|frei|heute|morgen|\w+tag\b|\d)).{0,160}",
    re.IGNORECASE | re.DOTALL,
)
_AFTER_COLON = re.compile(r"[^:]{1,20}:\s*")
_FLASHES = ("blitz", "flash")
_URGENT = ("eil", "dringend", "urgent", "alert", "breaking")
_SIGNALS = (
    ("correction", ("korrektur", "berichtigung", "correct", "refile")),
    ("repeat", ("wdh", "wiederholung", "rpt")),
    ("update", ("update", "wrapup", "amp")),
)
_LONGEST = 1000
_TAKE = re.compile(r"[1-9](?:st|nd|rd|th) ?", re.IGNORECASE)


@dataclass(slots=True)
class Marks:
    """What the markers of an item say.

    Attributes:
        title: the headline without them.
        markers: labels, and notes in brackets that no other field stands for.
        genre: such as `Zusammenfassung`.
        signals: `update`, `correction`, `repeat`.
        correction: what was corrected.
        urgency: 1 for a flash, 2 for what is urgent.
        embargo_text: what is said of an embargo.
        notes: on pictures and what is new.
    """

    title: str | None = None
    markers: list[str] = field(default_factory=list)
    genre: str | None = None
    signals: list[str] = field(default_factory=list)
    correction: str | None = None
    urgency: int | None = None
    embargo_text: str | None = None
    notes: list[Note] = field(default_factory=list)


def read_marks(title: str | None, notes: Iterable[str]) -> Marks:
    """Return what labels of a headline and notes, with or without brackets, say.

    A headline of nothing but markers stays as it is.
    """
    marks = Marks(title)
    for note in notes:
        text = " ".join(note.split())
        is_bracketed = text.startswith("(") and text.endswith(")")
        _read_note(marks, text[1:-1].strip() if is_bracketed else text)
    if title is not None and len(title) <= _LONGEST:
        bare = _take_labels(marks, title)
        marks.title = bare if any(char.isalnum() for char in bare) else title
    return marks


def is_note(paragraph: str) -> bool:
    """Tell whether a paragraph is a note about the item and no text of it."""
    text = " ".join(paragraph.split())
    if text.startswith("(") and text.endswith(")"):
        return _kind(text[1:-1].strip()) is not None
    return _EMBARGO_LINE.fullmatch(text) is not None


def has_label(line: str) -> bool:
    """Tell whether a line opens with a label that only headlines have."""
    found = _CHAINED.match(line) or _BARE.match(line)
    return found is not None and any(char.isalnum() for char in line[found.end() :])


def _kind(note: str) -> str | None:
    if len(note) > _LONGEST:
        return None
    return next((kind for kind, pattern in _NOTES.items() if pattern.fullmatch(note)), None)


def _take_labels(marks: Marks, title: str) -> str:
    """Take labels and notes off both ends of a headline, as long as there are any."""
    text = _LANGUAGE.sub("", _END.sub("", title))
    while text:
        if found := _CHAINED.match(text) or _BARE.match(text):
            label = next(group for group in found.groups() if group)
            _add_label(marks, label)
            chained = found.group().endswith("/")
            text = _in_small(text[found.end() :]) if chained else text[found.end() :]
        elif (found := _FRONT_NOTE.match(text)) and _kind(found.group(1)):
            _read_note(marks, found.group(1).strip())
            text = text[found.end() :]
        elif (found := _BACK_NOTE.search(text)) and _kind(found.group(1)):
            _read_note(marks, found.group(1).strip())
            text = text[: found.start()]
        else:
            break
    return text.strip()


def _in_small(text: str) -> str:
    """Write a label that says something to readers, such as `KREISE: `, as they are used to."""
    label, colon, rest = text.partition(":")
    plain = label.isalpha() and label.isupper() and not _LABEL.fullmatch(label)
    return f"{label.capitalize()}{colon}{rest}" if plain else text


def _add_label(marks: Marks, label: str) -> None:
    _add(marks.markers, label)
    name = _TAKE.sub("update ", label).casefold()
    if name.startswith(_FLASHES):
        marks.urgency = 1
    elif name.startswith(_URGENT):
        marks.urgency = marks.urgency or 2
    for signal, starts in _SIGNALS:
        if name.startswith(starts):
            _add(marks.signals, signal)


def _read_note(marks: Marks, note: str) -> None:
    kind = _kind(note)
    if kind == "urgency" or _LABEL.fullmatch(note):
        _add_label(marks, note)
    elif kind is None:
        _add(marks.markers, note)
    else:
        _READERS[kind](marks, note)


def _read_embargo(marks: Marks, note: str) -> None:
    marks.embargo_text = marks.embargo_text or note


def _read_correction(marks: Marks, note: str) -> None:
    _add(marks.signals, "correction")
    said = note if note.upper().startswith("NICHT") else _said(note)
    marks.correction = marks.correction or said or None


def _read_genre(marks: Marks, note: str) -> None:
    _add(marks.markers, note)
    found = _GENRE.match(note)
    if found and marks.genre is None:
        marks.genre = found.group()


def _noted(role: str, *, signal: bool) -> Callable[[Marks, str], None]:
    def read(marks: Marks, note: str) -> None:
        if signal:
            _add(marks.signals, role)
        said = _said(note) if signal else note
        if said:
            _add(marks.notes, Note(role, said))

    return read


_READERS: dict[str, Callable[[Marks, str], None]] = {
    "embargo": _read_embargo,
    "correction": _read_correction,
    "repeat": _noted("repeat", signal=True),
    "update": _noted("update", signal=True),
    "picture": _noted("picture", signal=False),
    "genre": _read_genre,
}


def _said(note: str) -> str:
    """Return what stands behind a note's own name: `Mit Dobrindt` of `Aktualisierung: Mit ...`."""
    name = _AFTER_COLON.match(note)
    rest = note[name.end() :] if name else ("" if " " not in note else note)
    return rest.strip()


def _add(found: list[T], value: T) -> None:
    if value not in found:
        found.append(value)
