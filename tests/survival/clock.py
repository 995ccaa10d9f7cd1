"""A clock that is moved, between two runs and under a run, with libfaketime."""

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence

from tests.survival.kills import wait_for
from tests.survival.lab import Case, Lab, Trial
from tests.survival.runs import answer_of, kill_group

_AHEAD, _BACK, _RIGHT = "+3650d", "-3650d", "+0"
UNDER_A_RUN = ((_AHEAD, _BACK), (_BACK, _AHEAD))
AFTER_KILL = (*UNDER_A_RUN, (_AHEAD, _RIGHT))


def moved_after_kill(lab: Lab, moves: Sequence[tuple[str, str]] = AFTER_KILL) -> Iterator[Trial]:
    """Move the clock between a kill and the run after it."""
    for at_first, later in moves if shutil.which("faketime") else ():
        case = lab.case("half")
        _at(case, at_first)
        process = case.start()
        time.sleep(lab.warm_seconds * 0.8)
        kill_group(process)
        killed = answer_of(process)
        problems = [*killed.problems(0, -signal.SIGKILL), *case.spoiled()]
        _at(case, later)
        answer = case.finish()
        problems += [*answer.problems(0), *case.differences()]
        case.environment = {}
        then, others = case.recover()
        when = f"{at_first} when killed, {later} after"
        yield Trial("clock moved", when, str(answer), then, (*problems, *others))


def moved_under_a_run(lab: Lab, moves: Sequence[tuple[str, str]] = UNDER_A_RUN) -> Iterator[Trial]:
    """Move the clock while a run is on."""
    for at_first, later in moves if shutil.which("faketime") else ():
        case = lab.case("half")
        _at(case, at_first)
        process = case.start()
        wait_for((case.out / ".unfinished" / "briefs.jsonl").exists, process)
        _at(case, later)
        answer = answer_of(process)
        problems = [*answer.problems(0), *case.differences()]
        case.environment = {}
        then, others = case.recover()
        when = f"from {at_first} to {later} under a run"
        yield Trial("clock moved", when, str(answer), then, (*problems, *others))


def _at(case: Case, moved: str) -> None:
    """Set the clock that the runs of a case see, also those that are on."""
    clock = case.folder / "clock"
    clock.write_text(moved)
    case.environment = {
        "LD_PRELOAD": _library(),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


def _library() -> str:
    """Return where libfaketime lies, as its own command says."""
    told = subprocess.run(
        ["faketime", "-f", "+0", "printenv", "LD_PRELOAD"],
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()
