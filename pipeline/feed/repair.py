"""Read XML whose writer forgot to escape, as long as no word of it is lost."""

import html
import html.entities
import re
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.feed.charset import decode
from pipeline.feed.xml import local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCODING = re.compile(rb"<\?xml[^>]{0,80}encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")
_AMPERSAND = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?"
)
_LESS = re.compile(rb"<(?=[\s\d=<&])")
_TAG = re.compile(r"</?[^\W\d][^<>]*>|<[!?][^<>]*>|<!\[CDATA\[|\]\]>")


def repair_xml(content: bytes, root: str, body: str) -> "_Element":
    """Return the root of a document that is not well-formed.

    What the writer forgot to escape is escaped, such as ampersands in addresses of pictures. What
    is still not well-formed is read by guess, if that leaves all text in its place.

    Args:
        content: a whole document that was not well-formed.
        root: name of its root element; without its end tag the document was cut off.
        body: name of the element that holds the text.

    Raises:
        ArticleError: if it was cut off, or text would be lost.
    """
    tag = rb"</(?:[\w.-]+:)?%b\s*>\s*(?:<!--.*?-->\s*)*\Z" % re.escape(root.encode())
    if re.search(tag, content[-400:]) is None:
        message = f"the document has no end tag </{root}>: it was cut off"
        raise ArticleError("unreadable_file", message, "Ask for the file again.")
    escaped = _escape(content)
    try:
        return parse_xml(escaped)
    except ArticleError:
        found = parse_xml(escaped, repair=True)
        if not _is_whole(escaped, found, body):
            message = "not well-formed XML, and a repair would lose text or move it"
            remedy = "Ask for the file again; its writer forgets to escape text or to end elements."
            raise ArticleError("unreadable_file", message, remedy) from None
        return found


def _escape(content: bytes) -> bytes:
    """Escape ampersands that begin no reference, and name characters by number."""
    first, *others = content.split(b"<![CDATA[")
    parts = [_escape_text(first)]
    for other in others:
        inside, end, outside = other.partition(b"]]>")
        parts += [b"<![CDATA[", inside, end, _escape_text(outside)]
    return b"".join(parts)


def _escape_text(text: bytes) -> bytes:
    return _AMPERSAND.sub(_reference, _LESS.sub(b"&lt;", text))


def _reference(found: re.Match[bytes]) -> bytes:
    name = (found[1] or b"").decode("ascii")
    letters = html.entities.html5.get(f"{name};") if name else None
    if letters is None:
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(letter)};" for letter in letters).encode()


def _is_whole(content: bytes, root: "_Element", body: str) -> bool:
    """Tell whether all text between the tags is in the tree, in its order, and in the body."""
    declared = _ENCODING.match(content)
    try:
        text = content.decode(declared[1].decode("ascii") if declared else "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = decode(content)[0]
    first, *others = text.split("<!--")
    text = first + " ".join(other.partition("-->")[2] for other in others)
    if _squeezed(_TAG.sub(" ", text)) != _in_tree(root):
        return False
    name = re.escape(body)
    start = re.search(rf"<(?:[\w.-]+:)?{name}(?:\s[^<>]*)?>", text)
    ends = list(re.finditer(rf"</(?:[\w.-]+:)?{name}\s*>", text))
    inside = text[start.end() : ends[-1].start()] if start and ends else ""
    found = next((element for element in root.iter() if local_name(element) == body), None)
    return _squeezed(_TAG.sub(" ", inside)) == ("" if found is None else _in_tree(found))


def _in_tree(element: "_Element") -> str:
    return "".join("".join(map(str, element.itertext())).split())


def _squeezed(text: str) -> str:
    return "".join(html.unescape(text).split())
