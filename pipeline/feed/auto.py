"""Read whatever was delivered: files, folders, globs, standard input, and addresses of feeds."""

import glob
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ArticleError, ConfigError, FeedError
from pipeline.feed.contents import ContentReader
from pipeline.feed.faults import fault
from pipeline.feed.files import STDIN, existing
from pipeline.feed.folders import Found, not_a_file, open_file, shown, walk
from pipeline.feed.passed_over import PassedOver
from pipeline.feed.settings import AutoFeed
from pipeline.feed.streams import Delivery, StreamReader
from pipeline.feed.subscription import Subscription
from pipeline.feed.web_address import is_address
from pipeline.records import Article, Fault, Place

_ARCHIVES = frozenset({".gz", ".tgz", ".tar", ".zip"})
_NO_PLAIN_TEXT = frozenset({".xml", ".json", ".jsonl", ".jpg", ".jpeg", ".png"})


class AutoReader:
    """Reads each file in the format that its content shows, in the order of their names.

    Args:
        settings: where, and within which bounds.
        language: of items that declare none.
        is_alone: a file that `path` names is what the user asked for; else it lies among others,
            and a picture is passed over.

    Raises:
        FeedError: if there is no such path.
        ConfigError: if the settings make no sense.
    """

    def __init__(self, settings: AutoFeed, language: str, *, is_alone: bool = True) -> None:
        self._is_alone = is_alone
        self._path, self._passed = settings.path, PassedOver()
        self._reader = StreamReader(settings, ContentReader(settings, language), self._passed)
        self._subscription = None
        self._place: Path | None = None
        if is_address(self._path):
            if settings.format != "rss":
                raise ConfigError(f"feed.path={self._path}: addresses are read with feed=rss")
            most = settings.max_megabytes * 1_000_000
            self._subscription = Subscription(self._path, settings.timeout_seconds, most)
        elif not self._path.strip():
            raise ConfigError("feed.path is empty: name a file, a folder, a glob, or - for stdin")
        elif self._path != STDIN:
            self._place = _checked(self._path)

    def read(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each item, and for each file that holds none.

        Raises:
            FeedError: if an address cannot be fetched.
        """
        if self._subscription is not None:
            content = self._subscription.fetch()
            if content is not None:
                yield from self._reader.read(io.BytesIO(content), Delivery(self._path, self._path))
        elif self._place is None:
            yield from self._reader.read(sys.stdin.buffer, Delivery("<stdin>", "stdin"))
        elif self._place.exists() and not self._place.is_dir():
            named = Found(self._place)
            yield from self._file(named, named.path.stem, follows=True, is_named=self._is_alone)
        else:
            ambiguous = _ambiguous(self._found())
            for found in self._found():
                path = found.path
                has_twin = _called(found) in ambiguous
                name = path.with_suffix("").as_posix() if has_twin else path.stem
                yield from self._file(found, name)
        yield from self._passed.told(shown(self._path))

    def files(self) -> list[Path] | None:
        """Return everything that lies where the feed is; `None` if it comes from elsewhere."""
        if self._place is None:
            return None
        if self._place.exists() and not self._place.is_dir():
            return [self._place]
        return [found.path for found in self._found()]

    def _found(self) -> Iterable[Found]:
        if self._place is None:
            return []
        return walk(self._place) if self._place.is_dir() else _matching(str(self._place))

    def _file(
        self, found: Found, name: str, *, follows: bool = False, is_named: bool = False
    ) -> Iterator[Article | Fault]:
        source = shown(found.path)
        if found.kind == "hidden":
            self._passed.hidden(source)
            return
        try:
            stream, size = _opened(found, follows=follows)
        except ArticleError as error:
            yield fault(Place(source), error.reason, str(error), error.remedy)
            return
        suffix = found.path.suffix.lower()
        with stream:
            delivery = Delivery(source, shown(name), suffix, size, is_named=is_named)
            yield from self._reader.read(stream, delivery)


def _opened(found: Found, *, follows: bool) -> tuple[BinaryIO, int]:
    if found.kind == "closed":
        message, remedy = f"the folder cannot be listed: {found.why}", "Check its rights."
        raise ArticleError("unreadable_file", message, remedy)
    if found.kind == "special":
        raise not_a_file()
    return open_file(found.path, follows=follows)


def _checked(path: str) -> Path:
    """Return a path that is there, or a pattern that something matches."""
    try:
        place = Path(path).expanduser()
        if glob.has_magic(path) and not place.exists():
            if next(glob.iglob(str(place), recursive=True), None) is None:  # noqa: PTH207
                raise FeedError(f"{path}: no file matches. Quote the pattern, check the folder.")
            return place
        place = existing(place)
        rights = os.R_OK | (os.X_OK if place.is_dir() else 0)
        if not os.access(place, rights):
            raise FeedError(f"{place}: this may not be read. Check its permissions.")
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FeedError(
            f"{path[:200]}: cannot be opened ({reason}). Check feed.path and its permissions."
        ) from None
    return place


def _matching(pattern: str) -> Iterator[Found]:
    for name in sorted(glob.iglob(pattern, recursive=True)):  # noqa: PTH207
        path = Path(name)
        if path.is_symlink():
            yield Found(path, "special")
        elif not path.is_dir():
            yield Found(path, "file" if path.is_file() else "special")


def _ambiguous(found: Iterable[Found]) -> frozenset[tuple[str, bool]]:
    """Return what several plain texts, or several archives, are called: their ids need the path."""
    seen, twice = set[int](), set[tuple[str, bool]]()
    for entry in found:
        if entry.kind == "file" and entry.path.suffix.lower() not in _NO_PLAIN_TEXT:
            called = _called(entry)
            key = hash(called)
            if key in seen:
                twice.add(called)
            seen.add(key)
    return frozenset(twice)


def _called(entry: Found) -> tuple[str, bool]:
    return entry.path.stem, entry.path.suffix.lower() in _ARCHIVES
