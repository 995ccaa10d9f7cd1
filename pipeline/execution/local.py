"""Run the stages in this process, window by window, in feed order."""

import itertools
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from pipeline.errors import ArticleError, WirebriefError
from pipeline.records import Article, Draft, Fault
from pipeline.stage import Stage

LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class StageCounts:
    """What went through a stage: `entered` drafts, of which `faults` ended there."""

    entered: int = 0
    faults: int = 0
    seconds: float = 0.0


class Observer(Protocol):
    """Whoever wants to know how far the run is; the terminal, or nobody."""

    def expect(self, total: int) -> None:
        """Learn how many articles there are, as soon as that is known."""

    def advance(self, stage: str, count: int) -> None:
        """Learn that `count` more articles have passed `stage`."""


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
        results = iter(_process(stage, drafts, observer) if drafts else [])
        merged = [next(results) if isinstance(item, Draft) else item for item in outcomes]
        counts = self.counts[stage.name]
        counts.entered += len(drafts)
        counts.faults += sum(isinstance(item, Fault) for item in merged) - (
            len(outcomes) - len(drafts)
        )
        counts.seconds += time.perf_counter() - started
        return merged


def _process(stage: Stage, drafts: list[Draft], observer: Observer) -> list[Draft | Fault]:
    """Process drafts together; if that fails for one of them or no known reason, one by one."""
    try:
        outcomes = list(stage.process(drafts, partial(observer.advance, stage.name)))
    except WirebriefError:
        raise
    except ArticleError:
        outcomes = [_process_alone(stage, draft) for draft in drafts]
    except Exception:
        LOG.exception("stage %s failed on %d articles together", stage.name, len(drafts))
        outcomes = [_process_alone(stage, draft) for draft in drafts]
    if len(outcomes) != len(drafts):
        raise AssertionError(f"stage {stage.name}: {len(drafts)} in, {len(outcomes)} out")
    return [
        replace(outcome, position=draft.position) if isinstance(outcome, Fault) else outcome
        for draft, outcome in zip(drafts, outcomes, strict=True)
    ]


def _process_alone(stage: Stage, draft: Draft) -> Draft | Fault:
    try:
        (outcome,) = stage.process([draft], lambda _: None)
    except WirebriefError:
        raise
    except ArticleError as error:
        return _fault(stage, draft, error)
    except Exception as error:  # noqa: BLE001 - one bad article never stops the others
        message = f"{type(error).__name__}: {error}"
        remedy = "This is a defect of wirebrief; please report it with this record."
        return _fault(stage, draft, ArticleError("internal_error", message, remedy))
    return outcome


def _fault(stage: Stage, draft: Draft, error: ArticleError) -> Fault:
    return Fault(
        place=draft.article.place,
        stage=stage.name,
        reason=error.reason,
        message=str(error),
        remedy=error.remedy,
        article_id=draft.article.id,
    )
