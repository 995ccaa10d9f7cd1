"""Standard streams that are not there, or whose reader has gone."""

import os
import signal
import sys

_PIPE_CLOSED = 128 + signal.SIGPIPE
_STREAMS = ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY))


def open_missing_streams() -> None:
    """Open standard streams that are closed, as by `>&-`, onto nothing.

    Else the next file that is opened takes the number of one, and gets what is said there.
    """
    for number, mode in _STREAMS:
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, mode)  # the lowest number that is free
            os.set_inheritable(opened, True)  # noqa: FBT003 - it has no name
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def end_without_reader() -> int:
    """Let what is still to be said go nowhere, and return the exit status for a closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return _PIPE_CLOSED
