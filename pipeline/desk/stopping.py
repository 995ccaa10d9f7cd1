"""Stop cleanly on SIGTERM and Ctrl-C: between two steps at once, within a batch by giving it up."""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Self

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopped(BaseException):
    """The batch was given up, as the command is to end: no error, nothing for a stage to catch."""


class StopSignal:
    """Hears that the command is to end; used as a context manager in the main thread."""

    def __init__(self) -> None:
        self.is_heard = False
        self._may_interrupt = False

    def __enter__(self) -> Self:
        """Take over the signals."""
        # A pipe wakes the one who waits; a lock could be held by the thread that hears the signal.
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        self._before = {number: signal.signal(number, self._hear) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        """Give them back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._reading)
        os.close(self._writing)

    def wait(self, seconds: float) -> None:
        """Wait for so long, or until the command is to end."""
        select.select([self._reading], [], [], seconds)

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """Within, the signal is raised as `Stopped`: for work that may be given up anywhere."""
        self._may_interrupt = True
        try:
            if self.is_heard:
                raise Stopped
            yield
        finally:
            self._may_interrupt = False

    def _hear(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.is_heard = True
        with suppress(BlockingIOError):
            os.write(self._writing, b"!")
        if self._may_interrupt:
            self._may_interrupt = False
            raise Stopped
