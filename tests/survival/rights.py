"""Permissions that are taken away while a run is on, and before."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.survival.feed import ROOT
from tests.survival.kills import wait_for
from tests.survival.lab import Case, Lab, Trial, answer_of

NOBODY = 65534
"""Who runs where root does the test: modes do not bind root."""


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
            case = _unprivileged(lab.case("half"))
            yield _revoke(case, what, PLACES[what](case), moment)


def can_run() -> bool:
    """Tell whether the user who is to run can read the program."""
    command = [sys.executable, "-c", "import pipeline.assemble"]
    options = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, **options)
    return result.returncode == 0


def _revoke(case: Case, what: str, place: Path, moment: str) -> Trial:
    case.out.mkdir(exist_ok=True)
    _own(case.folder)
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
    who = f"uid {NOBODY}" if os.geteuid() == 0 else "the same user"
    return Trial(f"chmod a-w of {what} ({who})", moment, str(answer), then, (*problems, *others))


def _close(place: Path) -> int | None:
    try:
        mode = place.stat().st_mode
        place.chmod(mode & ~0o222)
    except FileNotFoundError:
        return None
    return mode


def _unprivileged(case: Case) -> Case:
    """Let the runs of a case be another user's, where this one may do everything."""
    if os.geteuid() == 0:
        case.options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        cache = case.folder / "cache"
        shutil.copytree(case.lab.cache / "wirebrief", cache / "wirebrief")
        case.environment = {"HOME": str(case.folder), "XDG_CACHE_HOME": str(cache)}
    return case


def _own(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, NOBODY, NOBODY)
