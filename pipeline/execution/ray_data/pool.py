"""Bring rows through steps with Ray Data, and bring again what was lost with a worker."""

import logging
import warnings
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import BackendError, ConfigError
from pipeline.execution.ray_data.cluster import room_for
from pipeline.execution.settings import Needs

LOG = logging.getLogger(__name__)

_MOST_LOSSES = 20
_IN_FLIGHT = 2
"""Rows at an actor: one is worked on, one waits, so that the actor need not."""

Work = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Step:
    """Some work on rows.

    Attributes:
        name: for messages.
        make: makes the work, in the process where it is done; it can be pickled.
        needs: of each actor.
        is_actor: the work is made once in an actor, and done there row by row; else made anew for
            each row, wherever there is room.
    """

    name: str
    make: Callable[[], Work]
    needs: Needs
    is_actor: bool = True


def bring(
    rows: Mapping[int, bytes],
    steps: Sequence[Step],
    again: Callable[[bytes, int], bytes],
    *,
    in_order: bool = False,
) -> Generator[tuple[int, bytes], None, None]:
    """Yield what the steps make of each row, by its number, as it is done.

    Rows whose worker or machine died are brought once more when the others are through; the actors
    that are left go on meanwhile, and dead ones are replaced where there is room.

    Args:
        rows: by number.
        steps: one after the other; each takes what the one before gave.
        again: makes a lost row ready for another try, given how often it was lost.
        in_order: yield them in the order of `rows`, as far as none was lost.

    Raises:
        BackendError: if workers cannot be started, or always die with a row.
        ConfigError: if the cluster has no room for an actor of each kind.
    """
    waiting, losses = dict(rows), Counter[int]()
    while waiting:
        for number, row in _round(waiting, steps, in_order=in_order):
            if waiting.pop(number, None) is not None:
                yield number, row
        if waiting:
            LOG.warning("%d parts were lost with their workers, and are made again", len(waiting))
        for number, row in waiting.items():
            losses[number] += 1
            if losses[number] > _MOST_LOSSES:
                raise BackendError(
                    f"a part was lost {_MOST_LOSSES} times with its worker. See the logs of Ray, "
                    "and whether the machines have memory enough for the models; then run again."
                )
            waiting[number] = again(row, losses[number])


def _round(
    rows: Mapping[int, bytes], steps: Sequence[Step], *, in_order: bool
) -> Iterator[tuple[int, bytes]]:
    import ray  # noqa: PLC0415
    from ray.exceptions import RayError  # noqa: PLC0415

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.max_errored_blocks = -1  # they are brought again
    context.execution_options.preserve_order = in_order
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    items = [{"number": number, "row": row} for number, row in rows.items()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what changes in later versions of Ray
        data = ray.data.from_items(items, override_num_blocks=len(items))
        for step in steps:
            data = _with(data, step, _workers(step, steps, len(items)))
        try:
            for row in data.iter_rows():
                yield int(row["number"]), bytes(row["row"])
        except RayError as error:
            reason = str(error).strip().splitlines()
            raise BackendError(
                f"workers cannot be started: {reason[-1] if reason else error!r}. The same version "
                "of wirebrief[ray] must be installed on all machines."
            ) from error


def _with(data: Any, step: Step, workers: int) -> Any:
    import ray  # noqa: PLC0415

    shared = {
        "batch_size": 1,
        "batch_format": "pyarrow",
        "num_cpus": step.needs.cpus,
        "num_gpus": step.needs.gpus or None,
    }
    if not step.is_actor:
        return data.map_batches(_Once(step.make).__call__, **shared)
    pool = ray.data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=_IN_FLIGHT)
    return data.map_batches(
        _Kept,
        fn_constructor_args=(step.make,),
        compute=pool,
        max_restarts=-1,
        max_task_retries=0,  # or a row whose actor has no machine any more would wait for ever
        **shared,
    )


def _workers(step: Step, steps: Sequence[Step], rows: int) -> int:
    """Return how many actors a step gets: as wanted, or its share of the room there is."""
    room = room_for(step.needs)
    if not room and step.is_actor:
        raise ConfigError(
            f"the cluster has no machine with {step.needs.cpus:g} CPUs and {step.needs.gpus:g} "
            f"GPUs for {step.name}: set what it needs in executor to less."
        )
    rivals = sum(bool(other.needs.gpus) == bool(step.needs.gpus) for other in steps)
    wanted = step.needs.workers or max(1, room // rivals)
    return max(1, min(wanted, rows))


class _Kept:
    """Work in an actor."""

    def __init__(self, make: Callable[[], Work]) -> None:
        self._work = make()

    def __call__(self, batch: Any) -> Any:
        return _worked(batch, self._work)


class _Once:
    """Work in a task."""

    def __init__(self, make: Callable[[], Work]) -> None:
        self._make = make

    def __call__(self, batch: Any) -> Any:
        return _worked(batch, self._make())


def _worked(batch: Any, work: Work) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    (row,) = batch.column("row").to_pylist()
    answer = pa.array([work(row)], pa.large_binary())
    return pa.table({"number": batch.column("number"), "row": answer})
