"""How large each of a run's files is, and its digest: what `run.json` records, to be verified."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Digest:
    """What a file, or a folder of files, holds.

    Attributes:
        bytes: of the file, or of all files of the folder together.
        sha256: of the file's bytes; of a folder, of the lines that `sha256sum` prints for its
            files, sorted by name: digest, two spaces, name.
    """

    bytes: int
    sha256: str


def digests(folder: Path, names: Iterable[str]) -> dict[str, Digest]:
    """Return a digest for each name that is there; names of folders end in a slash.

    Raises:
        OSError: if the file system refuses.
    """
    found = {}
    for name in names:
        path = folder / name
        if path.is_dir():
            found[f"{name}/"] = _of_folder(path)
        elif path.exists():
            found[name] = _of_file(path)
    return found


def _of_file(path: Path) -> Digest:
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return Digest(stream.tell(), sha256)


def _of_folder(folder: Path) -> Digest:
    size, listed = 0, hashlib.sha256()
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - paths take ten times the memory
        of_file = _of_file(folder / name)
        size += of_file.bytes
        listed.update(of_file.sha256.encode() + b"  " + os.fsencode(name) + b"\n")
    return Digest(size, listed.hexdigest())
