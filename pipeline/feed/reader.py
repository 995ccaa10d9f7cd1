"""Open the feed that the settings name."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from pipeline.errors import ConfigError
from pipeline.feed.addresses import find_sources
from pipeline.feed.auto import AutoReader
from pipeline.feed.files import find_files
from pipeline.feed.hub import HubReader
from pipeline.feed.jsonl import JsonlReader
from pipeline.feed.parquet import ParquetReader
from pipeline.feed.plaintext import PlaintextReader
from pipeline.feed.settings import (
    MAX_CHARACTERS,
    AutoFeed,
    BoundedFeed,
    FeedSettings,
    HubFeed,
    JsonlFeed,
    ParquetFeed,
    PlaintextFeed,
)
from pipeline.records import Article, Fault

_PATTERNS: dict[type[FeedSettings], tuple[str, ...]] = {
    JsonlFeed: ("*.jsonl", "*.jsonl.gz"),
    PlaintextFeed: ("*.txt",),
    ParquetFeed: ("*.parquet",),
}
"""What is read of a folder."""


class Reader(Protocol):
    """A feed that can be read once."""

    def read(self) -> Iterator[Article | Fault]:
        """Yield each record as an article, or as a fault with its reason."""


class Limited:
    """A reader that stops after so many records."""

    def __init__(self, reader: Reader, limit: int) -> None:
        self._reader, self._limit = reader, limit

    def read(self) -> Iterator[Article | Fault]:
        """Yield the first records."""
        return itertools.islice(self._reader.read(), self._limit)


def open_feed(settings: FeedSettings, default_language: str) -> Reader:
    """Return a reader; nothing is read yet, but what is missing is found now.

    Args:
        settings: one of the options of the `feed` group.
        default_language: of records that declare none, unless the settings name one.

    Raises:
        FeedError: if there is no such file, or it may not be read.
        ConfigError: if the settings make no sense.
    """
    language = settings.language or default_language
    reader = _open(settings, language)
    return reader if settings.limit is None else Limited(reader, settings.limit)


def feed_files(settings: FeedSettings) -> list[Path] | None:
    """Return what a feed is read from, in order; `None` where that is no file here.

    Raises:
        FeedError: if there is none, or one may not be read.
    """
    match settings:
        case JsonlFeed() | PlaintextFeed() | ParquetFeed():
            paths = find_sources(settings.path, _PATTERNS[type(settings)])
            files = [path for path in paths if isinstance(path, Path)]
            return files if len(files) == len(paths) else None
        case AutoFeed():
            return AutoReader(settings, "").files()
    return None


def _open(settings: FeedSettings, language: str) -> Reader:
    most = settings.max_characters if isinstance(settings, BoundedFeed) else MAX_CHARACTERS
    match settings:
        case JsonlFeed():
            sources = find_sources(settings.path, _PATTERNS[JsonlFeed])
            return JsonlReader(sources, _line_encoding(settings.encoding), language, most)
        case PlaintextFeed():
            paths = find_files(settings.path, _PATTERNS[PlaintextFeed])
            return PlaintextReader(paths, _encoding(settings.encoding), language, most)
        case ParquetFeed():
            sources = find_sources(settings.path, _PATTERNS[ParquetFeed])
            if None in sources:
                raise ConfigError("feed.path=-: Parquet cannot be read from standard input")
            files = [source for source in sources if source]
            return ParquetReader(files, settings.columns, language, most)
        case AutoFeed():
            if settings.encoding is not None:
                _encoding(settings.encoding)
            return AutoReader(settings, language)
        case HubFeed():
            return HubReader(settings, language)
    raise ConfigError(f"feed: {type(settings).__name__} is not known")


def _encoding(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        raise ConfigError(f"feed.encoding={name}: no such encoding; try utf-8 or cp1252") from None
    return name


def _line_encoding(name: str) -> str:
    """Check that lines can be told apart before they are decoded."""
    if "\n".encode(_encoding(name)) != b"\n":
        raise ConfigError(
            f"feed.encoding={name}: JSONL needs utf-8, cp1252 or the like; convert it, or "
            "leave the setting out where the file has a byte order mark"
        )
    return name
