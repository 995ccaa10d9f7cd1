"""Walk through folders: every file once, in order, and a reason for each that is left out."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from pipeline.errors import ArticleError

_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".swp", "~")
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to would block for ever
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that lies in a folder.

    Attributes:
        path: where it lies.
        kind: a file that is to be read, one that is hidden or unfinished, a link or a device, or a
            folder that cannot be listed.
        why: what the system says of such a folder.
    """

    path: Path
    kind: Literal["file", "hidden", "special", "closed"] = "file"
    why: str = ""


def walk(folder: Path) -> Iterator[Found]:
    """Yield what lies in a folder and the folders in it, by name. Links are not followed.

    Of each folder only the names are kept: a delivery may be a hundred thousand files.
    """
    stack = [_listed(folder)]
    while stack:
        found = next(stack[-1], None)
        if found is None:
            stack.pop()
        elif isinstance(found, Found):
            yield found
        else:
            stack.append(_listed(found))


def _listed(folder: Path) -> Iterator[Found | Path]:
    """Yield what lies in a folder, folders as paths."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - paths take ten times the memory
    except OSError as error:
        yield Found(folder, "closed", error.strerror or str(error))
        return
    for name in names:
        yield _told(folder, name)


def _told(folder: Path, name: str) -> Found | Path:
    path = folder / name
    if is_left_out(name):
        return Found(path, "hidden")
    try:
        mode = path.lstat().st_mode
    except OSError:  # it is gone by now: opening it tells
        return Found(path)
    if stat.S_ISDIR(mode):
        return path
    return Found(path, "file" if stat.S_ISREG(mode) else "special")


def is_left_out(name: str) -> bool:
    """Tell a hidden file, or one that somebody is still writing."""
    return name.startswith(".") or name.casefold().endswith(_UNFINISHED)


def shown(path: Path | str) -> str:
    """Return a path that every file can hold; bytes that are no UTF-8 are written out."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def open_file(path: Path, *, follows: bool) -> tuple[BinaryIO, int]:
    """Return a file that is open for reading, and its size.

    Args:
        path: of a file.
        follows: read what a link leads to.

    Raises:
        ArticleError: if it is no file, is gone, or may not be read.
    """
    flags = _FLAGS | (0 if follows else getattr(os, "O_NOFOLLOW", 0))
    try:
        if not stat.S_ISREG(path.stat(follow_symlinks=follows).st_mode):
            raise not_a_file()
        descriptor = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError):
        message = "it was there when the folder was listed, and is gone"
        raise ArticleError("unreadable_file", message, "Nothing, if it was moved on.") from None
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ArticleError("unreadable_file", message, "Check the file.") from None
    opened = os.fstat(descriptor)
    if not stat.S_ISREG(opened.st_mode):
        os.close(descriptor)
        raise not_a_file()
    return os.fdopen(descriptor, "rb"), opened.st_size


def not_a_file() -> ArticleError:
    """Return the error of what is no file."""
    message = "it is a link, a pipe, a device or the like, not a file"
    remedy = "Name it as feed.path if it is a link; pipe it in with feed.path=- if it is a pipe."
    return ArticleError("not_a_file", message, remedy)
