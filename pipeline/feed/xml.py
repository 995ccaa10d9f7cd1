"""The one place where XML is parsed: no network, no DTD, no entities, bounded depth.

libxml2 bounds depth (256) and the size of texts and attributes (10 MB) by itself as long as
`huge_tree` is off.
"""

import re
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY = re.compile(rb"<!ENTITY|<\0!\0E\0N\0T\0I\0T\0Y\0")
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)


def parse_xml(content: bytes, *, repair: bool = False) -> "_Element":
    """Return the root element.

    Args:
        content: a whole document; its declaration or byte order mark names the encoding.
        repair: read what is not well-formed as well as it can be guessed.

    Raises:
        ArticleError: if it is not well-formed, or declares entities.
    """
    from lxml import etree  # noqa: PLC0415 - other formats do not need it

    if _ENTITY.search(content):
        message = "the document declares entities, which can hide text or exhaust memory"
        remedy = "Entities are never resolved; ask for the document without a DOCTYPE."
        raise ArticleError("unsafe_xml", message, remedy)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=repair,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _not_well_formed(str(error)) from None
    if root is None:
        raise _not_well_formed("it holds no element")
    return root


def local_name(element: "_Element") -> str:
    """Return an element's name without its namespace; empty for an entity reference."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def root_name(head: str) -> str | None:
    """Return the local name of the first element, also of XML that is not well-formed."""
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    found = _ROOT.search(_ASIDE.sub("", head))
    return found.group(1) if found else None


def _not_well_formed(why: str) -> ArticleError:
    remedy = "Ask for the file again; it was cut off, or its writer forgets to escape text."
    return ArticleError("unreadable_file", f"not well-formed XML: {why[:200]}", remedy)
