"""Work on several things at once, in threads that hold nobody up."""

import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_MINUTE = 60.0


class Pace:
    """Lets so many begin a minute, evenly spread."""

    def __init__(self, per_minute: float | None) -> None:
        self._gap = 0.0 if per_minute is None else _MINUTE / per_minute
        self._next = 0.0
        self._lock = Lock()

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        if not self._gap:
            return
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._gap
        time.sleep(max(0.0, turn - now))


def each(
    tasks: Sequence[Task], work: Callable[[Task], Result], threads: int
) -> Iterator[tuple[int, Result]]:
    """Yield each task's index and result as they are done; the first error ends it.

    Whoever stops reading stops the work: no further task is begun. What is under way then is left
    behind; its threads do not keep the process alive.
    """
    waiting: SimpleQueue[int] = SimpleQueue()
    done: SimpleQueue[tuple[int, Result] | Exception] = SimpleQueue()
    stopped = Event()
    for index in range(len(tasks)):
        waiting.put(index)

    def run() -> None:
        while not stopped.is_set():
            try:
                index = waiting.get_nowait()
            except Empty:
                return
            try:
                done.put((index, work(tasks[index])))
            except Exception as error:  # noqa: BLE001 - the reader raises it
                done.put(error)
                return

    for _ in range(min(threads, len(tasks))):
        Thread(target=run, name="wirebrief-ask", daemon=True).start()
    try:
        for _ in tasks:
            item = done.get()
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        stopped.set()
