"""Read one file of a spool, whichever of the feed's formats it is in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from pipeline.errors import ConfigError
from pipeline.feed.faults import fault
from pipeline.feed.jsonl import JsonlReader
from pipeline.feed.plaintext import PlaintextReader
from pipeline.feed.settings import FeedSettings, JsonlFeed, PlaintextFeed
from pipeline.records import Article, Fault, Place


class FileReader(Protocol):
    """Reads files one by one."""

    def read(self, path: Path) -> Iterator[Article | Fault]:
        """Yield one outcome for each item of the file."""


class LinesAndTexts:
    """Reads JSONL and plain text, told apart by the names of files.

    Args:
        encoding: of files without a byte order mark.
        language: of articles that declare none.
        max_characters: an article with more is a fault.
    """

    def __init__(self, encoding: str, language: str, max_characters: int) -> None:
        self._how = (encoding, language, max_characters)

    def read(self, path: Path) -> Iterator[Article | Fault]:
        """Yield one outcome for each item of the file."""
        name = path.name.casefold()
        if name.endswith((".jsonl", ".jsonl.gz")):
            return JsonlReader([path], *self._how).read()
        if name.endswith(".txt"):
            return PlaintextReader([path], *self._how).read()
        return iter([_unknown(path)])


def file_reader(feed: FeedSettings, language: str) -> FileReader:
    """Return the reader of a feed's files.

    Raises:
        ConfigError: if the feed is none of files.
    """
    if not isinstance(feed, JsonlFeed | PlaintextFeed):
        raise ConfigError("watch follows a folder of files: choose feed=jsonl or feed=plaintext")
    if feed.limit is not None:
        raise ConfigError("feed.limit has no sense in watch, which takes what comes: leave it out")
    return LinesAndTexts(feed.encoding, feed.language or language, feed.max_characters)


def _unknown(path: Path) -> Fault:
    message = f"{path.name!r} is no name of a format"
    remedy = "Deliver .jsonl, .jsonl.gz or .txt, or keep the file out of the spool."
    return fault(Place(str(path)), "unreadable_file", message, remedy)
