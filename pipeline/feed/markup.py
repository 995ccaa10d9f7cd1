"""Walk HTML, XHTML and NITF bodies: every text once, in blocks of the right kind.

`element.text` alone loses what follows an inner element (its tail); this walker takes both.
"""

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.feed.xml import local_name
from pipeline.records import Block, BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

Skip = Callable[["_Element"], bool]
"""Tells whether an element and all in it is no body text."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "dt"})
_PARTS = frozenset(
    {
        "address", "article", "block", "body", "body.content", "center", "dd", "details", "div",
        "dl", "fieldset", "figure", "footer", "form", "header", "html", "main", "nav", "ol", "p",
        "section", "summary", "ul",
    }
)  # fmt: skip
_NEVER = frozenset(
    {
        "aside", "audio", "button", "canvas", "caption", "embed", "figcaption", "figure", "head",
        "iframe", "img", "input", "link", "math", "media", "meta", "noscript", "object", "script",
        "select", "style", "svg", "template", "textarea", "title", "video",
    }
)  # fmt: skip
_TABLES = frozenset({"table", "nitf-table"})
_FIGURE = frozenset({"figure"})
_IDENTIFIER = re.compile(r"<(?=(?:[A-Z]{2}[A-Z0-9]{9}\d|[A-Z0-9]{1,8}\.[A-Z]{1,5})>)")
_DATELINE_END = " \t\n\r\u00a0-–—"


def parse_html(text: str) -> "_Element | None":
    """Return the root of an HTML text, `None` if there is none in it.

    `<DE0005552004>` and `<BMW.ETR>` name companies and are no tags: they stay text.
    """
    from lxml import etree  # noqa: PLC0415 - other formats do not need it

    clean = _IDENTIFIER.sub("&lt;", text).replace("\0", "")
    if not clean.strip():
        return None
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        return etree.fromstring(clean.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def html_blocks(text: str, skip: Skip | None = None) -> tuple[Block, ...]:
    """Return the blocks of an HTML text."""
    root = parse_html(text)
    return () if root is None else blocks_of(root, skip)


def plain_text(text: str) -> str | None:
    """Return the text of a piece of HTML as one line, `None` if there is none."""
    found = " ".join(" ".join(block.text.split()) for block in html_blocks(text))
    return found or None


def text_in(element: "_Element") -> str:
    """Return all text in an element as one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def blocks_of(root: "_Element", skip: Skip | None = None) -> tuple[Block, ...]:
    """Return the blocks of a body in order.

    Args:
        root: the element whose content is the body.
        skip: elements to leave out, beside captions, media and scripts, which always are.
    """
    walker = _Walker(skip or (lambda _: False))
    walker.walk(root, "text")
    walker.flush("text")
    return tuple(walker.blocks)


def take_class(root: "_Element", name: str) -> str | None:
    """Cut the first element with a class out of a tree, and return its text; its tail stays.

    A dateline in its span is one: `<span class="dateline">Berlin (dpa) - </span>`.
    """
    for element in root.iter():
        if name in (element.get("class") or "").split():
            found = text_in(element).strip(_DATELINE_END)
            _cut(element)
            return found or None
    return None


def _cut(element: "_Element") -> None:
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


class _Walker:
    """Collects text until a block ends."""

    def __init__(self, skip: Skip) -> None:
        self._skip, self._held = skip, list[str]()
        self.blocks: list[Block] = []

    def walk(self, element: "_Element", kind: BlockKind) -> None:
        """Take an element's text, its children, and their tails; a block of `kind` is open."""
        self._hold(element.text)
        for child in element:
            self._child(child, kind)
            self._hold(child.tail)

    def flush(self, kind: BlockKind) -> None:
        """End the block; two line breaks in a row part paragraphs."""
        text, self._held = "".join(self._held), []
        for part in re.split(r"\n[^\S\n]*\n\s*", text) if kind != "pre" else [text]:
            line = part.strip("\n") if kind == "pre" else " ".join(part.split())
            if line.strip():
                self.blocks.append(Block(line, kind))

    def _hold(self, text: str | None, *, as_it_is: bool = False) -> None:
        if text:
            self._held.append(text if as_it_is else re.sub(r"[ \t\r\n]+", " ", text))

    def _child(self, child: "_Element", kind: BlockKind) -> None:
        name = local_name(child).lower()
        if not name:
            if not isinstance(child.tag, str) and (child.text or "").startswith("&"):
                self._hold(html.unescape(child.text or ""))
        elif (name in _NEVER and not _frames_table(child)) or self._skip(child):
            pass
        elif name == "br":
            self._hold("\n", as_it_is=True)
        elif name == "hr":
            self.flush(kind)
        elif name in _TABLES:
            self.flush(kind)
            self._table(child)
        elif name == "pre":
            self.flush(kind)
            self._hold("".join(map(str, child.itertext())), as_it_is=True)
            self.flush("pre")
        elif name in _HEADINGS or name in _PARTS or name in {"li", "blockquote", "bq"}:
            self._part(child, kind, _kind_of(name, kind))
        else:
            self.walk(child, kind)

    def _part(self, child: "_Element", outer: BlockKind, inner: BlockKind) -> None:
        self.flush(outer)
        self.walk(child, inner)
        self.flush(inner)

    def _table(self, table: "_Element") -> None:
        rows = []
        for row in table.iter():
            if local_name(row).lower() in {"tr", "nitf-tr"} and _table_around(row) is table:
                cells = tuple(self._cell(cell) for cell in row if _is(cell, _CELLS))
                if any(cells):
                    rows.append(cells)
        if rows:
            text = "\n".join(" | ".join(cells) for cells in rows)
            self.blocks.append(Block(text, "table", tuple(rows)))

    def _cell(self, cell: "_Element") -> str:
        """Return a cell as one line, its paragraphs and breaks parted by a space."""
        return " ".join(" ".join(block.text.split()) for block in blocks_of(cell, self._skip))


_CELLS = frozenset({"td", "th", "nitf-td", "nitf-th"})


def _is(element: "_Element", names: frozenset[str]) -> bool:
    return local_name(element).lower() in names


def _frames_table(element: "_Element") -> bool:
    """Tell a figure that an editor put around a table from one around a picture."""
    return _is(element, _FIGURE) and any(_is(inner, _TABLES) for inner in element.iter())


def _table_around(row: "_Element") -> "_Element | None":
    return next((outer for outer in row.iterancestors() if _is(outer, _TABLES)), None)


def _kind_of(name: str, outer: BlockKind) -> BlockKind:
    if name in _HEADINGS:
        return "subhead"
    if name == "li":
        return "item"
    if name in {"blockquote", "bq"}:
        return "quote"
    return outer
