"""Tell what a stream holds by its first bytes: an archive, lines, a document, or nothing of use."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from pipeline.errors import ArticleError
from pipeline.feed.archives import BROKEN, Kind, Member, gunzip, kind_of, members
from pipeline.feed.contents import ContentReader, opens_lines
from pipeline.feed.document import Document
from pipeline.feed.faults import fault
from pipeline.feed.first_bytes import medium_of
from pipeline.feed.folders import is_left_out, shown
from pipeline.feed.passed_over import PassedOver
from pipeline.feed.settings import AutoFeed
from pipeline.feed.unpacking import Budget, Joined, Limits, buffered, first_bytes
from pipeline.records import Article, Fault, Place

_HEAD = 65_536
_DEEPEST = 2
_LINES = frozenset({".jsonl", ".ndjson"})
_MAC = "__MACOSX"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A stream, and what is known of it.

    Attributes:
        source: where it is, for places.
        name: id of a plain text in it.
        suffix: ending of its file's name, in small letters.
        size: in bytes, of a file on disk, which can seek.
        is_named: the user named this very file.
        level: archives that it lies in.
        is_unzipped: it was in a gzip file, which is one archive together with a tar in it.
    """

    source: str
    name: str
    suffix: str = ""
    size: int | None = None
    is_named: bool = True
    level: int = 0
    is_unzipped: bool = False


class StreamReader:
    """Reads one stream after the other.

    Args:
        settings: the bounds.
        contents: reads what was recognised.
        passed: counts what holds no text.
    """

    def __init__(self, settings: AutoFeed, contents: ContentReader, passed: PassedOver) -> None:
        self._contents, self._passed = contents, passed
        self._most = settings.max_megabytes * 1_000_000
        self._megabytes = settings.max_megabytes
        self._limits = Limits(
            settings.max_ratio, settings.max_members, settings.max_unpacked_megabytes * 1_000_000
        )

    def read(
        self, stream: BinaryIO, delivery: Delivery, budget: Budget | None = None
    ) -> Iterator[Article | Fault]:
        """Yield one outcome for each item; one that says why, if there is none."""
        try:
            yield from self._read(stream, delivery, budget)
        except ArticleError as error:
            yield _told(delivery, error)
        except BROKEN as error:
            message = f"cannot be read on from here: {str(error)[:200] or type(error).__name__}"
            remedy = "Deliver it again; it is damaged or was cut off."
            yield fault(Place(delivery.source), "unreadable_file", message, remedy)

    def _read(
        self, stream: BinaryIO, delivery: Delivery, budget: Budget | None
    ) -> Iterator[Article | Fault]:
        head, joined = first_bytes(stream, _HEAD)
        if not head.strip() and len(head) < _HEAD:
            raise ArticleError("empty_file", "the file is empty", "Deliver it again, if need be.")
        kind, medium = kind_of(head), medium_of(head)
        if kind is not None:
            source = (stream, joined)
            yield from self._archive(kind, source, delivery, budget)
        elif medium is not None and not delivery.is_named:
            self._passed.medium(delivery.source, medium)
        elif delivery.suffix in _LINES or opens_lines(head):
            yield from self._contents.lines(joined, delivery.source, head)
        else:
            content = self._whole(head, joined, delivery)
            if len(content) <= self._most:
                document = Document(delivery.source, content)
                yield from self._contents.document(document, delivery.name, delivery.suffix)
            else:  # a line of many megabytes may open others
                rest = buffered(Joined(content, joined))
                yield from self._contents.lines(rest, delivery.source, content)

    def _whole(self, head: bytes, stream: BinaryIO, delivery: Delivery) -> bytes:
        """Read a document that is not too large, or the beginning of large lines."""
        may_be_lines = head.lstrip().startswith(b"{")
        if (delivery.size or 0) <= self._most or may_be_lines:
            content = stream.read(self._most + 1)
            if len(content) <= self._most or (may_be_lines and opens_lines(content)):
                return content
        message = f"the document has more than {self._megabytes:,} megabytes"
        remedy = "Part it, or set feed.max_megabytes to more."
        raise ArticleError("too_large", message, remedy)

    def _archive(
        self,
        kind: Kind,
        source: tuple[BinaryIO, BinaryIO],
        delivery: Delivery,
        outer: Budget | None,
    ) -> Iterator[Article | Fault]:
        level = delivery.level - (kind == "tar" and delivery.is_unzipped)
        if level >= _DEEPEST:
            message = f"an archive in an archive in an archive ({kind})"
            remedy = "Archives are read one level deep; unpack the outer one."
            raise ArticleError("nested_archive", message, remedy)
        budget = Budget(self._limits, delivery.size, outer)
        stream, joined = source
        if kind == "gzip":
            inner = Delivery(
                source=delivery.source,
                name=delivery.name.removesuffix(".txt"),
                suffix=PurePosixPath(delivery.source.lower().removesuffix(".gz")).suffix,
                is_named=delivery.is_named,
                level=level + 1,
                is_unzipped=True,
            )
            yield from self.read(gunzip(joined, budget), inner, budget)
            return
        if kind == "zip":
            joined = self._seekable(joined, stream, delivery)
        yield from self._members(members(kind, joined, budget), delivery, level + 1, budget)

    def _seekable(self, joined: BinaryIO, stream: BinaryIO, delivery: Delivery) -> BinaryIO:
        if delivery.size is not None:
            stream.seek(0)
            return stream
        content = joined.read(self._most + 1)
        if len(content) > self._most:
            message = f"a zip of more than {self._megabytes:,} megabytes that is no file on disk"
            remedy = "Unpack what it lies in, or set feed.max_megabytes to more."
            raise ArticleError("too_large", message, remedy)
        return io.BytesIO(content)

    def _members(
        self, found: Iterator[Member], delivery: Delivery, level: int, budget: Budget
    ) -> Iterator[Article | Fault]:
        is_empty = True
        for member in found:
            is_empty = False
            budget.enter()
            inner = _inner(member, delivery, level)
            if member.problem is not None:
                yield _told(inner, member.problem)
            elif any(is_left_out(part) or part == _MAC for part in member.name.split("/")):
                self._passed.hidden(inner.source)
            else:
                yield from self._member(member, inner, budget)
            if budget.is_spent:
                return
        if is_empty:
            message = "the archive holds no file"
            raise ArticleError("empty_file", message, "Deliver it again, if need be.")

    def _member(self, member: Member, inner: Delivery, budget: Budget) -> Iterator[Article | Fault]:
        try:
            stream = member.open()
        except BROKEN as error:
            message = f"cannot be unpacked: {str(error)[:200]}"
            yield fault(Place(inner.source), "unreadable_file", message, "Deliver it again.")
        else:
            yield from self.read(stream, inner, budget)


def _inner(member: Member, delivery: Delivery, level: int) -> Delivery:
    path = PurePosixPath(member.name)
    name = f"{delivery.name.removesuffix('.tar')}/{path.with_suffix('') if path.name else ''}"
    source = f"{delivery.source}!/{shown(member.name)}"
    return Delivery(source, shown(name), path.suffix.lower(), is_named=False, level=level)


def _told(delivery: Delivery, error: ArticleError) -> Fault:
    return fault(Place(delivery.source), error.reason, str(error), error.remedy)
