"""Read HTML that came in a field: the body without what is beside it, and links."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.feed.editors_html import BOXES, links_of_pages, mark_subheads
from pipeline.feed.markup import blocks_of, parse_html, take_class
from pipeline.feed.values import line_of
from pipeline.records import Block
from pipeline.wire import Link

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASIDE = BOXES | {"notepad", "dat", "embed-block"}
_NOTEPAD = "np-"


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
    mark_subheads(root)
    return HtmlBody(blocks_of(root, _is_aside), line_of(dateline))


def links_in(text: str | None, relation: str) -> tuple[Link, ...]:
    """Return the links of an HTML text to pages."""
    root = parse_html(text) if text else None
    if root is None:
        return ()
    return links_of_pages(root, relation)


def _is_aside(element: "_Element") -> bool:
    names = (element.get("class") or "").lower().split()
    return any(name in _ASIDE or name.startswith(_NOTEPAD) for name in names)
