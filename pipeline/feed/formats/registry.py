"""All wire formats, in the order in which they are tried."""

from pipeline.feed.formats.format import Format
from pipeline.feed.formats.newsml_1_2 import NewsMl12Format
from pipeline.feed.formats.newsml_g2 import NewsMlG2Format

FORMATS: tuple[Format, ...] = (
    NewsMlG2Format(),
    NewsMl12Format(),
)  # fmt: skip
"""Narrow formats first: the first one that recognises a document reads it."""
