"""A whole document in memory, decoded and parsed once for recognition and reading."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.feed.charset import decode
from pipeline.feed.item import Broken
from pipeline.feed.strict_json import parse_json
from pipeline.feed.xml import parse_xml, root_name
from pipeline.records import Json

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEAD = 4096
_FIRST = 50

IsItem = Callable[[dict[str, Json]], bool]
"""Tells whether a JSON object is an item of a format."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A JSON object among those of a document.

    Attributes:
        value: the object.
        index: its 1-based number in its array; `None` if it stands alone.
        line: 1-based, of documents with one item a line.
        sha256: of the line that it is.
    """

    value: dict[str, Json]
    index: int | None = None
    line: int | None = None
    sha256: str | None = None


class Document:
    """The bytes of a file, of an archive's member, or of an answer.

    Attributes:
        source: where it is, for messages and ids: a path, `archive.zip!/member`, an address.
        content: all its bytes.
    """

    def __init__(self, source: str, content: bytes) -> None:
        self.source, self.content = source, content

    @cached_property
    def head(self) -> str:
        """The first characters, to recognise formats by; of UTF-16 without a mark, legible too."""
        return decode(self.content[:_HEAD])[0].replace("\0", "")

    @cached_property
    def text(self) -> tuple[str, str]:
        """The decoded text, and the charset it was read in."""
        return decode(self.content)

    @cached_property
    def sha256(self) -> str:
        """Digest of all its bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def charset(self) -> str:
        """What XML that was parsed is declared in, else what the text is decoded in."""
        root: _Element | None = vars(self).get("xml")
        declared = None if root is None else root.getroottree().docinfo.encoding
        return declared.lower() if declared else self.text[1]

    @cached_property
    def root(self) -> str | None:
        """Local name of the root element, also of broken XML; `None` for what is no XML."""
        return root_name(self.head)

    @cached_property
    def xml(self) -> "_Element":
        """The root element.

        Raises:
            ArticleError: if it is not well-formed, or unsafe.
        """
        return parse_xml(self.content)

    @cached_property
    def json_text(self) -> tuple[str, str]:
        """The text of JSON, whose UTF-16 is known without a mark too, and its charset."""
        text, charset = decode(self.content, json.detect_encoding(self.content))
        return text.removeprefix("\ufeff"), charset

    @cached_property
    def json(self) -> Json:
        """The JSON value.

        Raises:
            ArticleError: if it is none.
        """
        try:
            return parse_json(self.json_text[0])
        except (ValueError, RecursionError) as error:
            message = f"not valid JSON: {str(error)[:200]}"
            remedy = "Ask for the file again; it was cut off, or its writer is broken."
            raise ArticleError("unreadable_file", message, remedy) from None

    @property
    def opens_json(self) -> bool:
        """Tell whether it may be JSON objects, or an array."""
        return self.head.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}

    def holds_json(self, keys: tuple[str, ...], is_item: IsItem) -> bool:
        """Tell whether one of its first objects is an item."""
        if not self.opens_json:
            return False
        try:
            first = islice(self.json_items(keys, is_item), _FIRST)
            return any(isinstance(entry, Entry) and is_item(entry.value) for entry in first)
        except ArticleError:
            return False

    def json_items(self, keys: tuple[str, ...], is_item: IsItem) -> Iterator[Entry | Broken]:
        """Yield the objects of a document, in order.

        The document is one object, an array, an object with an array under one of `keys`, or any of
        them a line. A line that is none does not stop the others.

        Args:
            keys: under which an object that is no item itself holds items.
            is_item: tells items from what else may stand on a line.

        Raises:
            ArticleError: if it holds something else.
        """
        try:
            value = self.json
        except ArticleError:
            lines = self.json_text[0].split("\n")
            if not _are_items(lines, keys, is_item):
                raise
            yield from _by_line(lines, keys, is_item)
        else:
            if not isinstance(value, dict | list):
                remedy = "Deliver one item an object."
                raise ArticleError("unreadable_file", "no JSON object", remedy)
            yield from _entries(value, keys, is_item)


def _are_items(lines: list[str], keys: tuple[str, ...], is_item: IsItem) -> bool:
    """Tell JSON lines from one object that is broken: one of the first lines is an item."""
    written = islice((line for line in lines if line.strip()), _FIRST)
    return any(
        isinstance(entry, Entry) and is_item(entry.value)
        for entry in _by_line(list(written), keys, is_item)
    )


def _by_line(lines: list[str], keys: tuple[str, ...], is_item: IsItem) -> Iterator[Entry | Broken]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = parse_json(line)
        except (ValueError, RecursionError) as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            message = f"line {number} is not valid JSON: {why[:200]}"
            remedy = "Ask for the item again; the others of the file were read."
            yield Broken(ArticleError("unreadable_record", message, remedy), number)
        else:
            digest = hashlib.sha256(line.strip().encode("utf-8", "replace")).hexdigest()
            for entry in _entries(value, keys, is_item, number):
                if isinstance(entry, Entry) and entry.index is None:
                    yield replace(entry, sha256=digest)
                else:
                    yield entry


def _entries(
    value: Json, keys: tuple[str, ...], is_item: IsItem, line: int | None = None
) -> Iterator[Entry | Broken]:
    """Yield a value if it is an object, or the objects in it."""
    listed = value if isinstance(value, list) else None
    if isinstance(value, dict):
        if not is_item(value):
            found = (value.get(key) for key in keys)
            listed = next((inner for inner in found if isinstance(inner, list)), None)
        if listed is None:
            yield Entry(value, None, line)
            return
    if listed is None:
        yield _no_object(line)
        return
    for index, inner in enumerate(listed, start=1):
        yield Entry(inner, index, line) if isinstance(inner, dict) else _no_object(line or index)


def _no_object(number: int | None) -> Broken:
    error = ArticleError(
        "unreadable_record", "this is no JSON object", "Deliver one item an object."
    )
    return Broken(error, number)
