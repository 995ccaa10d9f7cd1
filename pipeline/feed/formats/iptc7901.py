"""IPTC 7901: the messages of serial wires, as dpa, sda and others still deliver them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from pipeline.errors import ArticleError
from pipeline.feed.agencies import BRACKET, NAMES
from pipeline.feed.characters import tidy
from pipeline.feed.charset import decode
from pipeline.feed.datelines import opens_certainly
from pipeline.feed.document import Document
from pipeline.feed.faults import STAGE
from pipeline.feed.frames import Header, Message, cut_messages, looks_like_wire, read_message
from pipeline.feed.headline_block import Heading, read_heading
from pipeline.feed.item import Broken, Item
from pipeline.feed.notebook import cut_notebook
from pipeline.feed.story_text import StoryText, read_story
from pipeline.feed.trailers import take_trailer
from pipeline.feed.wrapped import join_lines
from pipeline.records import Block, Caution
from pipeline.wire import Subject, Wire

_BREAKS = re.compile(r"\r+\n?")
_REGIONAL = re.compile(
    r"l(?:ah|bn|by|he|mv|ni|no|nw|rs|sn|sw|th)|dpa(?:-(?!afx)[\w-]+)?", re.IGNORECASE
)
_HOUSE = re.compile(rf"(?i:{NAMES})(?:-afx)?", re.IGNORECASE)
_NAME = re.compile(NAMES, re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…][\"“”»«)]*\Z")
_SERVICE_DESKS = frozenset({"rs", "dm"})
"""Desks that write to editors, not to readers."""

_REMEDY = "Ask for the message again; the line was disturbed, or it is of another format."


class Iptc7901Format:
    """Reads messages, one or many in a file, with their control bytes or without."""

    name = "iptc7901"
    title = "IPTC 7901"
    taken: Mapping[str, str] = {
        "id": "service, number and day of the closing date; without them a digest of the message",
        "title": "headline block, up to ` =`",
        "text": "text up to the end mark, unwrapped, without notebook and closing line",
        "provider": "agency of the header",
        "published": "closing date; German services in German time, `GMT` and English ones in UTC",
        "status": "`canceled` for `(Achtung)` with a note, `KILL KILL KILL`, `ELIMINAR`",
        "signature": "closing line",
        "wire.created": "closing date",
        "wire.item_id": "service, number, agency and running number of the header",
        "wire.urgency": "priority of the header",
        "wire.nature": "`advisory` for the desks `rs` and `dm`",
        "wire.subjects": "desk of the header",
        "wire.slugline": "slugline",
        "wire.keywords": "slugline, cut at `/`",
        "wire.markers": "marks of the headline block",
        "wire.byline": "headline block, `Von ...` or `By ...`",
        "wire.teaser": "paragraph in front of the dateline",
        "wire.correction": "note of a kill",
        "wire.embargo_text": "marks and notes that speak of an embargo; no date is made of them",
        "wire.charset": "found per message: UTF-8, cp1252 or latin-1",
    }

    def recognises(self, document: Document) -> bool:
        """Tell from header lines and control bytes whether a document holds messages."""
        return document.root is None and looks_like_wire(document.head)

    def read(self, document: Document) -> Iterator[Item | Broken]:
        """Yield the messages in order; a disturbed one is broken, the others are read."""
        messages = list(cut_messages(document.content.removeprefix(b"\xef\xbb\xbf")))
        if not messages:
            raise ArticleError("unreadable_file", "the file holds no message", _REMEDY)
        for number, content in enumerate(messages, start=1):
            index = number if len(messages) > 1 else None
            try:
                yield _item(content, index)
            except ArticleError as error:
                yield Broken(error, index)


def _item(content: bytes, index: int | None) -> Item:
    decoded, charset = decode(content)
    text = _BREAKS.sub("\n", decoded)
    message = read_message(text)
    if message is None:
        first = next(filter(str.strip, text[:200].split("\n")), "")
        shown = " ".join(tidy(first)[0].split())[:40]
        raise ArticleError("unreadable_item", f"no header line in the message {shown!r}", _REMEDY)
    heading = read_heading(_public(message.head))
    created, dated, body = take_trailer(message.trailer, message.text, message.header.service)
    story = read_story(body)
    if not heading.title and not story.blocks and not heading.marks:
        raise ArticleError("unreadable_item", "the message has no headline and no text", _REMEDY)
    teaser, blocks = _take_teaser(story.blocks)
    header = message.header
    return Item(
        id=_identity(header, dated, text),
        blocks=blocks,
        status="canceled" if heading.killed else "usable",
        provider=_provider(header.agency, blocks),
        title=heading.title,
        signature=story.signature,
        wire=_wire(message, heading, story, created, teaser, (content, charset)),
        cautions=tuple(_cautions(message, dated, story)),
        index=index,
    )


def _wire(
    message: Message,
    heading: Heading,
    story: StoryText,
    created: datetime | None,
    teaser: str | None,
    source: tuple[bytes, str],
) -> Wire:
    header = message.header
    slugline = join_lines(_public(message.slugline).split("\n"), ragged=True)
    named = (header.service, header.number, header.agency, header.running)
    return Wire(
        format=Iptc7901Format.name,
        item_id=":".join(part for part in named if part),
        created=created,
        urgency=header.priority,
        nature="advisory" if header.category.casefold() in _SERVICE_DESKS else "story",
        markers=heading.marks,
        teaser=teaser,
        byline=heading.byline or story.byline,
        slugline=slugline or None,
        keywords=tuple(word.strip() for word in slugline.split("/") if word.strip()),
        subjects=(Subject(header.category, "iptc7901", header.category),),
        correction=heading.note,
        embargo_text=heading.embargo or story.embargo,
        identifiers=story.identifiers,
        codes=story.codes,
        sha256=hashlib.sha256(source[0]).hexdigest(),
        charset=source[1],
    )


def _public(lines: str) -> str:
    """Return tidy lines; where a disturbed line lost its marks a notebook may follow on them."""
    return cut_notebook(tidy(lines)[0])[0]


def _identity(header: Header, day: str | None, text: str) -> str:
    """Name a message, the same whenever and in whatever charset it is read.

    A service counts its messages anew each day; converters that cannot count write `0000`.
    """
    if day and int(header.number):
        return f"iptc7901:{header.service}:{header.number}:{day}"
    digest = hashlib.sha256(" ".join(tidy(text)[0].split()).encode()).hexdigest()
    return f"iptc7901:{header.service}:{digest[:32]}"


def _provider(agency: str | None, blocks: tuple[Block, ...]) -> str | None:
    """Name the house: what the header names may be one of its desks, such as `lni`."""
    if agency and _REGIONAL.fullmatch(agency):
        return "dpa"
    if agency and _HOUSE.fullmatch(agency):
        return agency
    bracket = BRACKET.search(blocks[0].text[:200]) if blocks else None
    house = _NAME.search(bracket.group()) if bracket else None
    return house.group() if house else agency


def _take_teaser(blocks: tuple[Block, ...]) -> tuple[str | None, tuple[Block, ...]]:
    """Take a first paragraph off that stands in front of the only dateline."""
    if len(blocks) < 2 or blocks[0].kind != "text" or opens_certainly(blocks[0].text):
        return None, blocks
    opening = [block.kind == "text" and opens_certainly(block.text) for block in blocks[1:]]
    if opening[0] and not any(opening[1:]) and _SENTENCE.search(blocks[0].text):
        return blocks[0].text, blocks[1:]
    return None, blocks


def _cautions(message: Message, day: str | None, story: StoryText) -> Iterator[Caution]:
    if not message.ended and (message.framed or day is None):
        what = "the message has no end mark: its end may be missing"
        yield Caution("truncated_message", STAGE, what)
    if story.notebook:
        what = "a notebook or contacts that are not for publication were left out"
        yield Caution("notebook_left_out", STAGE, what)
