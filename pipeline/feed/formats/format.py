"""What a wire format has to know: how to recognise a document, and how to read its items."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from pipeline.feed.document import Document
from pipeline.feed.item import Broken, Item


class Format(Protocol):
    """One wire format.

    Attributes:
        name: of the option of the `feed` group, such as `newsml_g2`.
        title: as people write it, such as `NewsML-G2`.
        taken: where each field of an article comes from: field, such as `title`, `text` or
            `wire.urgency`, to element or key. The table in the documentation is made of it.
    """

    name: str
    title: str
    taken: Mapping[str, str]

    def recognises(self, document: Document) -> bool:
        """Tell from its content, broken as it may be, whether a document is of this format."""

    def read(self, document: Document) -> Iterator[Item | Broken]:
        """Yield the document's items in order.

        Raises:
            ArticleError: if the document as a whole cannot be read.
        """
