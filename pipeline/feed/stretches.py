"""Cut files of records into stretches that can be read by themselves, one beside the other."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ConfigError
from pipeline.feed.addresses import (
    find_sources,
    is_file_address,
    open_lines,
    open_source,
    size_of_source,
)
from pipeline.feed.files import STDIN
from pipeline.feed.jsonl import JsonlReader
from pipeline.feed.lines import encoding_of
from pipeline.feed.parquet import ParquetReader
from pipeline.feed.register import Entry, entry_of
from pipeline.feed.settings import FeedSettings, JsonlFeed, ParquetFeed
from pipeline.records import Article, Fault

_STRETCH_BYTES = 1 << 26
_HEAD = 65_536

Item = Article | Fault


@dataclass(frozen=True, slots=True)
class Stretch:
    """Records of one file that follow each other.

    Attributes:
        source: path as the user wrote it, or address.
        start: where it begins: a byte, or the records before it.
        end: byte at or behind which no line of it begins; `None` for the end of the file.
        passed: lines before it.
        count: records in it; `None` for all.
        seeks: it begins at a byte or row that can be gone to; else all before it is read, too.
    """

    source: str
    start: int = 0
    end: int | None = None
    passed: int = 0
    count: int | None = None
    seeks: bool = True


@dataclass(frozen=True, slots=True)
class Survey:
    """What a stretch holds.

    Attributes:
        cuts: the same records, so many each, with what decides which versions count.
        lines: in the stretch.
        ends: the rest of the file cannot be read, or is no record.
    """

    cuts: tuple[tuple[Stretch, tuple[Entry | None, ...]], ...]
    lines: int
    ends: bool


def can_be_cut(feed: FeedSettings) -> bool:
    """Tell whether several may read a feed at once."""
    return isinstance(feed, JsonlFeed | ParquetFeed) and feed.path != STDIN


class StretchReader:
    """Reads stretches of JSONL or Parquet files.

    Args:
        feed: which files, and how.
        language: of records that declare none.
        stretch_bytes: a plain JSONL file is cut at lines into stretches of this size.
    """

    def __init__(
        self, feed: FeedSettings, language: str, stretch_bytes: int = _STRETCH_BYTES
    ) -> None:
        if not isinstance(feed, JsonlFeed | ParquetFeed):
            raise ConfigError(f"feed: {type(feed).__name__} cannot be cut")
        self._feed = feed
        self._language = feed.language or language
        self._bytes = stretch_bytes

    def find(self) -> Iterator[Stretch]:
        """Yield stretches that cover all files, in order.

        Raises:
            FeedError: if there is no file, or one may not be read.
        """
        is_table = isinstance(self._feed, ParquetFeed)
        patterns = ("*.parquet",) if is_table else ("*.jsonl", "*.jsonl.gz")
        for source in find_sources(self._feed.path, patterns):
            if source is None:
                raise ConfigError("feed.path=-: standard input cannot be cut")
            if is_table or not _can_seek(source):
                yield Stretch(str(source), seeks=is_table)
                continue
            size = size_of_source(source)
            for start in range(0, max(size, 1), self._bytes):
                end = start + self._bytes
                yield Stretch(str(source), start, end if end < size else None)

    def survey(self, stretch: Stretch, records: int) -> Survey:
        """Read a stretch that `find` gave, and cut it after so many records."""
        if isinstance(self._feed, ParquetFeed):
            found = list(_cuts(stretch, records, self._table(stretch).read()))
            broken = any(fault is not None for _, _, fault in found)
            cuts = [(replace(cut, seeks=not broken), entries) for cut, entries, _ in found]
            return Survey(tuple(cuts), 0, ends=broken)
        if not stretch.seeks:
            with open_lines(_place(stretch.source)) as stream:
                items = self._lines().read_stream(stream, stretch.source)
                cuts = [(cut, entries) for cut, entries, _ in _cuts(stretch, records, items)]
            return Survey(tuple(cuts), 0, ends=False)
        with open_source(_place(stretch.source)) as stream:
            return self._survey_bytes(stream, stretch, records)

    def _survey_bytes(self, stream: BinaryIO, stretch: Stretch, records: int) -> Survey:
        start = _first_line(stream, stretch.start)
        lines = _Bounded(stream, start, stretch.end)
        items = self._lines().read_stream(lines, stretch.source, at_start=start == 0)
        cuts, broke = [], False
        where, passed = start, 0
        while part := list(islice(items, records)):
            cut = replace(stretch, start=where, end=None, passed=passed, count=len(part))
            cuts.append((cut, tuple(map(_entry, part))))
            where, passed = lines.position, lines.lines
            broke = broke or _breaks(part[-1])
        ends = broke or not lines.is_done
        return Survey(tuple(cuts), lines.lines, ends)

    def read(self, stretch: Stretch) -> Iterator[Item]:
        """Yield the records of a stretch that a survey cut.

        Raises:
            OSError: if the file is not there any more.
        """
        count = stretch.count
        if isinstance(self._feed, ParquetFeed):
            reader = self._table(stretch)
            if stretch.seeks:
                yield from islice(reader.read_from(stretch.start), count)
            else:
                yield from islice(reader.read(), stretch.start, stretch.start + (count or 0))
        elif stretch.seeks:
            with open_source(_place(stretch.source)) as stream:
                stream.seek(stretch.start)
                items = self._lines().read_stream(
                    stream, stretch.source, stretch.passed, at_start=stretch.start == 0
                )
                yield from islice(items, count)
        else:
            with open_lines(_place(stretch.source)) as stream:
                items = self._lines().read_stream(stream, stretch.source)
                yield from islice(items, stretch.start, stretch.start + (count or 0))

    def _lines(self) -> JsonlReader:
        encoding = self._feed.encoding if isinstance(self._feed, JsonlFeed) else "utf-8"
        return JsonlReader((), encoding, self._language, self._feed.max_characters)

    def _table(self, stretch: Stretch) -> ParquetReader:
        if not isinstance(self._feed, ParquetFeed):
            raise TypeError("no table")
        source = _place(stretch.source)
        return ParquetReader(
            [source], self._feed.columns, self._language, self._feed.max_characters
        )


class _Bounded:
    """The lines of a stream that begin before a byte."""

    def __init__(self, stream: BinaryIO, position: int, end: int | None) -> None:
        self._stream, self._end = stream, end
        self.position, self.lines = position, 0
        self.is_done = self._inside = False

    def readline(self, size: int = -1, /) -> bytes:
        is_behind = self._end is not None and self.position >= self._end and not self._inside
        data = b"" if is_behind else self._stream.readline(size)
        self.position += len(data)
        self._inside = bool(data) and not data.endswith(b"\n")
        self.lines += data.endswith(b"\n")
        self.is_done = self.is_done or not data
        return data

    def read(self, size: int = -1, /) -> bytes:
        raise io.UnsupportedOperation(f"read {size} bytes: only whole lines are read here")


def _cuts(
    stretch: Stretch, records: int, items: Iterable[Item]
) -> Iterator[tuple[Stretch, tuple[Entry | None, ...], Fault | None]]:
    """Yield so many records each, what is to be entered of them, and where reading broke off."""
    source, start = iter(items), 0
    while part := list(islice(source, records)):
        cut = replace(stretch, start=start, count=len(part))
        last = part[-1]
        broke = last if isinstance(last, Fault) and _breaks(last) else None
        yield cut, tuple(map(_entry, part)), broke
        start += len(part)


def _entry(item: Item) -> Entry | None:
    return None if isinstance(item, Fault) else entry_of(item)


def _breaks(item: Item) -> bool:
    return isinstance(item, Fault) and item.reason == "unreadable_file"


def _place(source: str) -> Path | str:
    return source if is_file_address(source) else Path(source)


def _can_seek(source: Path | str) -> bool:
    """Tell whether a JSONL file can be read from any line on: plain, and no marked UTF-16."""
    if str(source).endswith(".gz"):
        return False
    with open_source(source) as stream:
        head = stream.read(_HEAD)
    return encoding_of(head) not in {"utf-16", "utf-32"} and bool(head.strip())


def _first_line(stream: BinaryIO, start: int) -> int:
    """Go to the first line that begins at a byte or behind it, and return where that is."""
    if start:
        stream.seek(start - 1)
        while (skipped := stream.readline(_HEAD)) and not skipped.endswith(b"\n"):
            pass
    return stream.tell()
