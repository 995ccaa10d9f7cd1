"""Choose the text of a NewsML-G2 item among the renditions of its content.

A content set holds the same story several times: as XHTML, as NITF, as plain text, and beside them
headline, teaser and notes that are not for publication. The last one is not the right one.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.feed.charset import decode
from pipeline.feed.news_body import Body, read_markup, read_text
from pipeline.feed.newsml_elements import LANGUAGE
from pipeline.feed.newsml_g2_meta import parted
from pipeline.feed.xml import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_TEXT = frozenset(
    {
        "caption", "headline", "notepad", "nonpublic", "public", "slug", "slugline", "summary",
        "teaser", "thumbnail",
    }
)  # fmt: skip
_ORDER = {"xhtml": 0, "nitf": 1, "text": 2}


@dataclass(frozen=True, slots=True)
class Content:
    """What a content set holds.

    Attributes:
        body: the text, if there is one.
        language: of that rendition, where it is another one than the item's.
        title: the rendition `headline`.
        teaser: the rendition `teaser`.
        others: what it holds beside text, by name, such as `image/jpeg` or `sports-content`.
    """

    body: Body | None
    language: str | None
    title: str | None
    teaser: str | None
    others: tuple[str, ...]


def read_content(content_set: "_Element | None", language: str | None) -> Content:
    """Read a content set.

    Args:
        content_set: the element, if the item has one.
        language: of the item; a rendition in German, then one in this language, goes first.
    """
    found: list[_Found] = []
    later: list[_Element] = []
    aside: dict[str, str] = {}
    others: list[str] = []
    for element in content_set if content_set is not None else ():
        kind, rendition = local_name(element), _rendition(element)
        if rendition in _NO_TEXT:
            if kind == "inlineData" and (text := " ".join((element.text or "").split())):
                aside.setdefault(rendition, text)
        elif kind == "inlineXML" and (body := _inline_xml(element)):
            found.append(_Found(body, element.get(LANGUAGE)))
        elif kind == "inlineData":
            later.append(element)
        else:
            others.append(_named(element, kind))
    for element in later if not found else ():
        if body := _inline_data(element):
            found.append(_Found(body, element.get(LANGUAGE)))
        else:
            others.append(_named(element, "inlineData"))
    best = found[0] if found else None
    if len(found) > 1:
        best = min(found, key=lambda one: one.rank(language))
    return Content(
        best.body if best else None,
        best.language if best else None,
        aside.get("headline"),
        aside.get("teaser"),
        tuple(dict.fromkeys(others)),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    body: Body
    language: str | None

    def rank(self, declared: str | None) -> tuple[int, int, int]:
        """Rank German first, then what declares the item's language or none; then the longest."""
        code, own = ((tag or "")[:2].casefold() for tag in (self.language or declared, declared))
        fit = 0 if code == "de" else 1 if code == own else 2
        return fit, _ORDER[self.body.kind], -self.body.size()


def _rendition(element: "_Element") -> str:
    """Return the code of a rendition; dpa also gives it as the content type."""
    written = element.get("rendition") or ""
    kind = element.get("contenttype") or ""
    return (parted(written or (kind if "rendition" in kind else ""))[1] or "").casefold()


def _inline_xml(element: "_Element") -> Body | None:
    return read_markup(element) if len(element) else read_text(element.text or "")


def _inline_data(element: "_Element") -> Body | None:
    declared = (element.get("contenttype") or "").casefold()
    if declared.startswith(("image/", "audio/", "video/")) or declared.endswith(("json", "csv")):
        return None
    if len(element):
        return read_markup(element)
    encoded = "base64" in (element.get("encoding") or "").casefold()
    text = _decoded(element.text or "") if encoded else element.text or ""
    return read_text(text, markup="html" in declared)


def _decoded(written: str) -> str:
    try:
        return decode(base64.b64decode(written))[0]
    except (binascii.Error, ValueError):
        return ""


def _named(element: "_Element", kind: str) -> str:
    if kind == "inlineXML":
        return local_name(element[0]) if len(element) else "an empty inlineXML"
    return element.get("contenttype") or kind or "an entity"
