"""Watch how much memory the process holds while a stage is at work."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

_EVERY_SECONDS = 0.05
_STATM = Path("/proc/self/statm")


class Peak(Protocol):
    """Whoever keeps the largest value."""

    peak_bytes: int | None


@contextmanager
def memory_watched(peak: Peak) -> Iterator[None]:
    """Within, note in `peak` the largest resident memory of this process.

    Memory belongs to the process: of stages at work at the same time each gets that of all.
    """
    ended = Event()

    def look() -> None:
        while True:
            peak.peak_bytes = max(peak.peak_bytes or 0, resident_bytes())
            if ended.wait(_EVERY_SECONDS):
                return

    thread = Thread(target=look, name="wirebrief-memory", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        peak.peak_bytes = max(peak.peak_bytes or 0, resident_bytes())


def resident_bytes() -> int:
    """Return this process's resident memory; where the system has no `/proc`, its peak so far."""
    try:
        return int(_STATM.read_text("ascii").split()[1]) * resource.getpagesize()
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak * (1 if sys.platform == "darwin" else 1024)
