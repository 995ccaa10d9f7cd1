"""Files behind an address such as `s3://bucket/a.jsonl`, on any file system that fsspec knows."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from pipeline.errors import FeedError
from pipeline.feed.files import find_files

_HERE = ("file://", "local://", "memory://")


def is_file_address(path: str) -> bool:
    """Tell whether a path is the address of a file system, not a path on this machine."""
    return "://" in path


def is_remote(path: str) -> bool:
    """Tell whether a path is an address that lies outside of this machine."""
    return is_file_address(path) and not path.startswith(_HERE)


def find_sources(path: str, patterns: tuple[str, ...]) -> list[Path | str | None]:
    """Return the files of a path or address: itself, a folder's, a glob's.

    Standard input is `None`.

    Raises:
        FeedError: if there is none, or one may not be read.
    """
    if not is_file_address(path):
        return list(find_files(path, patterns))
    with _explained(path):
        files, place = _file_system(path)
        if files.isdir(place):
            names = [name for pattern in patterns for name in files.glob(f"{place}/{pattern}")]
        else:
            names = files.glob(place) if "*" in path or "?" in path else [place]
        found = sorted(name for name in set(names) if files.isfile(name))
        if not found:
            raise FeedError(f"{path}: no such file. Check feed.path, and the keys to the storage.")
        return [files.unstrip_protocol(name) for name in found]


def open_source(source: Path | str) -> BinaryIO:
    """Open a file, or what lies behind an address."""
    return source.open("rb") if isinstance(source, Path) else open_address(source)


@contextmanager
def open_lines(source: Path | str) -> Iterator[BinaryIO]:
    """Open a text file, unpacked if it is a gzip file.

    Raises:
        OSError: if that is not possible.
    """
    with open_source(source) as stream:
        if not str(source).endswith(".gz"):
            yield stream
            return
        with gzip.open(stream) as unpacked:
            yield cast("BinaryIO", unpacked)


def open_address(address: str) -> BinaryIO:
    """Open what lies behind an address.

    Raises:
        OSError: if that is not possible.
    """
    files, place = _file_system(address)
    return cast("BinaryIO", files.open(place, "rb"))


def size_of_source(source: Path | str) -> int:
    """Return how many bytes a file has.

    Raises:
        FeedError: if it cannot be told.
    """
    with _explained(str(source)):
        if isinstance(source, Path):
            return source.stat().st_size
        files, place = _file_system(source)
        return int(files.size(place))


def _file_system(address: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415

    files, place = url_to_fs(address)
    return files, str(place)


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, ImportError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FeedError(
            f"{path[:200]}: cannot be opened ({reason}). Check feed.path and its permissions; a "
            "file system of its own may need a package, as s3:// needs s3fs."
        ) from error
