"""All wire formats, in the order in which they are tried."""

from pipeline.feed.document import Document
from pipeline.feed.formats.format import Format
from pipeline.feed.formats.rss import RssFormat

FORMATS: tuple[Format, ...] = (
    RssFormat(),
)  # fmt: skip
"""Narrow formats first: the first one that recognises a document reads it."""


def recognise(document: Document) -> Format | None:
    """Return the format of a document, `None` if it is in none of them."""
    return next((known for known in FORMATS if known.recognises(document)), None)
