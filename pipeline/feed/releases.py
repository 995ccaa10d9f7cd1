"""Take the frame off what companies publish through an agency: notices, master data, contacts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.feed.identifiers import named
from pipeline.records import FIXED, Block
from pipeline.wire import Note

_RESPONSIBLE = (
    r"Für den Inhalt der (?:Mitteilung|Meldung) ist (?:der|die) [^.]{3,80}? verantwortlich\.?"
    r"|The issuer is solely responsible for the content of this announcement\.?"
)
_ORIGINAL = (
    r"Original-Content von:? [^.]{2,120}?, übermittelt (?:durch|von) [\w -]{3,30}?(?=[.\n]|\Z)\.?"
)
_NOTE = re.compile(f"{_RESPONSIBLE}|{_ORIGINAL}", re.IGNORECASE)
_STAMP = (
    r"\d\d\.\d\d\.\d{4}(?: ?/ ?\d\d:\d\d)? (?:CET/CEST|CET|CEST|MEZ|MESZ|GMT/BST|UTC)"
    r"(?:(?: Veröffentlichung| Dissemination)[^.]{5,200}?\bAG\.?)?"
)
_LAST_LINE = (
    r"\A(?:Ende der (?:Mitteilung|Meldung)|End of (?:News|Announcement))"
    r"(?:\s+(?:EQS|DGAP)[ -]?News[ -]Service)?(?=\s*(?:-|\Z))"
)
_FRAME = re.compile(
    rf"{_STAMP}"
    r"|Die (?:EQS|DGAP)[ -]Distributionsservices umfassen [^.]{10,200}\."
    r"|The (?:EQS|DGAP) Distribution Services include [^.]{10,200}\."
    r"|(?:Medienarchiv|Archive) (?:unter|at) \S+"
    rf"|{_LAST_LINE}"
    r"|Weitere Meldungen:? \S+|newsroom(?: via RSS)?: \S+"
    r"|\A(?:EQS|DGAP)-\w+: .{3,120}? / Schlagw.{2,300}\Z"
)
_DATA = re.compile(
    r"\s*(?:(?:Sprache|Language|Unternehmen|Company):\s+\S.{0,3000}?"
    r"\b(?:Unternehmen|Company|ISIN|WKN|Börsen|Listed):\s"
    r"|(?:Indizes|Indices|Börsen|Listed|(?:EQS|DGAP) News[ -]ID):\s+\S).*",
    re.DOTALL,
)
_LISTED = re.compile(
    r"\b(ISIN|WKN|LEI)[:\s]+((?:[A-Z0-9]{6,20}(?:\s*[,;]\s*|\s+(?=[A-Z0-9]{6,20}\b))?)+)"
)
_CONTACT = re.compile(
    r"\s*(?:Presse-?kontakt|Medienkontakt|Kontakt|Rückfragen(?:hinweis)?|Rückfragehinweis|"
    r"Ansprechpartner(?:in)?|Kontakt für (?:Rückfragen|Journalisten|Presse|Medien|Investoren)|"
    r"Weitere Informationen|Investor Relations|Media Relations|(?:Press |Media )?Contacts?|"
    r"Rückfragen (?:bitte )?an|Rückfragen & Kontakt)\b[^:.!?]{0,30}(?::|\Z|\n)",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"@[\w-]+\.|\bhttps?://|\bwww\.|(?:Tel|Fax|Fon|Phone|Mobil|Telefon|Telefax)[.:\s]*[+(]?\d"
    r"|\+\d{2}[ (\d]"
)
_END = re.compile(rf"{_LAST_LINE}|(?:EQS|DGAP)[ -]?News[ -]Service\b")
_LEFT_OVER = 60
"""What stands behind the end of a release is numbers and stamps."""
_SHORT = 25
_RULE = re.compile(r"[-–—*_=°·+~\s]+")


@dataclass(frozen=True, slots=True)
class Framed:
    """A text without its frame, and what that says.

    Attributes:
        notes: who answers for the text.
        identifiers: of the issuer, with their kind.
        contacts: contacts were left out.
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    identifiers: tuple[str, ...]
    contacts: bool


def take_frame(blocks: Sequence[Block]) -> Framed:
    """Take rules, responsibility notices, master data and contacts off; never the whole text."""
    notes: dict[str, None] = {}
    identifiers: dict[str, None] = {}
    kept: list[Block] = []
    contacts = ended = False
    for block, is_contact in zip(blocks, _contacts(blocks), strict=True):
        text = block.text
        said = _NOTE.findall(text)
        notes |= dict.fromkeys(" ".join(note.split()) for note in said)
        is_left_over = ended and len(text) < _LEFT_OVER
        ended = ended or _END.search(text) is not None
        if is_left_over:
            continue
        if _DATA.match(text):
            identifiers |= dict.fromkeys(_identifiers(text))
        elif is_contact:
            contacts = True
        elif block.kind in FIXED:
            kept.append(block)
        elif (rest := _unframed(text, said)) and not _RULE.fullmatch(rest):
            kept.append(block if rest == text else replace(block, text=rest))
    if not kept:
        return Framed(tuple(blocks), (), (), contacts=False)
    responsible = tuple(Note("responsibility", note) for note in notes)
    return Framed(tuple(kept), responsible, tuple(identifiers), contacts)


def _unframed(text: str, notes: Sequence[str]) -> str:
    rest = _FRAME.sub("", _NOTE.sub("", text) if notes else text)
    return text if rest == text else " ".join(rest.split()).strip("°/ ")


def _contacts(blocks: Sequence[Block]) -> Iterator[bool]:
    """Tell for each block whether it belongs to contacts: from their heading on, as far as it goes.

    A heading counts if something by which one is reached stands in it or right behind it.
    """
    inside = False
    for number, block in enumerate(blocks):
        text = block.text
        if number and _CONTACT.match(text):
            behind = blocks[number + 1].text if number + 1 < len(blocks) else ""
            inside = _is_reached(text) or _is_reached(behind)
        elif inside:
            is_line = len(text.split()) < _SHORT and not text.rstrip().endswith((".", "!", "?"))
            inside = _is_reached(text) or (is_line and block.kind != "subhead")
        yield inside and _NOTE.search(text) is None and _DATA.match(text) is None


def _is_reached(text: str) -> bool:
    return _REACHED.search(text) is not None


def _identifiers(text: str) -> Iterator[str]:
    for kind, codes in _LISTED.findall(text):
        for code in re.split(r"[\s,;]+", codes):
            if code:
                yield named(code) if kind != "LEI" else f"LEI {code}"
