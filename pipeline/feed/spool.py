"""Keep what is read in a temporary file, so that memory does not grow with the feed."""

import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from pipeline.errors import OutputError


@contextmanager
def room() -> Iterator[None]:
    """Within, a full disk for temporary files is told."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{tempfile.gettempdir()}: the feed cannot be kept there while it is read "
            f"({error.strerror}). Make room, or set TMPDIR to a folder with more."
        ) from error


def unspool(spool: IO[bytes]) -> Iterator[Any]:
    """Yield what was pickled into a file, from where it stands."""
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301 - written by this process, into a nameless file
        except EOFError:
            return
