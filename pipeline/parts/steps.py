"""Which actors a part passes, and what each of them does with it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from pipeline.execution.ray_data.pool import Step
from pipeline.execution.settings import Needs, RayExecutor
from pipeline.parts.bundle import Assignment
from pipeline.parts.worker import PartWorker

_OTHERS = "others"


def part_steps(executor: RayExecutor, assignment: Assignment) -> list[Step]:
    """Return the steps: one for all stages, or one for each model and for what lies between.

    Args:
        executor: says what each kind of actor needs.
        assignment: of a worker that does everything.
    """
    if executor.fused:
        return [_step("worker", executor.worker, assignment)]
    names = assignment.stages
    runs = [(kind, tuple(run)) for kind, run in groupby(names, _kind)]
    return list(_parted(executor, assignment, runs))


def _parted(
    executor: RayExecutor, assignment: Assignment, runs: list[tuple[str, tuple[str, ...]]]
) -> Iterator[Step]:
    for number, (kind, stages) in enumerate(runs):
        needs: Needs = getattr(executor, kind)
        is_last = number == len(runs) - 1
        yield _step(kind, needs, replace(assignment, stages=stages, writes=is_last))


def _kind(stage: str) -> str:
    return stage if stage in {"translate", "abstract"} else _OTHERS


def _step(name: str, needs: Needs, assignment: Assignment) -> Step:
    return Step(name, partial(PartWorker, replace(assignment, cpus=needs.cpus)), needs)
