"""`sweep.json`: what became of each job, written anew whenever one has ended."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from pipeline.desk.atomic import write_whole
from pipeline.output.json_text import json_text
from pipeline.records import Json
from pipeline.sweep.plan import HIDDEN, Plan

Outcome = Literal["done", "reused", "faulty", "failed", "not run"]
"""`reused`: results of an earlier start are those of this job; `faulty`: it came to its end, with
more faults than `faults.max_share` allows."""

FINISHED: frozenset[Outcome] = frozenset({"done", "reused"})


@dataclass(frozen=True, slots=True)
class JobLine:
    """What became of a job.

    Attributes:
        number: place in the sweep, from 1.
        overrides: all of them.
        folder: its name in `output_dir`.
        status: what became of it.
        reason: why it failed.
        seconds: how long it took.
        exit_status: what the job would have ended with by itself.
        value: the objective, if there is one.
    """

    number: int
    overrides: tuple[str, ...]
    folder: str
    status: Outcome = "not run"
    reason: str | None = None
    seconds: float | None = None
    exit_status: int = 0
    value: float | None = None


def note(output_dir: Path, plan: Plan, line: JobLine) -> None:
    """Leave a job's line, and bring `sweep.json` up to date; any process may.

    Raises:
        OutputError: if it cannot be written.
    """
    record: Json = {"sweep": plan.identity, **_record(line)}
    text = json_text(record) + "\n"
    write_whole(
        output_dir / HIDDEN / f"{line.number}.job.json", text.encode(errors="backslashreplace")
    )
    write_list(output_dir, plan)


def write_list(output_dir: Path, plan: Plan) -> tuple[JobLine, ...]:
    """Write `sweep.json` from what the jobs have left; return the lines in the order of the jobs.

    Raises:
        OutputError: if it cannot be written.
    """
    with alone(output_dir / HIDDEN / "list.lock"):  # else a list could lack another job's line
        lines = read_lines(output_dir, plan)
        record: Json = {"total": plan.total, "jobs": [_record(line) for line in lines]}
        text = json_text(record, indent=2) + "\n"
        write_whole(output_dir / "sweep.json", text.encode(errors="backslashreplace"))
    return lines


def read_lines(output_dir: Path, plan: Plan) -> tuple[JobLine, ...]:
    """Return a line for each job that is planned or has ended, in order."""
    lines = {
        number: JobLine(number, job.overrides, job.folder)
        for number, job in enumerate(plan.jobs, start=1)
    }
    for path in (output_dir / HIDDEN).glob("*.job.json"):
        found = json.loads(path.read_text(encoding="utf-8"))
        if found.pop("sweep") == plan.identity:
            line = JobLine(**found)
            lines[line.number] = replace(line, overrides=tuple(line.overrides))
    return tuple(lines[number] for number in sorted(lines))


def forget_lines(output_dir: Path) -> None:
    """Remove what jobs of an earlier start have left."""
    for path in (output_dir / HIDDEN).glob("*.job.json"):
        path.unlink(missing_ok=True)


def _record(line: JobLine) -> dict[str, Json]:
    return {**asdict(line), "overrides": list(line.overrides)}


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other jobs waiting, in whichever process, that want the same file."""
    with path.open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
