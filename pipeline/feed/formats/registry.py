"""All wire formats, in the order in which they are tried."""

from pipeline.feed.formats.format import Format
from pipeline.feed.formats.iptc7901 import Iptc7901Format
from pipeline.feed.formats.nitf import NitfFormat

FORMATS: tuple[Format, ...] = (
    Iptc7901Format(),
    NitfFormat(),
)  # fmt: skip
"""Narrow formats first: the first one that recognises a document reads it."""
