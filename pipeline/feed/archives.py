"""Members of archives, one after the other, in memory only: nothing is ever unpacked to disk."""

import gzip
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Literal, cast

from pipeline.errors import ArticleError
from pipeline.feed.forward import Forward
from pipeline.feed.unpacking import Budget, Unpacked, buffered
from pipeline.feed.zip_scan import Entry, Packed, scan

Kind = Literal["zip", "tar", "gzip"]

BROKEN = (
    OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, struct.error, ValueError,
    OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the standard library raises on archives that are damaged, or made to do damage."""

_BLOCK = 512
_ENCRYPTED = 0x1
_LARGEST_DIRECTORY = 2_000_000
"""A directory of more bytes, as of 30,000 files, is not loaded, since loading takes ten times its
size; its archive is read from front to back."""

_AGAIN = "What came before was read; deliver it again."
_OFFICE = (b"[Content_Types].xml", b"mimetype", b"_rels/.rels", b"META-INF/")
_UNSAFE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        name: with its folders, parted by `/`.
        open: gives its bytes, as long as the next member was not asked for.
        problem: why it cannot be read.
    """

    name: str
    open: Callable[[], BinaryIO]
    problem: ArticleError | None = None


def kind_of(head: bytes) -> Kind | None:
    """Tell an archive by its first bytes; documents of office programs are none."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if head[30:].startswith(_OFFICE) else "zip"
    if len(head) >= _BLOCK:
        try:
            tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
        except (tarfile.HeaderError, ValueError):
            return None
        return "tar"
    return None


def gunzip(stream: BinaryIO, budget: Budget) -> BinaryIO:
    """Return the stream in a gzip file."""
    packed = Forward(stream)
    unpacked = gzip.GzipFile(fileobj=cast("BinaryIO", packed), mode="rb")
    return buffered(Unpacked(unpacked.read1, packed.tell, budget))


def members(kind: Kind, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Yield the files of an archive.

    Args:
        kind: `zip` or `tar`.
        stream: at its beginning; a zip's can seek.
        budget: what it may unpack to.

    Raises:
        ArticleError: where it breaks off; the members before that were yielded.
        BROKEN: the same, as the standard library tells it.
    """
    for member in _zip(stream, budget) if kind == "zip" else _tar(stream):
        if member.problem is None and _UNSAFE.match(member.name):
            message = "its name leads out of the archive"
            remedy = "Pack it with a relative name, if it is to be read."
            problem = ArticleError("unsafe_name", message, remedy)
            yield Member(member.name, member.open, problem)
        else:
            yield member


class _Bounded:
    """Refuses to read a directory that would fill the memory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _LARGEST_DIRECTORY:
            raise _TooLargeError
        return self._stream.read(size)


class _TooLargeError(Exception):
    """The directory of a zip is too large to be loaded."""


def _zip(stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    why = None
    try:
        archive = zipfile.ZipFile(cast("BinaryIO", _Bounded(stream)))
    except _TooLargeError:
        pass
    except BROKEN as error:
        why = str(error)
    else:
        with archive:
            yield from _listed(archive, budget)
        return
    is_whole = yield from _scanned(stream, budget)
    if why is not None or not is_whole:
        message = f"the archive is broken: {why or 'it breaks off'}"
        raise ArticleError("broken_archive", message, _AGAIN)


def _listed(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    for info in archive.infolist():
        if not info.is_dir():
            problem = _refused(info.flag_bits, info.compress_type, info.external_attr >> 16)
            reader = _counted(partial(_listed_reader, archive, info), info.compress_size, budget)
            yield Member(info.filename.replace("\\", "/"), reader, problem)


def _scanned(stream: BinaryIO, budget: Budget) -> Generator[Member, None, bool]:
    found = scan(stream, budget)
    while True:
        try:
            entry = next(found)
        except StopIteration as end:
            return bool(end.value)
        reader = _counted(partial(_scanned_reader, stream, entry), entry.packed, budget)
        problem = _refused(entry.flags, entry.method, 0)
        yield Member(entry.name.replace("\\", "/"), reader, problem)


def _listed_reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    return cast("zipfile.ZipExtFile", archive.open(info)).read1


def _scanned_reader(stream: BinaryIO, entry: Entry) -> Callable[[int], bytes]:
    return Packed(stream, entry).read


def _section(source: Forward, size: int) -> BinaryIO:
    return buffered(source.section(size))


def _counted(
    opened: Callable[[], Callable[[int], bytes]], packed: int, budget: Budget
) -> Callable[[], BinaryIO]:
    return lambda: buffered(Unpacked(opened(), lambda: packed, budget))


def _refused(flags: int, method: int, mode: int) -> ArticleError | None:
    if flags & _ENCRYPTED:
        message, remedy = "it is encrypted", "Deliver it without a password."
        return ArticleError("encrypted", message, remedy)
    if method not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        message = f"it is packed with method {method} of zip, which is not read"
        return ArticleError("unreadable_file", message, "Pack it with deflate, as most tools do.")
    return _no_file() if stat.S_ISLNK(mode) else None


def _no_file() -> ArticleError:
    message = "it is a link, a device or the like, not a file"
    return ArticleError("not_a_file", message, "Pack the file that is meant.")


def _tar(stream: BinaryIO) -> Iterator[Member]:
    source = Forward(stream)
    with closing(tarfile.open(fileobj=cast("BinaryIO", source), mode="r:")) as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined] # or they would fill the memory
            if info.isdir():
                continue
            is_file = info.isreg() and not info.issparse()
            reader = partial(_section, source, info.size)
            yield Member(info.name, reader, None if is_file else _no_file())
    if not source.last or source.last.strip(b"\0"):
        message = "the archive breaks off: no end where a member or the end should be"
        raise ArticleError("broken_archive", message, _AGAIN)
