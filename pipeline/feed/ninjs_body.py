"""Choose the body of a ninjs item among its renditions, and read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import ArticleError
from pipeline.feed.html_body import HtmlBody, read_body
from pipeline.feed.json_object import JsonObject
from pipeline.feed.markup import blocks_of
from pipeline.feed.values import line_of
from pipeline.feed.xml import local_name, parse_xml
from pipeline.records import Block

_BESIDE = re.compile(
    r"summary|abstract|teaser|lead|caption|description|headline|title|credit|writer|byline|note|"
    r"contact|internal|nonpublic|non-public|footer"
)
"""Roles of renditions that are no body."""

_MAIN = frozenset({"main", "body", "full", "article"})
_WRAPPED = 100
_FLAT = ("body_html", "body_xhtml", "body_text")


@dataclass(frozen=True, slots=True)
class NinjsBody:
    """A body: blocks, or the text of a rendition without markup.

    Attributes:
        dateline: that the markup marks as one.
    """

    blocks: tuple[Block, ...] = ()
    text: str | None = None
    dateline: str | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no text in it."""
        return not self.blocks and not (self.text or "").strip()


@dataclass(frozen=True, slots=True)
class _Rendition:
    value: str
    rank: tuple[int, bool]


_HTML, _XHTML, _PLAIN, _NITF, _UNKNOWN = range(5)


def read_renditions(item: JsonObject, title: str | None) -> NinjsBody:
    """Return the best rendition that has text: HTML, XHTML, plain text, NITF.

    A headline that opens it is left out, since `title` has it.
    """
    found = sorted([*_flat(item), *_listed(item)], key=lambda rendition: rendition.rank)
    for rendition in found:
        body = _read(rendition, item)
        if not body.is_empty:
            return _without_title(body, title)
    return NinjsBody()


def _flat(item: JsonObject) -> Iterator[_Rendition]:
    """Yield the renditions of 1.x: `body_html`, and with other endings."""
    for key in sorted(item.keys(), key=lambda key: _FLAT.index(key) if key in _FLAT else 9):
        if key.startswith("body_") and not _BESIDE.search(key):
            value = item.text(key)
            if value:
                yield _Rendition(value, (_kind("", key, value), False))


def _listed(item: JsonObject) -> Iterator[_Rendition]:
    """Yield the renditions of 2.x and 3.x: `bodies`."""
    for body in item.objects("bodies"):
        role = (body.line("role") or "").lower()
        value = body.text("value")
        if value and not _BESIDE.search(role):
            kind = _kind((body.line("contenttype") or "").lower(), role, value)
            yield _Rendition(value, (kind, role not in _MAIN))


def _kind(content_type: str, role: str, value: str) -> int:
    said = f"{content_type} {role}"
    if "nitf" in said:
        return _NITF if "tt" not in role else _UNKNOWN
    if "xhtml" in said:
        return _XHTML
    if "html" in said:
        return _HTML
    if "text/plain" in said or role.endswith("text"):
        return _PLAIN
    if "xml" in said:
        return _UNKNOWN
    return _HTML if re.search(r"</(?:p|div|h\d|ul|table|section)>", value) else _PLAIN


def _read(rendition: _Rendition, item: JsonObject) -> NinjsBody:
    kind = rendition.rank[0]
    if kind in {_HTML, _XHTML}:
        body = read_body(rendition.value)
        return NinjsBody(body.blocks, None, body.dateline)
    if kind == _PLAIN:
        return NinjsBody(text=_with_blank_lines(rendition.value))
    if kind == _NITF:
        return NinjsBody(_nitf(rendition.value).blocks)
    item.note("ignored_value", "bodies[]", "has a content type that is not read; it was left out")
    return NinjsBody()


def _with_blank_lines(text: str) -> str:
    """Part paragraphs by blank lines where each is one long line: it was never wrapped."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    if all(lines) and max(map(len, lines)) > _WRAPPED:
        return "\n\n".join(lines)
    return text


def _nitf(value: str) -> HtmlBody:
    """Return the body of a NITF document, `None` in it if it is not well-formed."""
    try:
        root = parse_xml(re.sub(r"^\s*<\?xml[^>]*\?>\s*", "", value).encode())
    except ArticleError:
        return HtmlBody()
    found = next((e for e in root.iter() if local_name(e).lower() == "body.content"), None)
    return HtmlBody(() if found is None else blocks_of(found))


def _without_title(body: NinjsBody, title: str | None) -> NinjsBody:
    first = body.blocks[0] if body.blocks else None
    if title is None:
        return body
    if first and first.kind == "subhead" and line_of(first.text) == title and body.blocks[1:]:
        return NinjsBody(body.blocks[1:], None, body.dateline)
    line, _, rest = (body.text or "").strip().partition("\n")
    if line_of(line) == title and rest.strip():
        return NinjsBody(text=rest.strip())
    return body
