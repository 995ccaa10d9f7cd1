"""Stages at work at the same time: one thread each, windows handed from one to the next."""

import time
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Self

from pipeline.execution.passing import Outcome, StageCounts, pass_window
from pipeline.stage import Stage

_GRACE_SECONDS = 3.0
"""A stage that is to stop ends its batch first; one that waits for a server is left behind."""


class _StoppedError(BaseException):
    """The window was given up: no error, nothing for a stage to catch."""


class Line:
    """A line of stages; used as a context manager by the thread that fills and empties it.

    The libraries that run models let other Python threads work meanwhile, so a model waits neither
    for reading nor for what is done with its outputs.

    Args:
        stages: in the order of the journey.
        counts: by the names of the stages, to be counted on.
        advance: hears, from several threads, how many articles more have passed which stage.

    Attributes:
        windows: how many are in the line.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        counts: dict[str, StageCounts],
        advance: Callable[[str, int], None],
    ) -> None:
        self._counts, self._advance = counts, advance
        self._belts: list[SimpleQueue[list[Outcome] | BaseException | None]] = [
            SimpleQueue() for _ in range(len(stages) + 1)
        ]
        self._stopped = Event()
        self._threads = [
            Thread(
                target=self._work, args=(place, stage), name=f"wirebrief-{stage.name}", daemon=True
            )
            for place, stage in enumerate(stages)
        ]
        self.windows = 0

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the stages, within a batch if they are at one."""
        self._stopped.set()
        for belt in self._belts[:-1]:
            belt.put(None)
        deadline = time.monotonic() + _GRACE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def put(self, window: list[Outcome]) -> None:
        """Have a window worked on."""
        self.windows += 1
        self._belts[0].put(window)

    @property
    def is_ready(self) -> bool:
        """Tell whether a window is finished."""
        return not self._belts[-1].empty()

    def take(self) -> list[Outcome]:
        """Wait for the window that was put first, and return its outcomes.

        Raises:
            WirebriefError: if a stage cannot work at all.
        """
        finished = self._belts[-1].get()
        self.windows -= 1
        if isinstance(finished, BaseException):
            raise finished
        return finished or []

    def _work(self, place: int, stage: Stage) -> None:
        """Be a stage's thread; an error goes down the line in the place of its window."""
        while (window := self._belts[place].get()) is not None and not self._stopped.is_set():
            if isinstance(window, list):
                window = self._worked_on(stage, window)
            self._belts[place + 1].put(window)

    def _worked_on(self, stage: Stage, window: list[Outcome]) -> list[Outcome] | BaseException:
        def advance(count: int) -> None:
            if self._stopped.is_set():
                raise _StoppedError
            self._advance(stage.name, count)

        try:
            return pass_window(stage, window, advance, self._counts[stage.name])
        except BaseException as error:  # noqa: BLE001 - who takes the window raises it
            return error
