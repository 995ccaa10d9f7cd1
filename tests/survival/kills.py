"""kill -9 at random moments, at each step of the commit, and of the process that converts."""

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.survival.lab import Case, Lab, Trial
from tests.survival.runs import Answer, answer_of, kill_group

_POLL = 0.002
_STEPS = "/^(rename|unlink|rmdir|mkdir|fsync|sync$)"
_CHAIN = 6


def random_kills(lab: Lab, draw: random.Random, count: int) -> Iterator[Trial]:
    """Kill runs anywhere in their life, several times before one may end."""
    killed, left = 0, 0
    case = lab.case()
    while killed < count:
        if not left:
            case = lab.case(draw.choice(["cold", "half"]), older=draw.random() < 0.5)
            left = draw.randint(1, _CHAIN)
        moment = draw.uniform(0, lab.warm_seconds * 1.5)
        process = case.start()
        time.sleep(moment)
        kill_group(process)
        answer = answer_of(process)
        killed += answer.status == -signal.SIGKILL
        left -= 1
        yield _judged(
            case, "kill -9", f"after {moment:.2f} s", answer, ends=not left or killed == count
        )


def kills_in_commit(lab: Lab, draw: random.Random, count: int) -> Iterator[Trial]:
    """Kill runs shortly after they began to put their results in order."""
    killed, left = 0, 0
    case = lab.case("warm")
    while killed < count:
        if not left:
            case = lab.case("warm", older=draw.random() < 0.5)
            left = draw.randint(1, _CHAIN)
        moment = draw.uniform(0, 0.15)
        sight = case.out / ".unfinished" / draw.choice(["scores.json", "run.json", "report.html"])
        before = _made(sight)
        process = case.start()
        wait_for(lambda: _made(sight) not in (None, before), process)  # noqa: B023 - called now
        time.sleep(moment)
        kill_group(process)
        answer = answer_of(process)
        killed += answer.status == -signal.SIGKILL
        left -= 1
        ends = not left or killed == count
        when = f"{moment * 1000:.0f} ms after {sight.name} was begun"
        yield _judged(case, "kill -9", when, answer, ends=ends)


def kills_at_steps(
    lab: Lab, draw: random.Random, count: int | None, part: tuple[int, int] = (0, 1)
) -> Iterator[Trial]:
    """Kill runs exactly at the calls that change names or reach the disk, with strace.

    Args:
        lab: where.
        draw: chooses among the calls.
        count: how many of them; `None` for all.
        part: of them only each so many-th, beginning with this one.
    """
    if shutil.which("strace") is None:
        return
    steps = _steps(lab)
    chosen = steps if count is None else sorted(draw.sample(steps, min(count, len(steps))))
    chosen = chosen[part[0] :: part[1]]
    for number, kind, call in chosen:
        case = lab.case("warm", older=True)
        case.prefix = _strace(f"inject={kind}:signal=SIGKILL:when={number}")
        answer = case.finish()
        case.prefix = ()
        yield _judged(case, "kill -9", f"at {kind} {number}, {call}", answer)


def _kill_children(process: subprocess.Popen[str]) -> None:
    for child in children(process.pid):
        os.kill(child, signal.SIGKILL)


VICTIMS: dict[str, Callable[[subprocess.Popen[str]], None]] = {
    "the run, not the conversion": lambda process: process.kill(),
    "the conversion, not the run": _kill_children,
    "the run with its conversion": kill_group,
}


def kills_of_conversion(
    lab: Lab, draw: random.Random, names: Sequence[str] = tuple(VICTIMS)
) -> Iterator[Trial]:
    """Kill the process that converts a model, the run above it, or both."""
    for what in names:
        case = lab.case("half")
        cache = case.folder / "cache"
        case.environment = {"XDG_CACHE_HOME": str(cache)}
        place = cache / "wirebrief" / "ctranslate2"
        process = case.start()
        wait_for(partial(_converts, process, place), process)
        moment = draw.uniform(0, 0.2)  # a starter is converted in less than a second
        time.sleep(moment)
        orphans = children(process.pid)
        VICTIMS[what](process)
        answer = answer_of(process)
        ended_before = () if orphans else (0,)
        problems = answer.problems(-signal.SIGKILL, 1, 2, *ended_before)
        if not wait_until(partial(_ended, orphans), 30):
            problems.append("the conversion goes on without its run")
        then, others = case.recover()
        left = [path.name for path in place.iterdir() if path.name.startswith(".making")]
        problems += [*others, *(f"{name} stays in the cache" for name in left)]
        yield Trial(
            f"kill -9 of {what}", f"{moment:.2f} s into it", str(answer), then, tuple(problems)
        )


def wait_for(seen: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait until something is seen, or the process has ended."""
    while process.poll() is None and not seen():
        time.sleep(_POLL)


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait until something holds, for so long; tell whether it does."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def children(parent: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(path.parent.name))
    return found


def alive(process: int) -> bool:
    """Tell whether a process runs."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _converts(process: subprocess.Popen[str], place: Path) -> bool:
    return bool(children(process.pid) and list(place.glob(".making-*")))


def _ended(processes: list[int]) -> bool:
    return not any(map(alive, processes))


def _made(path: Path) -> int | None:
    """Return when a file was made, `None` if it is not there."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _judged(case: Case, what: str, when: str, answer: Answer, *, ends: bool = True) -> Trial:
    problems = answer.problems(0, -signal.SIGKILL) + case.spoiled()
    then = "killed again"
    if ends:
        then, others = case.recover()
        problems += others
    problems += [f"the memo was set aside as {path.name}" for path in case.set_aside()]
    return Trial(what, when, str(answer), then, tuple(problems))


def _steps(lab: Lab) -> list[tuple[int, str, str]]:
    """Return the calls of a run that concern its output folder.

    Of each the number among its kind, the kind, and the names that it is about.
    """
    case = lab.case("warm", older=True)
    log = case.folder / "calls"
    case.prefix = ("strace", "-f", "-qq", "-o", str(log), "-e", f"trace={_STEPS}")
    case.finish()
    lines = [line.split(None, 1) for line in log.read_text("utf-8", "replace").splitlines()]
    main = lines[0][0]
    calls = [text for thread, text in lines if thread == main and "(" in text]
    name = re.compile(r"[^/\", ]+/?(?=\")")
    found = []
    counted: Counter[str] = Counter()
    for call in calls:
        kind = call.partition("(")[0]
        counted[kind] += 1
        if str(case.out) in call or kind in {"fsync", "sync"}:
            found.append((counted[kind], kind, " → ".join(name.findall(call))))
    return found


def _strace(*what: str) -> tuple[str, ...]:
    chosen = [part for text in (f"trace={_STEPS}", *what) for part in ("-e", text)]
    return ("strace", "-f", "-qq", "-o", "/dev/null", *chosen)
