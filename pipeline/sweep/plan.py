"""The plan of a sweep: which jobs there are, and what their folders are called."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.desk.atomic import write_whole
from pipeline.sweep.naming import folder_name, label

HIDDEN = ".sweep"
"""Folder in `output_dir` that holds the plan, and a line for each job that has ended."""

_NAME = "plan.json"


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """A job that is known before the sweep begins.

    Attributes:
        overrides: all of them, in the user's order.
        folder: its name in `output_dir`.
    """

    overrides: tuple[str, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known before the first job.

    Attributes:
        identity: tells the lines of this sweep from those of an earlier one.
        total: how many jobs there are.
        swept: settings with several values.
        unnamed: settings that folders are not named by, unless they are swept.
        alone: overrides of Hydra's that a job needs to run by itself.
        jobs: in order; none where a sweeper chooses them as it goes.
    """

    identity: str
    total: int
    swept: tuple[str, ...]
    unnamed: tuple[str, ...]
    alone: tuple[str, ...]
    jobs: tuple[PlannedJob, ...]

    def job(self, overrides: tuple[str, ...]) -> PlannedJob:
        """Return a job with its folder; the same overrides, the same folder."""
        return PlannedJob(overrides, folder_name(overrides, self.swept, self.unnamed))

    def label(self, job: PlannedJob) -> str:
        """Return what tells a job from the others."""
        return label(job.overrides, self.swept)


def write_plan(output_dir: Path, plan: Plan) -> None:
    """Leave the plan where jobs in other processes find it.

    Raises:
        OutputError: if it cannot be written.
    """
    content = json.dumps(asdict(plan), ensure_ascii=False, indent=2) + "\n"
    write_whole(output_dir / HIDDEN / _NAME, content.encode(errors="backslashreplace"))


def read_plan(output_dir: Path) -> Plan:
    """Return the plan of the sweep that goes on in a folder."""
    found = json.loads((output_dir / HIDDEN / _NAME).read_text(encoding="utf-8"))
    jobs = tuple(PlannedJob(tuple(job["overrides"]), job["folder"]) for job in found["jobs"])
    return Plan(
        identity=found["identity"],
        total=found["total"],
        swept=tuple(found["swept"]),
        unnamed=tuple(found["unnamed"]),
        alone=tuple(found["alone"]),
        jobs=jobs,
    )
