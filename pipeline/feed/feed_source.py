"""Make any RSS or Atom document a well-formed one, in time that grows with its length only.

feedparser alone takes minutes for some small files: its patterns for prologs, authors and broken
markup are quadratic. It is given what this module has mended, so it never tries them.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.feed.charset import decode
from pipeline.feed.xml import local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_KNOWN_CHARSETS = re.compile(
    r"utf[-_]?(?:8|16|16le|16be|32|32le|32be)|u16|iso[-_]?8859[-_]\d{1,2}|latin[-_]?\d|us-ascii|"
    r"(?:windows-|cp)\d{3,4}|koi8[-_]?[rut]|big5|euc[-_]?(?:kr|jp)|gbk?|gb2312|gb18030|"
    r"shift[-_]?jis|tis-?620|macintosh"
)
_WIDER = {"gb2312": "gb18030", "us-ascii": "cp1252"}
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)  # fmt: skip
_ASIDES = (("<!--", "-->"), ("<?", "?>"))
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_BARE_AMPERSAND = re.compile(r"&(?!#?[A-Za-z0-9]{1,32};)")
_XML_ENTITIES = {"lt;", "gt;", "amp;", "quot;", "apos;"}
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
}
_ENTRY = re.compile(r"<(/?)(?:[\w-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_USED = re.compile(
    r"http://(?:purl\.org/(?:rss|dc|atom|echo|pie)|www\.w3\.org/(?:2005/Atom|1999)|my\.netscape\.com|"
    r"backend\.userland\.com/rss|blogs\.law\.harvard\.edu/tech/rss|example\.com/ne)|uri/of/echo"
)
"""Namespaces of elements that a field comes from; others tell of maps, films and shops."""

_PEOPLE = frozenset(
    {"author", "creator", "managingeditor", "webmaster", "publisher", "contributor"}
)
_TAGS = frozenset({"category", "subject", "keywords"})
_MOST_TAGS = 100
_LONGEST_PERSON = 500
_MAIL = re.compile(r"[^\s<>()\[\],;]+@[^\s<>()\[\],;]+")
_GUESSED = frozenset({"cp1252", "latin-1"})


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed that every reader understands.

    Attributes:
        content: well-formed, without prolog, in UTF-8.
        charset: that the bytes were read in.
        repairs: what was wrong with it, as cautions say it.
        is_cut_off: it ends within an entry.
    """

    content: bytes
    charset: str
    repairs: tuple[str, ...] = ()
    is_cut_off: bool = False


def mend(content: bytes) -> FeedSource:
    """Return a feed's document, mended as far as that goes.

    Raises:
        ArticleError: if nothing in it can be read.
    """
    from lxml import etree  # noqa: PLC0415 - other formats do not need it

    declared = _declared(content)
    text, charset = decode(content, declared)
    is_guessed = charset in _GUESSED and charset != declared
    repairs = [f"it is {charset}, declared as {declared or 'utf-8'}"] if is_guessed else []
    body = text[_root_at(text) :].replace("<!ENTITY", "&lt;!ENTITY")
    body = _ENTITY.sub(_character, body)
    is_cut_off = False
    try:
        root = parse_xml(body.encode("utf-8", "replace"))
    except ArticleError as error:
        repairs.append(str(error))
        ends = [found.group(1) for found in _ENTRY.finditer(body)]
        is_cut_off = bool(ends) and ends[-1] == ""
        mended = _BARE_AMPERSAND.sub("&amp;", _ILLEGAL.sub("", body))
        root = parse_xml(mended.encode("utf-8", "replace"), repair=True)
    try:
        _declare(root)
        spaces = {etree.QName(e).namespace for e in root.iter() if isinstance(e.tag, str)}
        others = [f"{{{space}}}*" for space in spaces if space and not _USED.match(space)]
        etree.strip_elements(root, *others, with_tail=False)
        _bound(root)
        return FeedSource(
            etree.tostring(root, encoding="utf-8"), charset, tuple(repairs), is_cut_off
        )
    except ValueError as error:  # names that XML does not allow, which only repairs let pass
        message = f"not well-formed XML: {error}"
        remedy = "Ask for the feed again; it was damaged, or its writer is broken."
        raise ArticleError("unreadable_file", message, remedy) from None


def _declared(content: bytes) -> str | None:
    """Return the charset that a document declares, or that its zero bytes give away."""
    for opening, charset in _UNMARKED:
        if content.startswith(opening):
            return charset
    found = _DECLARED.match(content[:400].removeprefix(b"\xef\xbb\xbf"))
    name = found.group(1).decode("ascii", "replace").lower() if found else ""
    if not _KNOWN_CHARSETS.fullmatch(name):
        return None
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return _WIDER.get(name, name)


def _root_at(text: str) -> int:
    """Return where the first element begins, past comments and a document type with its subset."""
    at = 0
    while (at := text.find("<", at)) >= 0:
        aside = next((end for start, end in _ASIDES if text.startswith(start, at)), None)
        if aside is not None:
            end = text.find(aside, at)
        elif text.startswith("<!", at):
            end = text.find(">", at)
            subset = text.find("[", at, max(end, at))
            if subset >= 0:
                end = text.find("]>", subset)
        elif text[at + 1 : at + 2].isalpha() or text[at + 1 : at + 2] == "_":
            return at
        else:
            end = at
        if end < 0:
            break
        at = end + 1
    return len(text)


def _character(found: re.Match[str]) -> str:
    """Return the character of an entity that HTML knows and XML does not."""
    name = found.group(1)
    return found.group() if name in _XML_ENTITIES else html5.get(name, found.group())


def _declare(root: "_Element") -> None:
    """Give prefixes that were not declared their usual namespace."""
    for element in root.iter():
        if isinstance(element.tag, str) and ":" in element.tag and element.tag[0] != "{":
            prefix, _, name = element.tag.partition(":")
            usual = _NAMESPACES.get(prefix, "urn:undeclared")
            element.tag = f"{{{usual}}}{name if _NAME.fullmatch(name) else 'unnamed'}"
        for key in [key for key in element.attrib if ":" in key and key[0] != "{"]:
            del element.attrib[key]


def _bound(root: "_Element") -> None:
    """Cut what feedparser takes long for.

    Of people only names are left: mail addresses are contacts, and feedparser tears them apart.
    """
    for element in root.iter():
        name = local_name(element).lower()
        if name in _PEOPLE and element.text:
            element.text = _MAIL.sub("", element.text[:_LONGEST_PERSON])
        elif name == "keywords" and element.text:
            element.text = element.text[:_LONGEST_PERSON]
    for tag in list(_too_many(root)):
        parent = tag.getparent()
        if parent is not None:
            parent.remove(tag)


def _too_many(root: "_Element") -> Iterator["_Element"]:
    """Yield the categories of entries that have hundreds."""
    counts = Counter[object]()
    for element in root.iter():
        if local_name(element).lower() in _TAGS:
            above = element.iterancestors()
            owner = next((e for e in above if local_name(e).lower() in {"item", "entry"}), None)
            counts[owner] += 1
            if counts[owner] > _MOST_TAGS:
                yield element
