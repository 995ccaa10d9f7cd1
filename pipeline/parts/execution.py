"""Drive a feed through a cluster, part by part, and give the outcomes in feed order."""

import logging
import pickle
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline import errors
from pipeline.backend import CountedBackend
from pipeline.errors import BackendError, WirebriefError
from pipeline.execution.passing import Observer, StageCounts
from pipeline.execution.ray_data.cluster import cluster
from pipeline.execution.ray_data.pool import Step, bring
from pipeline.execution.settings import Needs, RayExecutor
from pipeline.feed.intake import Intake
from pipeline.feed.meter import FeedMeter
from pipeline.feed.stretches import StretchReader, Survey, can_be_cut
from pipeline.fingerprint import digest_code
from pipeline.parts.bundle import Assignment
from pipeline.parts.parcel import Done, Failure, Order
from pipeline.parts.plan import Plan, carried_orders
from pipeline.parts.recipe import recipe_of
from pipeline.parts.steps import part_steps
from pipeline.parts.store import PartStore
from pipeline.parts.survey import Surveyor
from pipeline.parts.table import read_part
from pipeline.parts.tally import Tally, add_counts, add_usage
from pipeline.records import Draft, Fault
from pipeline.sample import with_sample
from pipeline.settings import Settings
from pipeline.stage import Stage
from pipeline.staging import incoming_language

LOG = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class ClusterExecution:
    """Has workers of a Ray cluster take the feed through the stages.

    Args:
        settings: of the run.
        executor: those of the cluster.
        stages: in order; they are not run here, but tell what the models are, and are counted in.
        backends: their models.
        now: the clock that embargoes are checked against.
    """

    def __init__(
        self,
        settings: Settings,
        executor: RayExecutor,
        stages: Sequence[Stage],
        backends: Sequence[CountedBackend],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings, self._executor, self._now = settings, executor, now
        self._stages, self._backends = stages, backends
        self._store = PartStore(executor.parts or str(Path(settings.output_dir) / "parts"))
        self.counts = {stage.name: StageCounts() for stage in stages}

    def run(
        self, intake: Intake, meter: FeedMeter, observer: Observer
    ) -> Generator[Draft | Fault, None, None]:
        """Yield one outcome for each record of the feed, in order.

        Args:
            intake: gives the records of a feed that workers cannot read for themselves.
            meter: counts what was read.
            observer: hears of each part that is done.
        """
        assignment = Assignment(
            settings=self._settings,
            folder=str(Path.cwd()),
            code=digest_code(),
            recipe=recipe_of(self._settings, self._backends),
            parts=self._store.address,
            stages=tuple(stage.name for stage in self._stages),
        )
        with cluster(self._executor.address):
            if can_be_cut(with_sample(self._settings.feed)):
                orders, sizes = self._surveyed(assignment)
            else:
                orders, sizes = self._carried(intake)
            observer.expect(sum(sizes))
            yield from self._gathered(assignment, orders, sizes, meter, observer)
        for order in orders:
            if isinstance(order.source, str):
                self._store.remove(order.source)

    def close(self) -> None:
        """Close every stage."""
        for stage in self._stages:
            stage.close()

    def _surveyed(self, assignment: Assignment) -> tuple[list[Order], list[int]]:
        """Have the feed surveyed, and cut it into parts."""
        feed = with_sample(self._settings.feed)
        found = list(StretchReader(feed, incoming_language(self._settings)).find())
        rows = {number: pickle.dumps(stretch) for number, stretch in enumerate(found)}
        make = partial(Surveyor, assignment, self._executor.rows)
        step = Step("reading the feed", make, Needs(), is_actor=False)
        answers = bring(rows, [step], lambda row, _: row, in_order=True)
        with Plan(feed.limit) as plan, closing(_in_order(answers)) as surveys:
            for number, row in surveys:
                plan.take(found[number], _answer(row, Survey))
                if plan.is_full:
                    break
            orders = list(plan.orders(self._now()))
        return orders, [_size(order) for order in orders]

    def _carried(self, intake: Intake) -> tuple[list[Order], list[int]]:
        """Read the feed here, and keep its records where workers find them."""
        found = list(
            carried_orders(intake.articles(), self._store, self._executor.rows, self._now())
        )
        return [order for order, _ in found], [size for _, size in found]

    def _gathered(
        self,
        assignment: Assignment,
        orders: Sequence[Order],
        sizes: Sequence[int],
        meter: FeedMeter,
        observer: Observer,
    ) -> Iterator[Draft | Fault]:
        rows = {order.number: pickle.dumps(order) for order in orders}
        steps = part_steps(self._executor, assignment)
        told = self._told(bring(rows, steps, _again), observer)
        position = 0
        with closing(_in_order(told)) as parts:
            for number, done in parts:
                outcomes = read_part(self._store.get(done.file))
                if len(outcomes) != sizes[number]:
                    raise AssertionError(f"part {number}: {sizes[number]} in, {len(outcomes)} out")
                self._count(done.tally, meter)
                for outcome in outcomes:
                    yield replace(outcome, position=position)
                    position += 1

    def _told(
        self, answers: Generator[tuple[int, bytes], None, None], observer: Observer
    ) -> Generator[tuple[int, Done], None, None]:
        """Tell the observer of each part as it comes, whatever its place."""
        with closing(answers):
            for number, row in answers:
                done = _answer(row, Done)
                for name, stage in done.tally.stages.items():
                    observer.advance(name, stage.counts.entered)
                yield number, done

    def _count(self, tally: Tally, meter: FeedMeter) -> None:
        meter.add(tally.entered, tally.set_aside, tally.faults, tally.seconds)
        for stage in self._stages:
            found = tally.stages[stage.name]
            add_counts(self.counts[stage.name], found.counts)
            add_usage(stage.usage, found.usage)


def _answer(row: bytes, kind: type[Answer]) -> Answer:
    """Return what a worker answered.

    Raises:
        WirebriefError: that ended its work.
    """
    answer = pickle.loads(row)  # noqa: S301 - from our own workers
    if isinstance(answer, Failure):
        known = getattr(errors, answer.kind, BackendError)
        error: WirebriefError = known(answer.message)
        raise error
    if not isinstance(answer, kind):
        raise TypeError(f"a worker answered with {type(answer).__name__}")
    return answer


def _again(row: bytes, losses: int) -> bytes:
    order: Order = pickle.loads(row)  # noqa: S301 - pickled here
    return pickle.dumps(replace(order, losses=losses))


def _size(order: Order) -> int:
    return 0 if isinstance(order.source, str) else order.source.count or 0


def _in_order(
    numbered: Generator[tuple[int, Answer], None, None],
) -> Generator[tuple[int, Answer], None, None]:
    """Yield pairs by their numbers, which begin at 0; what comes early waits."""
    waiting: dict[int, Answer] = {}
    wanted = 0
    with closing(numbered):
        for number, answer in numbered:
            waiting[number] = answer
            while wanted in waiting:
                yield wanted, waiting.pop(wanted)
                wanted += 1
