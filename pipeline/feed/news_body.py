"""Read the text of a NewsML item: XHTML, NITF, escaped HTML or plain text in its envelope.

What the markup's classes and elements set apart is told apart here: a dateline, a teaser, a byline,
the closing line, and all that is meant for editors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.feed.editors_html import BOXES, links_of_pages, mark_subheads
from pipeline.feed.markup import blocks_of, parse_html, text_in
from pipeline.feed.nitf_body import ASIDES
from pipeline.feed.xml import local_name, name_in
from pipeline.records import FIXED, Block
from pipeline.wire import Link

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = Literal["xhtml", "nitf", "text"]
"""Of markup, or without."""

_Part = Literal["dateline", "teaser", "byline", "signature", "box", "aside"]

_PARTS: dict[str, _Part] = {
    "dateline": "dateline",
    "teaser": "teaser",
    "byline": "byline",
    "closingline": "signature",
    **dict.fromkeys(BOXES, "box"),
    **dict.fromkeys(
        (
            "notepad", "np-public", "np-nonpublic", "np-constraint", "nonpublic", "embargoed",
            "embargo", "contacts", "dpacontacts", "ednote", "editorialnote", "slugline", "genre",
            "publicationdate", "urgency", "caption", "copyright",
        ),
        "aside",
    ),
}  # fmt: skip
_NITF_ASIDES = ASIDES | {"body.head", "header", "headline", "hedline"}
_HEADERS = frozenset({"header"})
_ROOTS: dict[str, Kind] = {
    "nitf": "nitf",
    "body.content": "nitf",
    **dict.fromkeys(
        (
            "a", "article", "b", "block", "blockquote", "body", "br", "div", "em", "h1", "h2", "h3",
            "h4", "h5", "h6", "hl1", "hl2", "html", "i", "main", "ol", "p", "pre", "section",
            "span", "strong", "table", "ul",
        ),
        "xhtml",
    ),
}  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARKUP = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|table|span|strong|em|b|i|a|blockquote|section|body|html)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s_*=.–—-]*")
_DATELINE_END = " \t\n\r\u00a0-–—_"


@dataclass(slots=True)
class Body:
    """A text, and what was told apart from it.

    Attributes:
        kind: of its markup.
        blocks: of a text with markup.
        text: of one without.
        set_apart: by class: dateline, teaser, byline, signature, as written.
        boxes: links of boxes beside the text.
        has_box: there was one with text.
    """

    kind: Kind
    blocks: tuple[Block, ...] = ()
    text: str | None = None
    set_apart: dict[str, str] = field(default_factory=dict)
    boxes: list[Link] = field(default_factory=list)
    has_box: bool = False

    def size(self) -> int:
        """Count characters."""
        return len(self.text or "") + sum(len(block.text) for block in self.blocks)


def read_markup(holder: "_Element") -> Body | None:
    """Return the text of an element that holds XHTML or NITF; `None` if there is none.

    Args:
        holder: such as `inlineXML` or `DataContent`.
    """
    found = _markup_in(holder)
    if found is None:
        return None
    kind, roots = found
    body = Body(kind)
    skip = _Skipper(body)
    for root in roots:
        mark_subheads(root)
    body.blocks = tuple(
        block
        for root in roots
        for block in blocks_of(root, skip)
        if block.text[0].isalnum() or block.kind in FIXED or not _RULE.fullmatch(block.text)
    )
    if not body.blocks:
        return None
    if kind == "nitf":
        for name, part in (("byline", "byline"), ("abstract", "teaser"), ("tagline", "signature")):
            if part not in body.set_apart and (line := _first_line(holder, name)):
                body.set_apart[part] = line
        _take_line(body, holder)
    return body


def read_text(text: str, *, markup: bool = False) -> Body | None:
    """Return a text without markup, or with escaped markup; `None` if it is empty.

    Args:
        text: as delivered.
        markup: it is declared to be HTML.
    """
    if not text.strip():
        return None
    if markup or _MARKUP.search(text):
        root = parse_html(text)
        body = Body("xhtml")
        if root is not None:
            body.blocks = blocks_of(root, _Skipper(body))
        return body if body.blocks else None
    return Body("text", text=text.strip("\n"))


def without_title(body: Body, title: str | None) -> None:
    """Drop a headline that opens the text once more."""
    if title and body.blocks and body.blocks[0].kind == "subhead":
        first = " ".join(body.blocks[0].text.split()).casefold()
        if first == " ".join(title.split()).casefold():
            body.blocks = body.blocks[1:]


def bare_dateline(written: str | None) -> str | None:
    """Return a dateline without the dash that ends it."""
    return " ".join((written or "").split()).strip(_DATELINE_END) or None


def joined(bodies: list[Body]) -> Body:
    """Return texts that follow each other as one."""
    first = bodies[0]
    if all(body.text is not None for body in bodies):
        return replace(first, text="\n\n".join(body.text or "" for body in bodies))
    blocks: list[Block] = []
    for body in bodies:
        blocks += body.blocks
        if body.text is not None:
            parts = re.split(r"\n[ \t]*\n", body.text)
            blocks += [Block(" ".join(part.split())) for part in parts if part.strip()]
    return replace(first, blocks=tuple(blocks), text=None)


class _Skipper:
    """Leaves out what is no body text, and keeps of it what has a field."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._asides = _NITF_ASIDES if body.kind == "nitf" else _HEADERS

    def __call__(self, element: "_Element") -> bool:
        written = element.get("class")
        if written is not None and (part := _part_of(written)):
            if part == "box":
                self._body.boxes += links_of_pages(element, "infobox")
                self._body.has_box = self._body.has_box or bool(text_in(element))
            elif part != "aside" and (line := text_in(element)):
                self._body.set_apart.setdefault(part, line)
            return True
        name = name_in(element.tag)
        if name not in self._asides:
            return False
        return name != "header" or any(local_name(inner) in _HEADINGS for inner in element)


@lru_cache(maxsize=1024)
def _part_of(written: str) -> _Part | None:
    found = (_PARTS.get(name) for name in written.casefold().split())
    return next(filter(None, found), None)


def _markup_in(holder: "_Element") -> tuple[Kind, list["_Element"]] | None:
    """Return the kind and the elements of a text; other vocabularies are no text."""
    if len(holder) == 0:
        return None
    kinds = {_ROOTS.get(local_name(child).lower()) for child in holder}
    if "nitf" in kinds:
        return "nitf", _nitf_bodies(holder)
    if "xhtml" in kinds:
        return "xhtml", [holder]
    for element in holder.iterdescendants():
        if (name := local_name(element).lower()) in {"html", "nitf", "body.content"}:
            roots = [element] if name == "html" else _nitf_bodies(holder)
            return _ROOTS[name], roots
    return None


def _nitf_bodies(holder: "_Element") -> list["_Element"]:
    contents = list(holder.iterdescendants("{*}body.content"))
    return contents or list(holder.iterdescendants("{*}body")) or [holder]


def _first_line(holder: "_Element", name: str) -> str | None:
    """Return the text of the first element of a name in the head or end of a NITF document."""
    for element in _around_text(holder):
        if local_name(element) == name and (line := text_in(element)):
            return line
    return None


def _around_text(holder: "_Element") -> Iterator["_Element"]:
    for part in holder.iterdescendants("{*}body.head", "{*}body.end"):
        yield from part.iterdescendants()


def _take_line(body: Body, holder: "_Element") -> None:
    """Keep the dateline of a NITF head, unless the text has one of its own."""
    if "dateline" not in body.set_apart and (line := _first_line(holder, "dateline")):
        body.set_apart["dateline"] = line
