"""Room for temporary files, which keep memory from growing with the feed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import OutputError


@contextmanager
def room(what: str) -> Iterator[None]:
    """Within, a full disk for temporary files is told.

    Args:
        what: is kept there, in words that fill the message.

    Raises:
        OutputError: if the file system refuses.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{tempfile.gettempdir()}: {what} cannot be kept there ({error.strerror}). Make room, "
            "or set TMPDIR to a folder with more."
        ) from error
