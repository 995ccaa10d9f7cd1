"""Ctrl-C before there is anything to stop. What commands import first, so it imports little."""

import os
import signal
from types import FrameType, TracebackType

INTERRUPTED = 128 + signal.SIGINT


class EndsAtOnce:
    """A context in which Ctrl-C ends the process quietly: for imports, when no work was begun."""

    def __enter__(self) -> None:
        """Take over, unless someone else has, or Ctrl-C is to do nothing."""
        self._before = signal.getsignal(signal.SIGINT)
        if self._before is signal.default_int_handler:
            signal.signal(signal.SIGINT, _end)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give back."""
        if self._before is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._before)


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    os._exit(INTERRUPTED)
