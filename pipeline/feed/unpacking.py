"""Bound what archives unpack to: a few kilobytes can stand for any number of gigabytes."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from pipeline.errors import ArticleError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_FREE = 1 << 20
"""What compresses well and is no longer than this harms nobody."""

_WHOLE = 4
"""An archive may have so many times the ratio of a file: one bomb must not hide what follows it."""

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What one archive, with all archives in it, may unpack to.

    Attributes:
        ratio: times its own size.
        members: files in it.
        unpacked: bytes.
    """

    ratio: int
    members: int
    unpacked: int


class Budget:
    """What an archive has unpacked so far, and the archives in it.

    Args:
        limits: what it may.
        packed: size of the archive, if it is known.
        outer: of the archive that it lies in.
    """

    def __init__(
        self, limits: Limits, packed: int | None = None, outer: "Budget | None" = None
    ) -> None:
        self.limits, self._outer = limits, outer
        self._most = limits.unpacked
        if packed is not None:
            self._most = min(self._most, max(_FREE, _WHOLE * limits.ratio * packed))
        self._bytes = self._members = 0

    @property
    def is_spent(self) -> bool:
        """Tell whether nothing more is to be unpacked."""
        if self._outer is not None and self._outer.is_spent:
            return True
        return self._bytes > self._most or self._members > self.limits.members

    def enter(self) -> None:
        """Count a member.

        Raises:
            ArticleError: if there are too many.
        """
        if self._outer is not None:
            self._outer.enter()
        self._members += 1
        if self._members > self.limits.members:
            message = f"the archive has more than {self.limits.members:,} members"
            remedy = "The first ones were read; part it, or set feed.max_members to more."
            raise ArticleError("too_many_members", message, remedy)

    def take(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            ArticleError: if they are too many.
        """
        if self._outer is not None:
            self._outer.take(size)
        self._bytes += size
        if self._bytes > self._most:
            message = f"the archive unpacks to more than {self._most / 1e6:,.0f} megabytes"
            remedy = (
                "What came before was read. If it is no bomb, part it, or set feed.max_ratio and "
                "feed.max_unpacked_megabytes to more."
            )
            raise ArticleError("archive_bomb", message, remedy)


class Unpacked(io.RawIOBase):
    """A stream that is counted while it is unpacked.

    Args:
        read: gives some unpacked bytes, none at their end.
        packed: tells how many packed bytes were read for them.
        budget: of the archive.
    """

    def __init__(
        self, read: Callable[[int], bytes], packed: Callable[[], int], budget: Budget
    ) -> None:
        self._read, self._packed, self._budget = read, packed, budget
        self._bytes = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer.

        Raises:
            ArticleError: if it unpacks to too much.
        """
        view = memoryview(buffer).cast("B")
        data = self._read(min(len(view), _CHUNK))
        view[: len(data)] = data
        self._bytes += len(data)
        self._budget.take(len(data))
        ratio = self._budget.limits.ratio
        if self._bytes > max(_FREE, ratio * max(self._packed(), 1)):
            message = f"it unpacks to more than {ratio} times its size"
            remedy = "If it is no bomb, unpack it yourself, or set feed.max_ratio to more."
            raise ArticleError("archive_bomb", message, remedy)
        return len(data)


class Joined(io.RawIOBase):
    """The first bytes of a stream, which were read to recognise it, and the rest of it.

    Args:
        head: those bytes.
        rest: the stream behind them.
        error: that ended the first bytes; it is raised where they end.
    """

    def __init__(self, head: bytes, rest: BinaryIO, error: Exception | None = None) -> None:
        self._head, self._rest, self._error = memoryview(head), rest, error

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer."""
        view = memoryview(buffer).cast("B")
        data: bytes | memoryview = self._head[: len(view)]
        if data:
            self._head = self._head[len(data) :]
        elif self._error is not None:
            raise self._error
        else:
            data = self._rest.read(min(len(view), _CHUNK))
        view[: len(data)] = data
        return len(data)


def first_bytes(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """Return the first bytes of a buffered stream, and all of it.

    Where it breaks off after some bytes, these are returned; the break is met when it is read on.
    """
    reader, parts, left = cast("io.BufferedReader", stream), [], size
    try:
        while left and (part := reader.read1(left)):
            parts.append(part)
            left -= len(part)
    except Exception as error:
        if not parts:
            raise
        head = b"".join(parts)
        return head, buffered(Joined(head, stream, error))
    head = b"".join(parts)
    return head, buffered(Joined(head, stream))


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """Return a stream whose reads are as long as they were asked for."""
    return cast("BinaryIO", io.BufferedReader(raw, _CHUNK))
