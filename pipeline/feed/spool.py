"""Read back what was kept in a temporary file, so that memory does not grow with the feed."""

import pickle
from collections.abc import Iterator
from typing import IO, Any


def unspool(spool: IO[bytes]) -> Iterator[Any]:
    """Yield what was pickled into a file, from where it stands."""
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301 - written by this process, into a nameless file
        except EOFError:
            return
