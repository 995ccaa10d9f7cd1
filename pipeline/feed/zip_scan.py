"""Read a zip from front to back: one that lost its directory, or whose directory is too large."""

import struct
import zlib
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import BinaryIO
from zipfile import BadZipFile

from pipeline.feed.unpacking import Budget

_HEADER = struct.Struct("<4s5HL2L2H")
_SIGNATURE = b"PK\x03\x04"
_SIGNATURES = frozenset({_SIGNATURE, b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06"})
_SIZE_FOLLOWS, _UTF8, _DEFLATED = 0x8, 0x800, 8
_LARGE = 0xFFFFFFFF
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a zip.

    Attributes:
        name: with its folders.
        flags: bits of its header.
        method: how it is packed.
        packed: bytes that it takes.
        start: where they begin.
        checksum: CRC-32 of what it holds; `None` where the header names none.
    """

    name: str
    flags: int
    method: int
    packed: int
    start: int
    checksum: int | None = None


def scan(stream: BinaryIO, budget: Budget) -> Generator[Entry, None, bool]:
    """Yield the files of a zip; return whether it has an end, or breaks off.

    Args:
        stream: can seek.
        budget: what is unpacked only to find an end is counted too.
    """
    at = 0
    while (entry := _entry(stream, at)) is not None:
        if entry.flags & _SIZE_FOLLOWS and not entry.packed:
            if entry.method != _DEFLATED:
                return False  # nothing tells where it ends
            entry = replace(entry, packed=_length(stream, entry.start, budget))
        if not entry.name.endswith("/"):
            yield entry
        at = entry.start + entry.packed
        if entry.flags & _SIZE_FOLLOWS:
            at += _descriptor(stream, at)
    stream.seek(at)
    return stream.read(4) in _SIGNATURES


def _entry(stream: BinaryIO, at: int) -> Entry | None:
    stream.seek(at)
    head = stream.read(_HEADER.size)
    if len(head) < _HEADER.size or not head.startswith(_SIGNATURE):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _HEADER.unpack(head)
    name, extra = stream.read(name_length), stream.read(extra_length)
    if _LARGE in {packed, size}:
        packed = _large(extra, packed)
    charset = "utf-8" if flags & _UTF8 else "cp437"
    start = at + _HEADER.size + name_length + extra_length
    checksum = None if flags & _SIZE_FOLLOWS else crc
    return Entry(name.decode(charset, "replace"), flags, method, packed, start, checksum)


def _large(extra: bytes, packed: int) -> int:
    """Return the packed size of a file of more than 4 GB."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind == 1 and length >= 16:
            return int(struct.unpack_from("<Q", extra, 12)[0])
        extra = extra[4 + length :]
    return packed


def _length(stream: BinaryIO, start: int, budget: Budget) -> int:
    """Return how many bytes are deflated, by inflating them."""
    stream.seek(start)
    inflater, read = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while not inflater.eof:
        chunk = inflater.unconsumed_tail
        if not chunk:
            chunk = stream.read(_CHUNK)
            read += len(chunk)
        if not chunk:
            return read
        budget.take(len(inflater.decompress(chunk, _CHUNK)))
    return read - len(inflater.unused_data) - len(inflater.unconsumed_tail)


def _descriptor(stream: BinaryIO, at: int) -> int:
    """Return the length of what follows a file whose header names no size."""
    stream.seek(at)
    found = stream.read(28)
    signed = 4 if found.startswith(b"PK\x07\x08") else 0
    long = found[signed + 20 : signed + 24] in _SIGNATURES
    return signed + (20 if long else 12)


class Packed:
    """The bytes of a file in a zip."""

    def __init__(self, stream: BinaryIO, entry: Entry) -> None:
        self._stream, self._at, self._left = stream, entry.start, entry.packed
        is_deflated = entry.method == _DEFLATED
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS) if is_deflated else None
        self._expected, self._checksum = entry.checksum, 0

    def read(self, size: int) -> bytes:
        """Return some bytes, none at the end.

        Raises:
            EOFError: if they break off.
            BadZipFile: if they are not those that were packed.
        """
        found = self._unpacked(size)
        self._checksum = zlib.crc32(found, self._checksum)
        if not found and self._expected not in {None, self._checksum}:
            raise BadZipFile("its checksum does not match")
        return found

    def _unpacked(self, size: int) -> bytes:
        if self._inflater is None:
            return self._packed(size) if self._left else b""
        while not self._inflater.eof:
            chunk = self._inflater.unconsumed_tail or self._packed(_CHUNK)
            if found := self._inflater.decompress(chunk, max(size, 1)):
                return found
        return b""

    def _packed(self, size: int) -> bytes:
        self._stream.seek(self._at)
        found = self._stream.read(min(size, self._left))
        if not found:
            raise EOFError("it breaks off in the middle")
        self._at, self._left = self._at + len(found), self._left - len(found)
        return found
