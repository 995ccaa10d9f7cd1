"""What editors' systems write in HTML without saying so: subheads in bold, boxes of links."""

from typing import TYPE_CHECKING

from pipeline.feed.markup import text_in
from pipeline.feed.values import line_of
from pipeline.feed.xml import local_name
from pipeline.wire import Link

if TYPE_CHECKING:
    from lxml.etree import _Element

BOXES = frozenset({"infobox", "linkbox"})
"""Classes of boxes beside the text."""

_BOLD = frozenset({"b", "strong"})
_SUBHEAD_WORDS = 12
_SENTENCE_END = ".!?…:;,"


def mark_subheads(root: "_Element") -> None:
    """Make subheads of short bold paragraphs between others."""
    paragraphs = list(root.iter("{*}p"))
    for paragraph in paragraphs[1:-1]:
        bold = [child for child in paragraph if local_name(child) in _BOLD]
        if not bold:
            continue
        text = text_in(paragraph)
        if not text or text != "".join(map(text_in, bold)):
            continue
        if len(text.split()) <= _SUBHEAD_WORDS and text[-1] not in _SENTENCE_END:
            paragraph.tag = str(paragraph.tag)[:-1] + "h3"


def links_of_pages(root: "_Element", relation: str) -> tuple[Link, ...]:
    """Return the links of an element to pages."""
    found = []
    for element in root.iter("{*}a"):
        href = (element.get("href") or "").strip()
        if href.lower().startswith(("http://", "https://")):
            title = line_of(text_in(element))
            found.append(Link(href, title if title != href else None, relation))
    return tuple(found)
