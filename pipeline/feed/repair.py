"""Read XML whose writer forgot to escape, as long as no word of it is lost."""

import re
from collections import Counter
from html.entities import html5
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.feed.charset import decode
from pipeline.feed.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCODING = re.compile(rb"<\?xml[^>]{0,80}encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")
_CDATA = re.compile(rb"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?"
)
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>|<[^<>]*>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#?\w{1,32};)?")
_WORD = re.compile(r"\w+")


def repair_xml(content: bytes, root: str) -> "_Element":
    """Return the root of a document that is not well-formed.

    Bare ampersands, as in addresses of pictures, are escaped; what is still not well-formed is read
    as well as it can be guessed.

    Args:
        content: a whole document that was not well-formed.
        root: name of its root element; without its end tag the document was cut off.

    Raises:
        ArticleError: if it was cut off, or words would be lost.
    """
    end = re.search(
        rb"</(?:[\w.-]+:)?%b\s*>\s*(?:<!--.*?-->\s*)*\Z" % root.encode(), content[-400:]
    )
    if end is None:
        message = f"the document has no end tag </{root}>: it was cut off"
        raise ArticleError("unreadable_file", message, "Ask for the file again.")
    escaped = _escape(content)
    try:
        return parse_xml(escaped)
    except ArticleError:
        found = parse_xml(escaped, repair=True)
        if lost := _lost_words(escaped, found):
            shown = ", ".join(repr(word) for word in lost[:3])
            message = f"not well-formed XML: reading on would lose words such as {shown}"
            remedy = "Ask for the file again; its writer forgets to escape text."
            raise ArticleError("unreadable_file", message, remedy) from None
        return found


def _escape(content: bytes) -> bytes:
    """Escape ampersands that begin no reference, and name characters by number."""
    parts = _CDATA.split(content)
    parts[::2] = [_AMPERSAND.sub(_reference, part) for part in parts[::2]]
    return b"".join(parts)


def _reference(found: re.Match[bytes]) -> bytes:
    name = (found[1] or b"").decode("ascii")
    letters = html5.get(f"{name};") if name else None
    if letters is None:
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(letter)};" for letter in letters).encode()


def _lost_words(content: bytes, root: "_Element") -> list[str]:
    """Return words that stand between tags, but not in the tree."""
    declared = _ENCODING.match(content)
    try:
        text = content.decode(declared[1].decode("ascii") if declared else "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = decode(content)[0]
    plain = _REFERENCE.sub(" ", _ASIDE.sub(" ", text))
    kept = Counter(_WORD.findall(" ".join(map(str, root.itertext()))))
    kept_text = "".join(map(str, root.itertext()))
    missing = Counter(_WORD.findall(plain)) - kept
    return [word for word in missing if word not in kept_text or kept[word] == 0]
