"""Do to runs what production does, and look what they leave: python -m tests.survival.

Every fault is injected into runs of the real command with the starter models on a feed of real
stories, some of them spoiled; afterwards a plain run must give byte for byte what a run gave to
which nothing happened. A line is printed for each fault; the status is 1 if anything is not as it
must be. As root it mounts small disks and gives up the right to pass over file modes; the first
line says what it does elsewhere. `strace` and `faketime` are used where they are installed.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock

from tests.survival import (
    clock,
    disks,
    kills,
    memory,
    memos,
    models,
    rights,
    signals,
    together,
)
from tests.survival.lab import Lab, Trial

Make = Callable[[random.Random], Iterator[Trial]]
"""Injects one fault after another; several of these run at once."""
_PARTS = 4
"""Kills are shared out among so many, each with folders of its own."""


def _kills(lab: Lab, count: int) -> list[Make]:
    in_commit = count * 2 // 5
    return [
        *(partial(kills.random_kills, lab, count=part) for part in _parts(count - in_commit)),
        *(partial(kills.kills_in_commit, lab, count=part) for part in _parts(in_commit)),
    ]


def _parts(count: int) -> list[int]:
    parts = [count // _PARTS + (part < count % _PARTS) for part in range(_PARTS)]
    return [part for part in parts if part]


def _steps(lab: Lab, _: int) -> list[Make]:
    return [
        partial(kills.kills_at_steps, lab, count=None, part=(number, _PARTS))
        for number in range(_PARTS)
    ]


def _disks(lab: Lab, _: int) -> list[Make]:
    return [
        *(partial(_fixed, disks.full_results, lab, [size]) for size in disks.RESULTS),
        partial(_fixed, disks.full_beside_older, lab),
        *(partial(_fixed, disks.full_memo, lab, [size]) for size in disks.MEMO),
        partial(_fixed, disks.full_temporary, lab),
        *(partial(_fixed, disks.full_cache, lab, [size]) for size in disks.CACHE),
    ]


def _rights(lab: Lab, _: int) -> list[Make]:
    return [
        partial(_fixed, rights.revoked, lab, [place], [moment])
        for place in rights.PLACES
        for moment in rights.MOMENTS
    ]


def _memos(lab: Lab, _: int) -> list[Make]:
    return [
        *(partial(memos.broken_between, lab, names=(what,)) for what in memos.BREAKS),
        *(partial(memos.broken_under_a_run, lab, names=(what,)) for what in memos.UNDER_A_RUN),
    ]


def _models(lab: Lab, _: int) -> list[Make]:
    return [
        *(partial(_fixed, models.gone_models, lab, (what,)) for what in models.HARMS),
        *(partial(models.damaged_conversions, lab, names=(what,)) for what in models.CONVERTED),
    ]


def _together(lab: Lab, _: int) -> list[Make]:
    return [partial(_fixed, together.same_folder, lab), partial(_fixed, together.same_memo, lab)]


def _clock(lab: Lab, _: int) -> list[Make]:
    return [
        *(partial(_fixed, clock.moved_after_kill, lab, [moves]) for moves in clock.AFTER_KILL),
        *(partial(_fixed, clock.moved_under_a_run, lab, [moves]) for moves in clock.UNDER_A_RUN),
    ]


def _memory(lab: Lab, _: int) -> list[Make]:
    return [partial(_fixed, memory.little_memory, lab, [level]) for level in memory.LEVELS]


def _signals(lab: Lab, _: int) -> list[Make]:
    return [
        partial(_fixed, signals.told_to_end, lab),
        *(partial(_fixed, signals.closed_streams, lab, [name]) for name in signals.REDIRECTIONS),
        partial(_fixed, signals.gone_readers, lab),
    ]


def _fixed(inject: Callable[..., Iterator[Trial]], *given: object) -> Iterator[Trial]:
    """Leave out the last argument: nothing is drawn here."""
    return inject(*given[:-1])


GROUPS: dict[str, Callable[[Lab, int], list[Make]]] = {
    "kills": _kills,
    "steps": _steps,
    "conversion": lambda lab, _: [
        partial(kills.kills_of_conversion, lab, names=(what,)) for what in kills.VICTIMS
    ],
    "disks": _disks,
    "rights": _rights,
    "memo": _memos,
    "models": _models,
    "together": _together,
    "clock": _clock,
    "memory": _memory,
    "signals": _signals,
}


class Table:
    """Prints a line for each fault, from whichever thread, and keeps what went wrong."""

    def __init__(self, lab: Lab) -> None:
        self._lab, self._turn = lab, Lock()
        self.done = self.killed = 0
        self.problems: list[str] = []
        print("| n | fault | when | the run | the next run |")
        print("|---|---|---|---|---|", flush=True)

    def add(self, trial: Trial) -> None:
        """Print a line."""
        with self._turn:
            self.done += 1
            self.killed += trial.answer == "SIGKILL"
            verdict = "**WRONG**" if trial.problems else trial.then
            said = trial.answer.replace(f"{self._lab.folder}/", "").replace("|", "/")
            print(f"| {self.done} | {trial.what} | {trial.when} | {said} | {verdict} |", flush=True)
            place = f"{self.done} {trial.what}, {trial.when}"
            self.problems += [f"{place}: {text}" for text in trial.problems]


def main() -> None:
    """Inject what was asked for, print a table, and fail if anything is not as it must be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50, help="at random moments (50)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    parser.add_argument("--jobs", type=int, default=4, help="faults injected at once (4)")
    parser.add_argument("--articles", type=int, default=64, help="in the feed (64)")
    parser.add_argument("--cache", type=Path, help="with converted models, as XDG_CACHE_HOME")
    parser.add_argument("--only", nargs="*", choices=GROUPS, default=list(GROUPS))
    given = parser.parse_args()
    for number in signals.ENDING:  # runs would ignore what nohup or a shell's & has us ignore
        signal.signal(number, signal.SIG_DFL)
    with tempfile.TemporaryDirectory(prefix="survival-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        _tell_means(folder)
        lab = Lab(folder, given.articles, given.cache)
        print(
            f"{given.articles} articles, {len(lab.good)} of them good; seed {given.seed}; an "
            f"untouched run takes {lab.seconds:.1f} s, {lab.warm_seconds:.1f} s with a memo\n"
        )
        table, started = Table(lab), time.monotonic()
        with ThreadPoolExecutor(given.jobs) as pool:
            parts = [
                (name, number, given.seed, make)
                for name in given.only
                for number, make in enumerate(GROUPS[name](lab, given.kills))
            ]
            for ended in [pool.submit(_inject, table, *part) for part in parts]:
                ended.exception()
    minutes = (time.monotonic() - started) / 60
    print(f"\n{table.done} faults injected, {table.killed} runs killed, in {minutes:.0f} minutes")
    print(f"{len(table.problems)} problems", *table.problems, sep="\n")
    sys.exit(1 if table.problems else 0)


def _tell_means(folder: Path) -> None:
    disk = "tmpfs" if disks.can_mount(folder / "probe") else "RLIMIT_FSIZE (nothing may be mounted)"
    who = "of this user"
    if os.geteuid() == 0:
        who = "of root without CAP_DAC_OVERRIDE" if rights.can_run() else "left out, no setpriv"
    found = ", ".join(
        f"{tool}: {'yes' if shutil.which(tool) else 'no, its faults are left out'}"
        for tool in ("strace", "faketime")
    )
    print(f"full disks: {disk}; permissions: {who}; {found}")


def _inject(table: Table, name: str, number: int, seed: int, make: Make) -> None:
    try:
        for trial in make(random.Random(f"{seed} {name} {number}")):
            table.add(trial)
    except Exception as error:
        trial = Trial(name, f"part {number}", "", "", (f"the harness failed: {error!r}",))
        table.add(trial)
        raise


if __name__ == "__main__":
    main()
