"""All wire formats, in the order in which they are tried."""

from pipeline.feed.document import Document
from pipeline.feed.formats.digitalwires import DigitalwiresFormat
from pipeline.feed.formats.format import Format
from pipeline.feed.formats.iptc7901 import Iptc7901Format
from pipeline.feed.formats.newsml_1_2 import NewsMl12Format
from pipeline.feed.formats.newsml_g2 import NewsMlG2Format
from pipeline.feed.formats.ninjs import NinjsFormat
from pipeline.feed.formats.nitf import NitfFormat
from pipeline.feed.formats.rss import RssFormat

FORMATS: tuple[Format, ...] = (
    DigitalwiresFormat(),
    NinjsFormat(),
    NewsMlG2Format(),
    NewsMl12Format(),
    NitfFormat(),
    RssFormat(),
    Iptc7901Format(),
)
"""Narrow formats first: the first one that recognises a document reads it."""


def recognise(document: Document) -> Format | None:
    """Return the format of a document, `None` if it is in none of them."""
    return next((known for known in FORMATS if known.recognises(document)), None)
