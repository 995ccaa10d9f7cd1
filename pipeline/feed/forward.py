"""Read an archive from front to back, whatever its headers say."""

import io
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 20


class Forward:
    """A stream that knows where it is, and goes forward only.

    Attributes:
        last: the bytes that were read last.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._at, self.last = stream, 0, b""

    def read(self, size: int = -1) -> bytes:
        """Read a header.

        Raises:
            OSError: if it is larger than any header.
        """
        if not 0 <= size <= _LONGEST_HEADER:
            raise OSError(f"a header of {size:,} bytes")
        return self._take(size)

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._at

    def seekable(self) -> bool:
        """Tell that it can go forward."""
        return True

    def seek(self, position: int, whence: int = 0) -> int:
        """Go forward; the end of the stream stops it.

        Raises:
            OSError: if it would have to go back.
        """
        if whence or position < self._at:
            raise OSError("its headers point backwards")
        while self._at < position and self._take(min(_CHUNK, position - self._at)):
            pass
        return self._at

    def section(self, size: int) -> "Section":
        """Return the next bytes as a stream."""
        return Section(self, size)

    def _take(self, size: int) -> bytes:
        self.last = self._stream.read(size)
        self._at += len(self.last)
        return self.last

    def some(self, size: int) -> bytes:
        """Return bytes of a member.

        Raises:
            EOFError: if there are none.
        """
        found = self._take(min(size, _CHUNK))
        if not found:
            raise EOFError("it breaks off in the middle")
        return found


class Section(io.RawIOBase):
    """The next bytes of a stream."""

    def __init__(self, source: Forward, size: int) -> None:
        self._source, self._left = source, size

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer.

        Raises:
            EOFError: if the stream ends first.
        """
        view = memoryview(buffer).cast("B")
        wanted = min(len(view), self._left)
        data = self._source.some(wanted) if wanted else b""
        view[: len(data)] = data
        self._left -= len(data)
        return len(data)
