"""Make an article of an item, whatever format it came in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pipeline.feed.dress import Dress, undress, undress_blocks
from pipeline.feed.faults import STAGE, fault, too_long
from pipeline.feed.identifiers import take_identifiers
from pipeline.feed.item import Item
from pipeline.feed.language_codes import short_code, written_code
from pipeline.feed.markers import Marks, read_marks
from pipeline.feed.nature import nature_of, paper_of
from pipeline.feed.numbers import join_thousands
from pipeline.feed.settings import MAX_CHARACTERS
from pipeline.feed.values import legible, line_of, whole_text
from pipeline.records import FIXED, Article, Block, Caution, Fault, Json, Place
from pipeline.wire import Note, Wire


class ArticleMaker:
    """Takes the agency dress off items.

    Args:
        language: of items that declare none.
        max_characters: an item with more in its body is a fault.
    """

    def __init__(self, language: str, max_characters: int = MAX_CHARACTERS) -> None:
        self._language, self._max_characters = language, max_characters

    def make(self, item: Item, place: Place) -> Article | Fault:
        """Return the article, or why there is none. Status and embargo are not judged here."""
        if not item.id or not item.id.strip():
            message, remedy = "the item has no id", "Ask for items with a stable id."
            return fault(place, "missing_field", message, remedy)
        length = len(item.text or "") + sum(len(block.text) for block in item.blocks)
        if length > self._max_characters:
            return too_long(place, self._max_characters, item.id)
        given = line_of(item.dateline)
        dateline = given.rstrip(" -–—") or None if given else None
        if item.text is None:
            dress = undress_blocks(item.blocks, dateline)
        else:
            dress = undress(item.text, dateline)
        return self._article(replace(item, dateline=dateline), dress, place)

    def _article(self, item: Item, dress: Dress, place: Place) -> Article:
        given, in_text = line_of(item.title), line_of(dress.title)
        written = given or in_text
        bare, identifiers = take_identifiers(written) if written else (None, ())
        marks = read_marks(bare, (*item.wire.markers, *dress.notes))
        title, blocks = marks.title, dress.blocks
        if given and in_text and not blocks:
            blocks = (Block(read_marks(in_text, ()).title or in_text),)
        language = written_code(item.language, self._language)
        dateline = item.dateline or dress.dateline
        if short_code(language) == "de":
            title = join_thousands(title) if title else None
            blocks = tuple(map(_joined, blocks))
        wire = _wire(item.wire, dress, marks, identifiers)
        wire = replace(wire, nature=nature_of(wire, title, dateline, blocks))
        if given and in_text and in_text != given:
            wire = replace(wire, headline=in_text)
        elif written != marks.title and wire.headline is None:
            wire = replace(wire, headline=written)
        extra: dict[str, Json] = {whole_text(key): legible(v) for key, v in item.extra.items()}
        return Article(
            id=item.id or "",
            blocks=blocks,
            place=place,
            title=title,
            version=1 if item.version is None else item.version,
            language=language,
            status=item.status,
            embargo=item.embargo,
            published=item.published or _first(item),
            provider=item.provider or dress.metadata.get("provider"),
            dateline=dateline,
            signature=item.signature or dress.signature,
            prefix=dress.prefix,
            wire=wire,
            references=item.references,
            extra=extra,
            warnings=(*item.cautions, *_cautions(dress, wire, title)),
            is_numbered=item.version is not None,
        )


def _wire(wire: Wire, dress: Dress, marks: Marks, identifiers: tuple[str, ...]) -> Wire:
    """Add to what the format says what the text says; the format is believed first."""
    known = {signal.removeprefix("sig:") for signal in wire.signals}
    notes = [*wire.notes, *dress.notices, *marks.notes]
    if wire.correction and marks.correction and marks.correction not in wire.correction:
        notes.append(Note("correction", marks.correction))
    return replace(
        wire,
        genre=wire.genre or marks.genre,
        markers=tuple(marks.markers),
        signals=(*wire.signals, *(signal for signal in marks.signals if signal not in known)),
        urgency=marks.urgency if wire.urgency is None else wire.urgency,
        correction=wire.correction or marks.correction,
        embargo_text=wire.embargo_text or marks.embargo_text,
        teaser=wire.teaser or dress.teaser,
        byline=wire.byline or dress.byline,
        notes=tuple(notes),
        identifiers=tuple(dict.fromkeys((*wire.identifiers, *identifiers, *dress.identifiers))),
        codes=(*wire.codes, *dress.codes),
        metadata=(*wire.metadata, *dress.metadata.items()),
    )


def _joined(block: Block) -> Block:
    return block if block.kind in FIXED else replace(block, text=join_thousands(block.text))


def _first(item: Item) -> datetime | None:
    return item.wire.first_created or item.wire.created


def _cautions(dress: Dress, wire: Wire, title: str | None) -> Iterator[Caution]:
    """Yield what was repaired or left out, and what an editor should know before using it."""
    if dress.repaired:
        yield Caution("control_characters", STAGE, "control characters were removed")
    if dress.notebook:
        message = "a notebook or contacts that are not for publication were left out"
        yield Caution("notebook_left_out", STAGE, message)
    if wire.nature == "press_review":
        paper = paper_of(title)
        whose = f"of {paper}, not of the agency" if paper else "and no report of the agency"
        yield Caution("opinion", STAGE, f"Opinion {whose}")
