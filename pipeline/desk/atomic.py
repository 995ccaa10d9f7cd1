"""Write a file so that it is there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.output.disk import refusal, sync

_PRIVATE = 0o600


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Replace a file by one with this content, on the disk before the function returns.

    Args:
        path: the file; its folder is made.
        content: all of it.
        private: only the user may read it.

    Raises:
        OutputError: if the disk is full, or similar; the older file is still there.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        with os.fdopen(handle, "wb") as stream:
            if private:
                os.fchmod(stream.fileno(), _PRIVATE)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
        sync(path.parent)


def remove(path: Path) -> None:
    """Remove a file that need not be there any more.

    Raises:
        OutputError: if the system refuses.
    """
    with explained(path):
        path.unlink(missing_ok=True)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Within, what the system refuses ends the command with a remedy."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({refusal(error)}). Make room or give permission there; "
            "the same command goes on where it stopped, nothing is lost."
        ) from error
