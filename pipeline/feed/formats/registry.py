"""All wire formats, in the order in which they are tried."""

from pipeline.feed.formats.digitalwires import DigitalwiresFormat
from pipeline.feed.formats.format import Format
from pipeline.feed.formats.iptc7901 import Iptc7901Format
from pipeline.feed.formats.ninjs import NinjsFormat
from pipeline.feed.formats.nitf import NitfFormat

FORMATS: tuple[Format, ...] = (
    DigitalwiresFormat(),
    NinjsFormat(),
    NitfFormat(),
    Iptc7901Format(),
)  # fmt: skip
"""Narrow formats first: the first one that recognises a document reads it."""
