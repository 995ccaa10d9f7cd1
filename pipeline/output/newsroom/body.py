"""Markup of a brief's text, as HTML or XHTML."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pipeline.output.newsroom.parts import Part
from pipeline.output.newsroom.texts import Text

_XHTML = "http://www.w3.org/1999/xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ELEMENTS = {"text": "p", "subhead": "h2", "item": "li", "pre": "pre"}


class BodyWriter:
    """Writes blocks of text as elements of lxml, which escapes what text must not hold.

    Args:
        language: of the document; text in another one says so.
        xhtml: write XHTML; else HTML.
    """

    def __init__(self, language: str, *, xhtml: bool) -> None:
        self._language = language
        self._prefix = f"{{{_XHTML}}}" if xhtml else ""
        self._attribute = _XML_LANG if xhtml else "lang"
        self._names = {None: _XHTML} if xhtml else None

    def element(self, name: str) -> Any:
        """Return an element that stands in no other."""
        from lxml import etree  # noqa: PLC0415 - other outputs do not need it

        return etree.Element(f"{self._prefix}{name}", nsmap=self._names)

    def child(self, parent: Any, name: str) -> Any:
        """Append an element."""
        from lxml import etree  # noqa: PLC0415

        return etree.SubElement(parent, f"{self._prefix}{name}")

    def write(self, holder: Any, parts: Sequence[Part], dateline: Text | None = None) -> None:
        """Append blocks; neighbouring items make one list.

        Args:
            holder: the element that gets them.
            parts: the blocks.
            dateline: opens the first paragraph; a paragraph of its own in front of anything else.
        """
        if dateline is not None and (not parts or parts[0].kind != "text"):
            self._open(self.child(holder, "p"), dateline, "")
            dateline = None
        for in_list, group in groupby(parts, key=lambda part: part.kind == "item"):
            parent = self.child(holder, "ul") if in_list else holder
            for part in group:
                self._block(parent, part, dateline)
                dateline = None

    def _block(self, parent: Any, part: Part, dateline: Text | None) -> None:
        if part.rows:
            self._table(parent, part)
            return
        if part.kind == "quote":
            parent = self.child(parent, "blockquote")
        element = self.child(parent, _ELEMENTS.get(part.kind, "p"))
        if dateline is not None:
            self._open(element, dateline, " - ")
        if len(part.spans) == 1 and dateline is None:
            self._tell(element, part.spans[0].language)
            element.text = part.spans[0].text
            return
        for number, span in enumerate(part.spans):
            self._run(element, span, " " if number else "")

    def _table(self, parent: Any, part: Part) -> None:
        table = self.child(parent, "table")
        self._tell(table, part.spans[0].language)
        for cells in part.rows:
            row = self.child(table, "tr")
            for cell in cells:
                self.child(row, "td").text = cell

    def _open(self, paragraph: Any, dateline: Text, dash: str) -> None:
        span = self.child(paragraph, "span")
        span.set("class", "dateline")
        self._tell(span, dateline.language)
        span.text = dateline.text + dash

    def _run(self, element: Any, span: Text, space: str) -> None:
        if span.language == self._language:
            _append(element, space + span.text)
            return
        _append(element, space)
        inner = self.child(element, "span")
        self._tell(inner, span.language)
        inner.text = span.text

    def _tell(self, element: Any, language: str) -> None:
        if language != self._language:
            element.set(self._attribute, language)


def _append(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
