"""Look into the spool while a batch is being briefed: a thread, so that files settle meanwhile."""

import time
from collections.abc import Sequence
from threading import Event, Thread
from typing import Self

from pipeline.desk.spool import Delivery, Known, Spool
from pipeline.errors import FeedError

_QUIET_LOOKS = 2
"""After so many looks that find nothing, the first of which may have begun before something was
read, nothing is left."""


class Lookout:
    """A spool that is looked into all the time; used as a context manager.

    Args:
        spool: what is looked into.
        known: tells which files were read.
        seconds: between two looks.
    """

    def __init__(self, spool: Spool, known: Known, seconds: float) -> None:
        self._spool, self._known, self._seconds = spool, known, seconds
        self._found: Sequence[Delivery] = []
        self._error: FeedError | None = None
        self._quiet = 0
        self._ended = Event()
        self._thread = Thread(target=self._run, name="lookout", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._ended.set()
        self._thread.join()

    @property
    def waits(self) -> bool:
        """Tell whether something may be there that is not read."""
        return self._quiet < _QUIET_LOOKS

    def look(self, known: Known, moment: float) -> Sequence[Delivery]:
        """Return what the last look found; some of it may have been read since.

        Raises:
            FeedError: if the spool cannot be read.
        """
        del known, moment
        if self._error is not None:
            raise self._error
        return self._found

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._found = self._spool.look(self._known, time.monotonic())
                self._error = None
                is_quiet = not self._found and not self._spool.waits
                self._quiet = self._quiet + 1 if is_quiet else 0
            except FeedError as error:
                self._found, self._error, self._quiet = [], error, 0
            self._ended.wait(self._seconds)
