"""Read lines of bounded length, and know Unicode text that names its encoding itself."""

import codecs
from collections.abc import Iterator
from typing import Protocol

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20


def encoding_of(head: bytes) -> str | None:
    """Return the encoding that a byte order mark names, if there is one."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


class Lines(Protocol):
    """A stream of which lines are read."""

    def readline(self, size: int = -1, /) -> bytes:
        """Return the rest of a line, or so many bytes of it."""

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes."""


def read_lines(
    stream: Lines, encoding: str, longest: int, *, at_start: bool = True
) -> Iterator[tuple[bytes | None, str]]:
    """Yield lines and their encoding; marked UTF-16 and UTF-32 come out as UTF-8.

    No line is read before it is asked for.

    Args:
        stream: at the beginning of a line.
        encoding: of text without a byte order mark.
        longest: a line of more bytes is yielded as `None`, and is never in memory whole.
        at_start: it is the first line, which may begin with a byte order mark.
    """
    first = stream.readline(longest)
    marked = encoding_of(first) if at_start else None
    if marked in {"utf-16", "utf-32"}:
        yield from ((line, "utf-8") for line in _decoded(first, stream, marked or "", longest))
        return
    line = first.removeprefix(codecs.BOM_UTF8) if at_start else first
    while line:
        if len(line) >= longest and not line.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield None, encoding
        else:
            yield line, encoding
        line = stream.readline(longest)


def _decoded(chunk: bytes, stream: Lines, encoding: str, longest: int) -> Iterator[bytes | None]:
    decoder = codecs.getincrementaldecoder(encoding)()
    held, skips = "", False
    while True:
        *lines, held = (held + decoder.decode(chunk, final=not chunk)).split("\n")
        for line in lines:
            yield None if skips or len(line) >= longest else line.encode()
            skips = False
        if len(held) >= longest:
            held, skips = "", True
        if not chunk:
            break
        chunk = stream.read(_CHUNK)
    if held or skips:
        yield None if skips else held.encode()
