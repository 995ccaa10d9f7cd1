"""Watch how much memory the process holds while a stage is at work."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
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
    _look(peak)
    with _WATCHMAN.watching(peak):
        yield
    _look(peak)


class _Watchman:
    """Looks again and again, in one thread for all who want to know."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._peaks: dict[int, Peak] = {}
        self._wanted, self._pause = Event(), Event()
        self._thread: Thread | None = None

    @contextmanager
    def watching(self, peak: Peak) -> Iterator[None]:
        with self._lock:
            self._peaks[id(peak)] = peak
            self._wanted.set()
            if self._thread is None or not self._thread.is_alive():  # as after a fork
                self._thread = Thread(target=self._work, name="wirebrief-memory", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                del self._peaks[id(peak)]

    def _work(self) -> None:
        while self._wanted.wait():
            with self._lock:
                for peak in self._peaks.values():
                    _look(peak)
                if not self._peaks:
                    self._wanted.clear()
            self._pause.wait(_EVERY_SECONDS)


_WATCHMAN = _Watchman()


def _look(peak: Peak) -> None:
    peak.peak_bytes = max(peak.peak_bytes or 0, resident_bytes())


def resident_bytes() -> int:
    """Return this process's resident memory; where the system has no `/proc`, its peak so far."""
    try:
        return int(_STATM.read_text("ascii").split()[1]) * resource.getpagesize()
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak * (1 if sys.platform == "darwin" else 1024)
