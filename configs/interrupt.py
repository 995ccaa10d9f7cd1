"""How the system stops a command: Ctrl-C, SIGTERM, SIGHUP. Imported first, so it imports little."""

import os
import signal
from types import FrameType, TracebackType

INTERRUPTED = 128 + signal.SIGINT
_ENDING = (signal.SIGTERM, signal.SIGHUP)


class ToldToEnd(KeyboardInterrupt):
    """Another signal than Ctrl-C's that asks for the same: to end, and leave all in order.

    Attributes:
        number: of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def hear_signals() -> None:
    """Let SIGTERM and SIGHUP be raised, unless they are to do nothing, as under `nohup`."""
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _raise)


def status_of(stop: KeyboardInterrupt) -> int:
    """Return the exit status that tells which signal it was."""
    return 128 + stop.number if isinstance(stop, ToldToEnd) else INTERRUPTED


class EndsAtOnce:
    """A context in which these signals end the process quietly: for imports, before any work."""

    def __enter__(self) -> None:
        """Take over, unless someone else has, or a signal is to do nothing."""
        known = (signal.default_int_handler, _raise)
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, *_ENDING)}
        self._before = {number: found for number, found in handlers.items() if found in known}
        for number in self._before:
            signal.signal(number, _end)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)


def _raise(number: int, frame: FrameType | None) -> None:
    del frame
    for other in _ENDING:  # who closes a terminal may send both, and one is enough
        signal.signal(other, signal.SIG_IGN)
    raise ToldToEnd(number)


def _end(number: int, frame: FrameType | None) -> None:
    del frame
    os._exit(128 + number)
