"""All wire formats, in the order in which they are tried."""

from pipeline.feed.formats.digitalwires import DigitalwiresFormat
from pipeline.feed.formats.format import Format
from pipeline.feed.formats.ninjs import NinjsFormat

FORMATS: tuple[Format, ...] = (
    DigitalwiresFormat(),
    NinjsFormat(),
)  # fmt: skip
"""Narrow formats first: the first one that recognises a document reads it."""
