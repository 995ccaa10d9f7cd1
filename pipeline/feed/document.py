"""A whole document in memory, decoded and parsed once for recognition and reading."""

import hashlib
from collections.abc import Iterator
from functools import cached_property
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
    def json(self) -> Json:
        """The JSON value.

        Raises:
            ArticleError: if it is none.
        """
        try:
            return parse_json(self.text[0].removeprefix("\ufeff"))
        except (ValueError, RecursionError) as error:
            message = f"not valid JSON: {str(error)[:200]}"
            remedy = "Ask for the file again; it was cut off, or its writer is broken."
            raise ArticleError("unreadable_file", message, remedy) from None

    @property
    def opens_json(self) -> bool:
        """Tell whether it may be one JSON object or array."""
        return self.head.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}

    def json_items(self, key: str) -> Iterator["tuple[int | None, dict[str, Json]] | Broken"]:
        """Yield the objects of a document: itself, an array's, or those in `{key: [...]}`.

        Each comes with its 1-based number; with `None` if the document is that object.

        Raises:
            ArticleError: if it holds something else.
        """
        value = self.json
        listed = value.get(key) if isinstance(value, dict) else value
        if isinstance(listed, list):
            for index, entry in enumerate(listed, start=1):
                if isinstance(entry, dict):
                    yield index, entry
                else:
                    remedy = "Deliver one item an object."
                    error = ArticleError("unreadable_record", "this is no JSON object", remedy)
                    yield Broken(error, index)
        elif isinstance(value, dict):
            yield None, value
        else:
            raise ArticleError("unreadable_file", "no JSON object", "Deliver one item an object.")
