"""After the last job: say what became of all, how to go on, and compare what is finished."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import WirebriefError
from pipeline.output.lock import FolderLock
from pipeline.sweep.ledger import FINISHED, JobLine, Outcome, write_list
from pipeline.sweep.naming import alone
from pipeline.sweep.plan import Plan, PlannedJob

_ORDER: tuple[Outcome, ...] = ("done", "reused", "faulty", "failed", "not run")


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sweep that goes on, as the process that launches its jobs knows it.

    Attributes:
        output_dir: of the whole sweep.
        plan: what its jobs are.
        lock: held, so that no other sweep writes there.
        compares: the finished runs are to be compared.
    """

    output_dir: Path
    plan: Plan
    lock: FolderLock
    compares: bool


_GOING_ON: list[Sweep] = []
"""At most one: Hydra gives its callbacks no way to hand something on."""


def goes_on(sweep: Sweep) -> None:
    """Remember the sweep that this process launches."""
    _GOING_ON[:] = [sweep]


def conclude(*, is_interrupted: bool) -> int | None:
    """Close the sweep that this process launched: list, remedies, comparison.

    Args:
        is_interrupted: the user, or an error outside the jobs, ended it early.

    Returns:
        the exit status of its worst job; `None` if there is no sweep of which a job ended.
    """
    if not _GOING_ON:
        return None
    sweep = _GOING_ON.pop()
    try:
        lines = write_list(sweep.output_dir, sweep.plan)
    except WirebriefError as error:
        print(f"wirebrief: {error}", file=sys.stderr)  # noqa: T201
        return error.status
    finally:
        sweep.lock.release()
    if all(line.status == "not run" for line in lines):
        return None
    _tell(sweep, lines)
    is_left = any(line.status == "not run" for line in lines)
    status = max(int(is_left), *(line.exit_status for line in lines))
    if status and not is_interrupted:
        print("\nthe same command again runs only what is not finished")  # noqa: T201
    folders = dict.fromkeys(line.folder for line in lines if line.status in FINISHED)
    if sweep.compares and len(folders) > 1 and not is_interrupted:
        _compare([sweep.output_dir / folder for folder in folders], sweep.output_dir)
    return status


def _tell(sweep: Sweep, lines: Sequence[JobLine]) -> None:
    counts = Counter(line.status for line in lines)
    told = ", ".join(f"{counts[status]} {status}" for status in _ORDER if counts[status])
    jobs = "1 job" if len(lines) == 1 else f"{len(lines)} jobs"
    print(f"{jobs}: {told}; {sweep.output_dir / 'sweep.json'} lists them")  # noqa: T201
    wrong = [line for line in lines if line.status in {"failed", "faulty"}]
    for status, reason in dict.fromkeys((line.status, line.reason) for line in wrong):
        print(f"\n{status}: {reason}")  # noqa: T201
        for line in wrong:
            if (line.status, line.reason) == (status, reason):
                folder = str(sweep.output_dir / line.folder)
                print(f"  {_named(sweep, line)}; to run it alone:")  # noqa: T201
                print(f"    {alone(line.overrides, folder, sweep.plan.alone)}")  # noqa: T201


def _named(sweep: Sweep, line: JobLine) -> str:
    return f"{line.number} {sweep.plan.label(PlannedJob(line.overrides, line.folder))}"


def _compare(folders: Sequence[Path], output_dir: Path) -> None:
    """Compare finished runs.

    Args:
        folders: of two runs or more, in the order of the jobs.
        output_dir: where the comparison goes.
    """
    from evaluation.compare import CompareError, compare_runs  # noqa: PLC0415

    try:
        compare_runs(folders, output_dir)
    except CompareError as error:
        print(f"wirebrief: the runs cannot be compared: {error}", file=sys.stderr)  # noqa: T201
