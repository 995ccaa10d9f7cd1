"""Permissions that are taken away while a run is on, and before."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.survival.kills import wait_for
from tests.survival.lab import Case, Lab, Trial
from tests.survival.runs import answer_of

BOUND = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Starts a command of root's that file modes bind, as they bind everybody else."""


PLACES: dict[str, Callable[[Case], Path]] = {
    "output_dir": lambda case: case.out,
    "the unfinished files": lambda case: case.out / ".unfinished",
    "the memo's folder": lambda case: case.memo.parent,
    "the memo": lambda case: case.memo,
}
MOMENTS = ("before", "as it begins to write", "before its commit")


def revoked(
    lab: Lab, places: Sequence[str] = tuple(PLACES), moments: Sequence[str] = MOMENTS
) -> Iterator[Trial]:
    """Take away the right to write, at several moments, and give it back."""
    if not can_run():
        return
    for what in places:
        for moment in moments:
            if (moment, what) == ("before", "the unfinished files"):
                continue
            case = lab.case("half")
            case.prefix = BOUND if os.geteuid() == 0 else ()
            yield _revoke(case, what, PLACES[what](case), moment)


def can_run() -> bool:
    """Tell whether file modes bind this user, or can be made to."""
    return os.geteuid() != 0 or shutil.which(BOUND[0]) is not None


def _revoke(case: Case, what: str, place: Path, moment: str) -> Trial:
    case.out.mkdir(exist_ok=True)
    if moment == "before":
        mode = _close(place)
        process = case.start()
    else:
        process = case.start()
        name = "briefs.jsonl" if moment == "as it begins to write" else "scores.json"
        wait_for((case.out / ".unfinished" / name).exists, process)
        mode = _close(place)
    answer = answer_of(process)
    problems = answer.problems(0, 1, 2)
    if mode is not None and place.exists():
        place.chmod(mode)
    problems += case.spoiled()
    if answer.status == 0:
        problems += case.differences()
    then, others = case.recover()
    return Trial(f"chmod a-w of {what}", moment, str(answer), then, (*problems, *others))


def _close(place: Path) -> int | None:
    try:
        mode = place.stat().st_mode
        place.chmod(mode & ~0o222)
    except FileNotFoundError:
        return None
    return mode
