"""Walk HTML, XHTML and NITF bodies: every text once, in blocks of the right kind.

`element.text` alone loses what follows an inner element (its tail); this walker takes both.
"""

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.feed.layout import laid_out
from pipeline.feed.xml import local_name, name_in
from pipeline.records import Block, BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

Skip = Callable[["_Element"], bool]
"""Tells whether an element and all in it is no body text."""

_Action = Literal["never", "break", "rule", "table", "pre", "part", "inline", "entity"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "dt"})
_PARTS = frozenset(
    {
        "address", "article", "block", "body", "body.content", "center", "dd", "details", "div",
        "dl", "fieldset", "footer", "form", "header", "html", "main", "nav", "ol", "p", "section",
        "summary", "ul",
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
_ROWS = frozenset({"tr", "nitf-tr"})
_CELLS = frozenset({"td", "th", "nitf-td", "nitf-th"})
_ACTIONS: dict[str, tuple[_Action, BlockKind | None]] = {
    "br": ("break", None),
    "hr": ("rule", None),
    "pre": ("pre", None),
    "li": ("part", "item"),
    "blockquote": ("part", "quote"),
    "bq": ("part", "quote"),
    **dict.fromkeys(_NEVER, ("never", None)),
    **dict.fromkeys(_TABLES, ("table", None)),
    **dict.fromkeys(_PARTS, ("part", None)),
    **dict.fromkeys(_HEADINGS, ("part", "subhead")),
}
_BREAK = "\0"
"""Stands for `br` until the block ends; no document can hold it."""
_BREAKS = re.compile(r"\0\s*\0[\0\s]*")
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


def html_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of an HTML text."""
    root = parse_html(text)
    return () if root is None else blocks_of(root)


def plain_text(text: str) -> str | None:
    """Return the text of a piece of HTML as one line, `None` if there is none."""
    return _line(html_blocks(text)) or None


def text_in(element: "_Element") -> str:
    """Return all text in an element as one line."""
    text = "".join(_texts(element)) if len(element) else element.text or ""
    return " ".join(text.split())


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
        held = self._held
        if element.text:
            held.append(element.text)
        for child in element:
            action, inner = _action_of(child.tag)
            if action == "part" and not self._skip(child):
                if held:
                    self.flush(kind)
                self.walk(child, inner or kind)
                if held:
                    self.flush(inner or kind)
            elif action != "part":
                self._child(child, kind, action)
            if child.tail:
                held.append(child.tail)

    def flush(self, kind: BlockKind) -> None:
        """End the block; two line breaks in a row part paragraphs."""
        held = self._held
        if not held:
            return
        single = len(held) == 1
        text = held[0] if single else "".join(held)
        held.clear()
        if text.isspace():
            return
        if _BREAK in text:
            for part in _BREAKS.split(text):
                self._add(part.replace(_BREAK, " "), kind)
        elif single and kind == "text" and (parts := laid_out(text)):
            self.blocks.extend(parts)
        else:
            self._add(text, kind)

    def _add(self, text: str, kind: BlockKind) -> None:
        tidy = text.isprintable() and "  " not in text
        if line := text.strip() if tidy else " ".join(text.split()):
            self.blocks.append(Block(line, kind))

    def _child(self, child: "_Element", kind: BlockKind, action: _Action) -> None:
        """Take a child that is no block of its own, or one of a special kind."""
        if action == "entity":
            self._held.append(_resolved(child))
        elif self._skip(child) or (action == "never" and not _frames_table(child)):
            pass
        elif action == "inline":
            self.walk(child, kind)
        elif action == "break":
            self._held.append(_BREAK)
        else:
            self.flush(kind)
            if action == "never":
                self.walk(child, kind)
                self.flush(kind)
            elif action == "table":
                self._table(child)
            elif action == "pre" and (text := "".join(_texts(child)).strip("\n")).strip():
                self.blocks.append(Block(text, "pre"))

    def _table(self, table: "_Element") -> None:
        rows = []
        for row in table.iter():
            if _is(row, _ROWS) and not _is_in_cell(row, table):
                cells = tuple(_line(blocks_of(c, self._skip)) for c in row if _is(c, _CELLS))
                if any(cells):
                    rows.append(cells)
        if rows:
            text = "\n".join(" | ".join(cells) for cells in rows)
            self.blocks.append(Block(text, "table", tuple(rows)))


@lru_cache(maxsize=4096)
def _action_of(tag: object) -> tuple[_Action, BlockKind | None]:
    if not isinstance(tag, str):
        return "entity", None
    return _ACTIONS.get(name_in(tag).lower(), ("inline", None))


def _line(blocks: tuple[Block, ...]) -> str:
    """Return blocks as one line, parted by spaces."""
    return " ".join(" ".join(block.text.split()) for block in blocks)


def _texts(element: "_Element") -> Iterator[str]:
    """Yield all text in an element; breaks and blocks are parted by spaces."""
    if element.text:
        yield element.text
    for child in element:
        action, _ = _action_of(child.tag)
        if action == "entity":
            yield _resolved(child)
        elif action in {"inline", "never"}:
            yield from _texts(child)
        else:
            yield " "
            yield from _texts(child)
            yield " "
        if child.tail:
            yield child.tail


def _resolved(entity: "_Element") -> str:
    """Return the character that `&eacute;` stands for; of a name HTML does not know, itself."""
    text = entity.text or ""
    return html.unescape(text) if text.startswith("&") else ""


def _is(element: "_Element", names: frozenset[str]) -> bool:
    return local_name(element).lower() in names


def _frames_table(element: "_Element") -> bool:
    """Tell a figure that an editor put around a table from one around a picture."""
    if local_name(element).lower() != "figure":
        return False
    return any(_is(inner, _TABLES) for inner in element.iter())


def _is_in_cell(row: "_Element", table: "_Element") -> bool:
    """Tell whether a row is of another table, in a cell of this one."""
    for outer in row.iterancestors():
        if outer is table or _is(outer, _CELLS):
            return outer is not table
    return False
