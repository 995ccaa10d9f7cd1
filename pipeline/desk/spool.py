"""Find the files of a spool folder that are whole: by looking, so that it works over NFS, too."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import ConfigError, FeedError

_UNFINISHED = (".part", ".tmp", "~")
DONE = ".done"
"""Folder within a spool that files are moved into."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells a file from what it was before."""

    size: int
    modified: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> "Stamp":
        """Ask the file system for it.

        Raises:
            OSError: if the file is gone, or may not be looked at.
        """
        return cls.read(path.stat())

    @classmethod
    def read(cls, found: os.stat_result) -> "Stamp":
        """Take it from what the file system says."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A whole file that came in, and has not been read.

    Attributes:
        path: where it is.
        stamp: what it is now.
    """

    path: Path
    stamp: Stamp


def written(path: Path) -> str | bytes:
    """Return a path as the database takes it: as text, or the bytes of a name that is no UTF-8."""
    name = os.fsencode(path)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name


def path_of(found: str | bytes) -> Path:
    """Return the path that was `written`."""
    return Path(os.fsdecode(found))


class Spool(Protocol):
    """Where deliveries come in."""

    @property
    def waits(self) -> bool:
        """Tell whether something is there that may not be whole yet."""

    def look(self, known: "Known", moment: float) -> Sequence[Delivery]:
        """Return what is whole and not known, the newest first."""


class Known(Protocol):
    """Remembers which files were read."""

    def knows(self, path: Path, stamp: Stamp) -> bool:
        """Tell whether the file was read as it is now."""


class NoSpool:
    """Nothing comes in."""

    waits = False

    def look(self, known: Known, moment: float) -> Sequence[Delivery]:
        """Find nothing."""
        del known, moment
        return []


class SpoolFolder:
    """A folder that files are put into: at once by renaming, or bit by bit.

    Files whose names say that they are not finished (`.name`, `name.part`, `name.tmp`, `name~`)
    and folders within it are left alone.

    Args:
        folder: the spool.
        settle_seconds: a file is whole when it was the same for so long.
    """

    def __init__(self, folder: Path, settle_seconds: float) -> None:
        self._folder, self._settle = folder, settle_seconds
        self._seen: dict[Path, tuple[Stamp, float]] = {}
        self.waits = False

    def look(self, known: Known, moment: float) -> Sequence[Delivery]:
        """Return what is whole and not known, the newest first.

        Args:
            known: tells which files were read.
            moment: now, on a clock that nobody sets.

        Raises:
            FeedError: if the folder cannot be read.
        """
        seen: dict[Path, tuple[Stamp, float]] = {}
        whole: list[Delivery] = []
        for path, stamp in self._files():
            if known.knows(path, stamp):
                continue
            before, since = self._seen.get(path, (None, moment))
            since = since if before == stamp else moment
            seen[path] = (stamp, since)
            if moment - since >= self._settle:
                whole.append(Delivery(path, stamp))
        self._seen = seen
        self.waits = len(seen) > len(whole)
        return sorted(whole, key=lambda found: (-found.stamp.modified, found.path.name))

    def _files(self) -> Iterator[tuple[Path, Stamp]]:
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name.endswith(_UNFINISHED):
                        continue
                    try:
                        if entry.is_file():
                            yield Path(entry.path), Stamp.read(entry.stat())
                    except FileNotFoundError:  # renamed or removed since
                        continue
        except OSError as error:
            raise FeedError(
                f"{self._folder}: the spool cannot be read ({error.strerror}). Check feed.path, "
                "its permissions, and whether it is mounted."
            ) from error


def open_spool(path: str, output_dir: Path, settle_seconds: float) -> SpoolFolder:
    """Return the spool that `feed.path` names.

    Raises:
        ConfigError: if results would land among deliveries.
        FeedError: if there is no such folder.
    """
    folder = Path(path).expanduser()
    if not folder.is_dir():
        raise FeedError(
            f"{path}: watch follows a folder, and this is none (looked from {Path.cwd()}). Make "
            "it, or set feed.path to the folder that deliveries are put into."
        )
    if folder.resolve() == output_dir.resolve():
        raise ConfigError(
            f"feed.path and output_dir are both {path}: results would be read as deliveries. Set "
            "output_dir to another folder."
        )
    return SpoolFolder(folder, settle_seconds)
