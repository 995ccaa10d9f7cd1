"""Read one file of a spool as the feed's settings say."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pipeline.errors import ConfigError, FeedError
from pipeline.feed.auto import AutoReader
from pipeline.feed.faults import fault
from pipeline.feed.reader import Reader, open_feed
from pipeline.feed.settings import AutoFeed, FeedSettings, JsonlFeed, PlaintextFeed
from pipeline.records import Article, Fault, Place

_FileFeed = AutoFeed | JsonlFeed | PlaintextFeed


class FileReader(Protocol):
    """Reads files one by one."""

    def read(self, path: Path) -> Iterator[Article | Fault]:
        """Yield one outcome for each item of the file."""


class FeedFiles:
    """Reads each file as a feed of its own.

    Args:
        feed: settings for all of them, their path apart.
        language: of articles that declare none.
    """

    def __init__(self, feed: _FileFeed, language: str) -> None:
        self._feed, self._language = feed, language

    def read(self, path: Path) -> Iterator[Article | Fault]:
        """Yield one outcome for each item of the file; one that is gone is a fault."""
        try:
            yield from self._reader(path).read()
        except FeedError as error:
            remedy = "Deliver it again, or take it up with wirebrief retry."
            yield fault(Place(str(path)), "unreadable_file", str(error), remedy)

    def _reader(self, path: Path) -> Reader:
        feed = replace(self._feed, path=str(path))
        if isinstance(feed, AutoFeed):
            return AutoReader(feed, self._language, is_alone=False)
        return open_feed(feed, self._language)


def file_reader(feed: FeedSettings, language: str) -> FileReader:
    """Return the reader of a feed's files.

    Raises:
        ConfigError: if the feed is none of files.
    """
    if not isinstance(feed, _FileFeed):
        raise ConfigError("watch follows a folder of files: choose feed=auto or one of its formats")
    if feed.limit is not None:
        raise ConfigError("feed.limit has no sense in watch, which takes what comes: leave it out")
    return FeedFiles(feed, feed.language or language)
