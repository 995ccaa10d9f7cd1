"""Read the body of a NITF document: headlines, byline, dateline, text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.feed.datelines import opens_certainly
from pipeline.feed.markup import blocks_of, text_in
from pipeline.feed.nitf_head import find_all, text_at
from pipeline.feed.xml import local_name
from pipeline.records import Block
from pipeline.wire import Link

if TYPE_CHECKING:
    from lxml.etree import _Element

HEAD = "body/body.head"
_BODY = "body/body.content"
ASIDES = frozenset(
    {
        "abstract", "body.end", "copyrite", "credit", "datasource", "media-caption",
        "media-metadata", "media-producer", "media-reference", "nitf-table-metadata", "note",
        "rights", "tagline",
    }
)  # fmt: skip
"""Elements that are no text, or have a field, wherever NITF stands."""
_LINKS = re.compile(r"external-?links|weblinks", re.IGNORECASE)
_INITIALS = re.compile(r"[a-zäöü]{2,4}(?:/[a-zäöü]{2,4}){0,4}")
_RULE = re.compile(r"[\s_*=.–—-]*")
_END_MARKS = frozenset({"ends", "end", "ende", "(ende)"})
_MACHINE_TIME = re.compile(r"\d{8}T\d{6}\S*")
_LOOSE_STOP = re.compile(r"\s+([,.;:)])")


def body_blocks(root: "_Element", title: str | None) -> tuple[Block, ...]:
    """Return the text without media, notes, rules, end marks and a headline that it repeats."""
    found = [
        block
        for content in find_all(root, _BODY)
        for block in blocks_of(content, _is_aside)
        if not _RULE.fullmatch(block.text)
    ]
    if found and found[-1].text.casefold() in _END_MARKS:
        found.pop()
    if found and found[0].kind == "subhead" and found[0].text == title:
        found.pop(0)
    return tuple(found)


def links_of(root: "_Element") -> Iterator[Link]:
    """Yield the links that stand in a block of their own."""
    for content in find_all(root, _BODY):
        for block in filter(_is_links, content.iter()):
            for element in block.iter():
                if local_name(element) == "a" and (href := element.get("href")):
                    yield Link(href, text_in(element) or None, "external")


def byline_of(root: "_Element") -> tuple[str | None, str | None]:
    """Return who wrote it, and initials where that is all there is."""
    written = ["".join(_spaced(element)) for element in find_all(root, f"{HEAD}/byline")]
    lines = [_LOOSE_STOP.sub(r"\1", " ".join(line.split())).strip(" ,") for line in written]
    line = "; ".join(filter(None, lines))
    return (None, line) if _INITIALS.fullmatch(line) else (line or None, None)


def dateline_of(root: "_Element", blocks: tuple[Block, ...]) -> str | None:
    """Return the dateline, unless the text opens with one that names the agency too."""
    if blocks and opens_certainly(blocks[0].text):
        return None
    for element in find_all(root, f"{HEAD}/dateline"):
        words = [word for word in text_in(element).split() if not _MACHINE_TIME.fullmatch(word)]
        if line := " ".join(words).strip(" -–—"):
            return line
    return None


def places_of(root: "_Element") -> tuple[str, ...]:
    """Return the places of the dateline, by city where one is named."""
    found = find_all(root, f"{HEAD}/dateline/location")
    return tuple(filter(None, (text_at(place, "city") or text_in(place) for place in found)))


def lower_headlines(root: "_Element", title: str | None) -> tuple[str | None, str | None]:
    """Return dpa's short headline, and the one below the headline."""
    kicker = subhead = None
    for element in find_all(root, f"{HEAD}/hedline/hl2"):
        line = text_in(element)
        if not line or line == title:
            continue
        if "short" in (element.get("class") or element.get("id") or "").casefold():
            kicker = kicker or line
        else:
            subhead = subhead or line
    return kicker, subhead


def teaser_of(root: "_Element", blocks: tuple[Block, ...]) -> str | None:
    """Return the abstract, unless the text opens with it."""
    for element in find_all(root, f"{HEAD}/abstract"):
        line = " ".join(block.text for block in blocks_of(element))
        if line and not (blocks and blocks[0].text.startswith(line)):
            return line
    return None


def _is_aside(element: "_Element") -> bool:
    return local_name(element) in ASIDES or _is_links(element)


def _is_links(element: "_Element") -> bool:
    style = element.get("style") or element.get("class") or ""
    return local_name(element) == "block" and _LINKS.fullmatch(style) is not None


def _spaced(element: "_Element") -> Iterator[str]:
    """Yield an element's texts, parted from those around it; a title follows after a comma."""
    yield element.text or ""
    for child in element:
        yield ", " if local_name(child) == "byttl" else " "
        yield from _spaced(child)
        yield " "
        yield child.tail or ""
