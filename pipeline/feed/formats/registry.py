"""All wire formats, in the order in which they are tried."""

from pipeline.feed.formats.format import Format

FORMATS: tuple[Format, ...] = ()
"""Narrow formats first: the first one that recognises a document reads it."""
