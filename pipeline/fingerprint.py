"""Digests of files, and JSON that is always written the same way."""

import hashlib
import json
import os
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from pathlib import Path

_CHUNK = 1 << 20
_ROOT = Path(__file__).parent
_WEIGHTS = "starters"
"""Digested as models where they are used."""


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and no optional white space; of a choice, its value."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_choice
    )


def digest_files(paths: Path | Iterable[Path]) -> str:
    """Return the SHA-256 of files by name and content, as 64 hexadecimal digits.

    Args:
        paths: a folder, of which every file counts, or files. Where they lie does not matter.
    """
    if isinstance(paths, Path):
        root = paths
        files = sorted(path for path in root.rglob("*") if path.is_file())
        names = [path.relative_to(root).as_posix() for path in files]
    else:
        files = sorted(paths, key=lambda path: path.name)
        names = [path.name for path in files]
    total = hashlib.sha256()
    for name, path in zip(names, files, strict=True):
        status = path.stat()
        content = _digest_file(path.resolve(), status.st_size, status.st_mtime_ns)
        total.update(f"{name}\0{content}\n".encode())
    return total.hexdigest()


@lru_cache(maxsize=1)
def digest_code() -> str:
    """Digest this package's own files: in a checkout code changes while the version does not."""
    total = hashlib.sha256()
    for package in (_ROOT, _ROOT.parent / "evaluation"):
        for folder, inner, names in os.walk(package):
            inner[:] = sorted(set(inner) - {"__pycache__", _WEIGHTS, "training"})
            for name in sorted(names):
                content = Path(folder, name).read_bytes()
                total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def size_of(files: Iterable[Path]) -> int:
    """Return how many bytes files have together."""
    return sum(path.stat().st_size for path in files)


def _choice(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no place in JSON")


@lru_cache(maxsize=4096)
def _digest_file(path: Path, size: int, modified: int) -> str:
    """Digest one file; `size` and `modified` make a changed file another cache entry."""
    del size, modified
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_CHUNK):
            found.update(block)
    return found.hexdigest()
