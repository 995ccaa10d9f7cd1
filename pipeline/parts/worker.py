"""What a worker does with a part. It knows nothing of the engine that brings it parts."""

import logging
import os
import pickle
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from pipeline.errors import FeedError, WirebriefError
from pipeline.execution.passing import pass_window
from pipeline.feed.intake import Preparation, admit
from pipeline.feed.planner import Planner
from pipeline.feed.register import Verdict
from pipeline.feed.stretches import StretchReader
from pipeline.parts.bundle import Assignment, open_stages
from pipeline.parts.parcel import Done, Failure, Order, Parcel
from pipeline.parts.store import PartStore, name_of
from pipeline.parts.table import read_tally, write_part
from pipeline.parts.tally import StageTally, copy_of, since
from pipeline.parts.trial import Trial
from pipeline.records import Article, Draft, Fault
from pipeline.sample import with_sample
from pipeline.stage import Stage
from pipeline.staging import incoming_language

LOG = logging.getLogger(__name__)

_CAREFUL_AFTER = 2
_NEWEST = Verdict("newest", "")


def told(work: Callable[[bytes], object], row: bytes) -> bytes:
    """Do some work; an error that ends the run is an answer, too."""
    try:
        answer = work(row)
    except WirebriefError as error:
        answer = Failure(type(error).__name__, str(error))
    except Exception as error:
        LOG.exception("a worker failed")
        where = os.uname().nodename
        answer = Failure("BackendError", f"a worker on {where}: {type(error).__name__}: {error}")
    return pickle.dumps(answer)


class PartWorker:
    """Takes parts through stages; models are loaded when the first part needs them.

    Args:
        assignment: what it is for.
    """

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._store = PartStore(assignment.parts)
        self._stages: Sequence[Stage] | None = None
        self._stack = ExitStack()
        settings = assignment.settings
        self._language = incoming_language(settings)
        planner = Planner(settings.treatment, settings.languages.target)
        self._preparation = Preparation(self._language, planner)

    def __call__(self, row: bytes) -> bytes:
        """Return what became of a pickled order or parcel, pickled."""
        return told(self._work, row)

    def close(self) -> None:
        """Close the stages."""
        self._stack.close()

    def _work(self, row: bytes) -> Parcel | Done | Failure:
        given = pickle.loads(row)  # noqa: S301 - from the driver, or from another worker
        if isinstance(given, Done | Failure):
            return given
        if self._stages is None:
            self._stages = open_stages(self._assignment, self._stack)
        parcel = given if isinstance(given, Parcel) else self._read(given)
        if isinstance(parcel, Done):
            return parcel
        is_careful = parcel.order.losses >= _CAREFUL_AFTER
        trial = Trial(self._store, parcel.name) if is_careful else None
        for stage in self._stages:
            self._pass(stage, parcel, trial)
        if not self._assignment.writes:
            return parcel
        content = write_part(parcel.outcomes, parcel.tally)
        file = self._store.put(parcel.name, content)
        if trial is not None:
            trial.end()
        return Done(parcel.order.number, file, parcel.tally)

    def _read(self, order: Order) -> Parcel | Done:
        """Read a part's records; if it was made already, that is all."""
        started = time.perf_counter()
        items = self._items(order)
        name = name_of(self._assignment.recipe, items)
        file = self._store.find(name)
        if file is not None:
            return Done(order.number, file, read_tally(self._store.get(file)))
        outcomes: list[Draft | Fault] = [
            Draft(item, position) if isinstance(item, Article) else item
            for position, item in enumerate(items)
        ]
        parcel = Parcel(order, name, outcomes)
        faults = [item for item in items if isinstance(item, Fault)]
        parcel.tally.count_input(faults, len(items))
        parcel.tally.seconds = time.perf_counter() - started
        return parcel

    def _items(self, order: Order) -> list[Article | Fault]:
        if isinstance(order.source, str):
            return self._store.inputs(order.source)
        settings = self._assignment.settings
        reader = StretchReader(with_sample(settings.feed), self._language)
        try:
            found = list(reader.read(order.source))
        except OSError as error:
            raise FeedError(
                f"{order.source.source}: cannot be read on {os.uname().nodename} ({error}). The "
                "feed must lie where all machines reach it, under the same path or an address."
            ) from error
        if len(found) != order.source.count:
            raise FeedError(f"{order.source.source}: the file changed during the run. Run again.")
        admitted = (
            admit(item, order.verdicts.get(index, _NEWEST), order.now)
            if isinstance(item, Article)
            else item
            for index, item in enumerate(found)
        )
        return [self._preparation.prepare(item) for item in admitted]

    def _pass(self, stage: Stage, parcel: Parcel, trial: Trial | None) -> None:
        before, tally = copy_of(stage.usage), StageTally()
        if trial is None:
            parcel.outcomes = pass_window(stage, parcel.outcomes, _nobody, tally.counts)
        else:
            parcel.outcomes = [
                _tried(stage, item, trial, tally) if isinstance(item, Draft) else item
                for item in parcel.outcomes
            ]
        tally.usage = since(before, copy_of(stage.usage))
        parcel.tally.stages[stage.name] = tally


def _tried(stage: Stage, draft: Draft, trial: Trial, tally: StageTally) -> Draft | Fault:
    """Pass one draft through a stage, if no worker dies of it."""
    refused = trial.begin(draft, stage.name)
    if refused is None:
        return pass_window(stage, [draft], _nobody, tally.counts)[0]
    tally.counts.entered += 1
    tally.counts.faults += 1
    return refused


def _nobody(_: int) -> None:
    """Hear of finished articles, and ignore it: parts are told when they are done."""
