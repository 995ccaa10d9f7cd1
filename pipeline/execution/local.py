"""Run the stages in this process, window by window, in feed order."""

import itertools
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from pipeline.execution.passing import Observer, StageCounts, pass_drafts
from pipeline.records import Article, Draft, Fault
from pipeline.stage import Stage


class LocalExecution:
    """Drive articles through stages.

    Args:
        stages: in the order of the journey.
        window: articles that travel together; memory is bounded by it, not by the feed.
    """

    def __init__(self, stages: Sequence[Stage], window: int) -> None:
        self._stages = stages
        self._window = window
        self.counts = {stage.name: StageCounts() for stage in stages}

    def run(self, source: Iterable[Article | Fault], observer: Observer) -> Iterator[Draft | Fault]:
        """Yield one outcome for each input, in order."""
        inputs = iter(source)
        position = 0
        while window := list(itertools.islice(inputs, self._window)):
            outcomes: list[Draft | Fault] = [
                replace(item, position=position + offset)
                if isinstance(item, Fault)
                else Draft(article=item, position=position + offset)
                for offset, item in enumerate(window)
            ]
            position += len(window)
            if len(window) < self._window:
                observer.expect(position)
            for stage in self._stages:
                outcomes = self._pass(stage, outcomes, observer)
            yield from outcomes

    def close(self) -> None:
        """Close every stage."""
        for stage in self._stages:
            stage.close()

    def _pass(
        self, stage: Stage, outcomes: list[Draft | Fault], observer: Observer
    ) -> list[Draft | Fault]:
        drafts = [outcome for outcome in outcomes if isinstance(outcome, Draft)]
        started = time.perf_counter()
        advance = partial(observer.advance, stage.name)
        results = iter(pass_drafts(stage, drafts, advance) if drafts else [])
        merged = [next(results) if isinstance(item, Draft) else item for item in outcomes]
        counts = self.counts[stage.name]
        counts.entered += len(drafts)
        counts.faults += sum(isinstance(item, Fault) for item in merged) - (
            len(outcomes) - len(drafts)
        )
        counts.seconds += time.perf_counter() - started
        return merged
