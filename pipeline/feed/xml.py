"""The one place where XML is parsed: no network, no DTD, no entities, bounded depth.

libxml2 bounds depth (256) and the size of texts and attributes (10 MB) by itself as long as
`huge_tree` is off.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_ENTITY, _DOCTYPE = (
    (word, b"\0".join(bytes([byte]) for byte in word)) for word in (b"<!ENTITY", b"<!DOCTYPE")
)
"""In one byte and in two bytes a character; the rest is found once it is parsed."""
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_PROLOG = re.compile(
    r"(?>\s+|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^\[>]*(?:\[.*?(?:\]\s*|\Z))?(?:>|\Z))*+",
    re.DOTALL,
)
_HALF_CHARACTER = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d"
    rb"|5734[0-3]));?"
)


def parse_xml(content: bytes, *, repair: bool = False) -> "_Element":
    """Return the root element.

    Args:
        content: a whole document; its declaration or byte order mark names the encoding.
        repair: read what is not well-formed as well as it can be guessed.

    Raises:
        ArticleError: if it is not well-formed, or declares entities.
    """
    from lxml import etree  # noqa: PLC0415 - other formats do not need it

    if _names(content, _ENTITY) and _names(content, _DOCTYPE):
        raise _unsafe()
    if repair:  # libxml2 makes half characters of these, which are no text
        content = _HALF_CHARACTER.sub(b"&#xFFFD;", content)
    try:
        root = etree.fromstring(content, _parser(repair=repair))
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _not_well_formed(str(error)) from None
    if root is None:
        raise _not_well_formed("it holds no element")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise _unsafe()
    return root


@lru_cache(maxsize=2)
def _parser(*, repair: bool) -> "XMLParser":
    from lxml import etree  # noqa: PLC0415 - other formats do not need it

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=repair,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _names(content: bytes, words: tuple[bytes, bytes]) -> bool:
    return any(word in content for word in words)


def local_name(element: "_Element") -> str:
    """Return an element's name without its namespace; empty for an entity reference."""
    return name_in(element.tag)


@lru_cache(maxsize=4096)
def name_in(tag: object) -> str:
    """Return the name in a tag such as `{http://iptc.org/std/nar/2006-10-01/}newsItem`."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def root_name(head: str) -> str | None:
    """Return the local name of the first element, also of XML that is not well-formed."""
    start = head.lstrip("\ufeff \t\r\n")
    if not start.startswith("<"):
        return None
    prolog = _PROLOG.match(start)
    found = _ROOT.search(start, prolog.end() if prolog else 0)
    return found.group(1) if found else None


def _unsafe() -> ArticleError:
    message = "the document declares entities, which can hide text or exhaust memory"
    remedy = "Entities are never resolved; ask for the document without a DOCTYPE."
    return ArticleError("unsafe_xml", message, remedy)


def _not_well_formed(why: str) -> ArticleError:
    remedy = "Ask for the file again; it was cut off, or its writer forgets to escape text."
    return ArticleError("unreadable_file", f"not well-formed XML: {why[:200]}", remedy)
