"""The text of a feed's entry: HTML, or plain text that says it is HTML."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from pipeline.feed.markup import blocks_of, parse_html, plain_text, text_in
from pipeline.feed.xml import local_name
from pipeline.records import Block

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKUP = re.compile(
    r"<(?:/?(?:p|br|div|span|a|b|i|u|em|strong|small|ul|ol|li|h[1-6]|table|td|tr|img|figure|section|"
    r"article|blockquote|body|html|font|center|sub|sup|pre|code|hr|iframe|video|script|style)"
    r"(?=[\s/>])|!|\?)",
    re.IGNORECASE,
)
_READ_ON = (
    r"(?:\(?(?:mehr(?: (?:dazu|lesen|erfahren|infos?|zum thema|auf \S+))?|weiter(?:lesen)?|"
    r"(?:artikel|jetzt|hier) (?:weiter)?lesen|(?:lesen sie|lies) (?:hier )?(?:mehr|weiter).{0,40}|"
    r"zum (?:ganzen )?(?:artikel|beitrag)|(?:read|learn) more|continue reading.{0,200}|more)\)?)"
    r"[\s.…:»›>→]*"
)
_MORE_LINK = re.compile(rf"[\s\[(.…→»›>]*{_READ_ON}[\s\])]*", re.IGNORECASE)
_MORE_TAIL = re.compile(rf"\s*\[\s*{_READ_ON}\]\s*$", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"\s*[\[(]\s*[\])]\s*$")
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])\s*$")
_SYNDICATED = re.compile(
    r"(?:Der Beitrag|The post) .{1,400} (?:erschien zuerst auf|appeared first on) .{1,200}",
    re.DOTALL,
)
_TAIL = 300

Entry = Mapping[str, Any]
"""A feed, an entry, or a text in one, as feedparser gives it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A text of an entry.

    Attributes:
        blocks: of a text with markup.
        text: of a text without; blank lines part paragraphs.
        plain: all of it as one line.
        goes_on: it was cut off, or ends with a link to the rest.
    """

    blocks: tuple[Block, ...] = ()
    text: str | None = None
    plain: str = ""
    goes_on: bool = False


def peek(entry: Entry | None, key: str) -> Any:
    """Read a key without the fallbacks of feedparser, which takes one time for another."""
    return None if entry is None else dict.get(cast("dict[str, Any]", entry), key)


def read_body(detail: Entry) -> Body:
    """Return the text of a `content` or `summary`, empty if it is none."""
    value = str(peek(detail, "value") or "")
    kind = str(peek(detail, "type") or "text/html")
    if not kind.startswith("text/") and not kind.endswith(("html", "xml")):
        return Body()
    is_html = kind != "text/plain"
    if is_html and _MARKUP.search(value):
        return _marked_up(value)
    text = (_unescaped(value) if is_html else value).strip()
    short = text[:-_TAIL] + _MORE_TAIL.sub("", text[-_TAIL:])
    if not short:
        return Body()
    goes_on = short != text or bool(_CUT_OFF.search(short))
    return Body(text=short, plain=" ".join(short.split()), goes_on=goes_on)


def read_line(detail: Entry | None, key: str) -> str | None:
    """Return a title or the like as one line."""
    if detail is None:
        return None
    value = str(peek(detail, key) or "")
    kind = peek(peek(detail, f"{key}_detail"), "type")
    if kind != "text/plain":
        value = (plain_text(value) or "") if _MARKUP.search(value) else _unescaped(value)
    return " ".join(value.split()) or None


def _unescaped(text: str) -> str:
    """Resolve what HTML escapes, unless one of them is a number of thousands of digits."""
    try:
        return html.unescape(text)
    except ValueError:
        return text


def _marked_up(value: str) -> Body:
    root = parse_html(value)
    if root is None:
        return Body()
    more = {link for link in root.iter() if _leads_on(link)}
    found = blocks_of(root, lambda element: element in more)
    blocks = [replace(block, text=_EMPTY_BRACKETS.sub("", block.text)) for block in found]
    kept = tuple(b for b in blocks if b.text.strip() and not _SYNDICATED.fullmatch(b.text))
    plain = " ".join(" ".join(block.text.split()) for block in kept)
    return Body(blocks=kept, plain=plain, goes_on=bool(more) or bool(_CUT_OFF.search(plain)))


def _leads_on(element: "_Element") -> bool:
    if local_name(element).lower() != "a":
        return False
    text = text_in(element)
    return len(text) <= _TAIL and bool(_MORE_LINK.fullmatch(text))
