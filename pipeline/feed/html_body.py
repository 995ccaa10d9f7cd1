"""Read HTML that came in a field: the body without what is beside it, and links."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.feed.markup import blocks_of, parse_html, take_class, text_in
from pipeline.feed.values import line_of
from pipeline.records import Block
from pipeline.wire import Link

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASIDE = frozenset({"infobox", "linkbox", "notepad", "dat", "embed-block"})
_NOTEPAD = "np-"
_BOLD = frozenset({"b", "strong"})
_SUBHEAD_WORDS = 12
_SENTENCE_END = ".!?…:;,"


@dataclass(frozen=True, slots=True)
class HtmlBody:
    """A body.

    Attributes:
        blocks: without the dateline.
        dateline: that the body marks as one.
    """

    blocks: tuple[Block, ...] = ()
    dateline: str | None = None


def read_body(text: str | None) -> HtmlBody:
    """Return a body without dateline, boxes, embedded posts and notes."""
    root = parse_html(text) if text else None
    if root is None:
        return HtmlBody()
    dateline = take_class(root, "dateline")
    _mark_subheads(root)
    return HtmlBody(blocks_of(root, _is_aside), line_of(dateline))


def links_in(text: str | None, relation: str) -> tuple[Link, ...]:
    """Return the links of an HTML text to pages."""
    root = parse_html(text) if text else None
    if root is None:
        return ()
    found = []
    for element in root.iter("a"):
        href = (element.get("href") or "").strip()
        if href.lower().startswith(("http://", "https://")):
            title = line_of(text_in(element))
            found.append(Link(href, title if title != href else None, relation))
    return tuple(found)


def _mark_subheads(root: "_Element") -> None:
    """Make subheads of short bold paragraphs between others, which editors write for them."""
    paragraphs = list(root.iter("p"))
    for paragraph in paragraphs[1:-1]:
        text = text_in(paragraph)
        bold = "".join(text_in(child) for child in paragraph if child.tag in _BOLD)
        if text and text == bold and len(text.split()) <= _SUBHEAD_WORDS:
            paragraph.tag = "h3" if text[-1] not in _SENTENCE_END else "p"


def _is_aside(element: "_Element") -> bool:
    names = (element.get("class") or "").lower().split()
    return any(name in _ASIDE or name.startswith(_NOTEPAD) for name in names)
