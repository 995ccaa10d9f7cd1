"""Run the stages in this process, window by window, in feed order."""

import itertools
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.execution.line import Line
from pipeline.execution.passing import Observer, Outcome, StageCounts
from pipeline.records import Article, Draft, Fault
from pipeline.stage import Stage

_FIRST = 16
"""Articles of the first window; each later one has twice as many, up to the size that is set, so
that soon several stages have something to do."""
_UNDER_WAY = 4
"""Windows read and not yet given out: as many as stages that take long, and one that waits."""


class LocalExecution:
    """Drive articles through stages.

    The stages work at the same time, each on another window, in threads. The feed is read, and
    outcomes are given out, in the thread that asks for them.

    Args:
        stages: in the order of the journey.
        window: articles that travel together, at most; memory is bounded by it, not by the feed.
    """

    def __init__(self, stages: Sequence[Stage], window: int) -> None:
        self._stages = stages
        self._window = window
        self.counts = {stage.name: StageCounts() for stage in stages}

    def run(
        self, source: Iterable[Article | Fault], observer: Observer
    ) -> Generator[Outcome, None, None]:
        """Yield one outcome for each input, in order; closing it stops the stages."""
        windows = self._windows(source, observer)
        with Line(self._stages, self.counts, observer.advance) as line:
            for window in windows:
                line.put(window)
                while line.windows == _UNDER_WAY or line.is_ready:
                    yield from line.take()
            while line.windows:
                yield from line.take()

    def close(self) -> None:
        """Close every stage."""
        for stage in self._stages:
            stage.close()

    def _windows(
        self, source: Iterable[Article | Fault], observer: Observer
    ) -> Iterator[list[Outcome]]:
        """Yield the feed in windows; tell how long it is when it has ended."""
        inputs = iter(source)
        position, size = 0, min(_FIRST, self._window)
        while window := list(itertools.islice(inputs, size)):
            yield [
                replace(item, position=position + offset)
                if isinstance(item, Fault)
                else Draft(article=item, position=position + offset)
                for offset, item in enumerate(window)
            ]
            position += len(window)
            size = min(2 * size, self._window)
        observer.expect(position)
