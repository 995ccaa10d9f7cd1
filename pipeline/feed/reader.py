"""Open the feed that the settings name."""

import difflib
import glob
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from pipeline.errors import ConfigError, FeedError
from pipeline.feed.hub import HubReader
from pipeline.feed.jsonl import JsonlReader
from pipeline.feed.parquet import ParquetReader
from pipeline.feed.plaintext import PlaintextReader
from pipeline.feed.settings import (
    MAX_CHARACTERS,
    BoundedFeed,
    FeedSettings,
    HubFeed,
    JsonlFeed,
    ParquetFeed,
    PlaintextFeed,
)
from pipeline.records import Article, Fault

STDIN = "-"


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


def _open(settings: FeedSettings, language: str) -> Reader:
    most = settings.max_characters if isinstance(settings, BoundedFeed) else MAX_CHARACTERS
    match settings:
        case JsonlFeed():
            paths = find_files(settings.path, ("*.jsonl", "*.jsonl.gz"))
            return JsonlReader(paths, _line_encoding(settings.encoding), language, most)
        case PlaintextFeed():
            paths = find_files(settings.path, ("*.txt",))
            return PlaintextReader(paths, _encoding(settings.encoding), language, most)
        case ParquetFeed():
            paths = find_files(settings.path, ("*.parquet",))
            if None in paths:
                raise ConfigError("feed.path=-: Parquet cannot be read from standard input")
            files = [path for path in paths if path]
            return ParquetReader(files, settings.columns, language, most)
        case HubFeed():
            return HubReader(settings, language)
    raise ConfigError(f"feed: {type(settings).__name__} is not known")


def find_files(path: str, patterns: tuple[str, ...]) -> list[Path | None]:
    """Return the files of a path: itself, a folder's, a glob's; `None` is standard input.

    Raises:
        FeedError: if there is none, or one may not be read.
    """
    if path == STDIN:
        return [None]
    if not path.strip():
        raise ConfigError("feed.path is empty: name a file, a folder, a glob, or - for stdin")
    try:
        return list(_find(path, patterns))
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FeedError(
            f"{path[:200]}: cannot be opened ({reason}). Check feed.path and its permissions."
        ) from None


def _find(path: str, patterns: tuple[str, ...]) -> list[Path]:
    place = Path(path).expanduser()
    if place.is_dir():
        if not os.access(place, os.R_OK | os.X_OK):
            raise FeedError(f"{place}: this folder may not be read. Check its permissions.")
        found = sorted({f for pattern in patterns for f in place.glob(pattern) if f.is_file()})
        if not found:
            raise FeedError(f"{place}: no {' or '.join(patterns)} in this folder.")
    elif glob.has_magic(path) and not place.exists():
        found = sorted(Path(name) for name in glob.glob(str(place), recursive=True))  # noqa: PTH207
        found = [file for file in found if file.is_file()]
        if not found:
            raise FeedError(f"{path}: no file matches. Quote the pattern, and check the folder.")
    else:
        found = [_existing(place)]
    for file in found:
        if not os.access(file, os.R_OK):
            raise FeedError(f"{file}: this file may not be read. Check its permissions.")
    return found


def _existing(place: Path) -> Path:
    if place.exists():
        return place
    folder = place.parent
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    near = difflib.get_close_matches(place.name, names, n=1)
    hint = f"Did you mean {folder / near[0]}?" if near else "Set feed.path to a file that is there."
    raise FeedError(f"{place}: no such file (looked from {Path.cwd()}). {hint}")


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
