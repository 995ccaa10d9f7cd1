"""Memos that break: between two runs, and under a run."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from tests.survival.kills import wait_for
from tests.survival.lab import Case, Lab, Trial
from tests.survival.runs import answer_of

_PAGE = 4096
_SIGBUS = -7
Break = Callable[[Path, random.Random], None]


def _overwrite(start: int, size: int) -> Break:
    def spoil(path: Path, draw: random.Random) -> None:
        with path.open("r+b") as stream:
            stream.seek(start)
            stream.write(draw.randbytes(size))

    return spoil


def _scatter(path: Path, draw: random.Random) -> None:
    """Change single bytes anywhere, as a failing disk does."""
    with path.open("r+b") as stream:
        size = stream.seek(0, 2)
        for _ in range(max(20, size // 2000)):
            stream.seek(draw.randrange(2 * _PAGE, size))
            stream.write(draw.randbytes(1))


def _other_outputs(path: Path, draw: random.Random) -> None:
    """Change outputs in rows that stay well-formed: only their checksums tell."""
    with closing(sqlite3.connect(path)) as memo, memo:
        memo.execute("UPDATE outputs SET output = CAST('Nobody said that.' AS BLOB)")


def _cut(share: float) -> Break:
    def spoil(path: Path, draw: random.Random) -> None:
        with path.open("r+b") as stream:
            stream.truncate(int(stream.seek(0, 2) * share))

    return spoil


def _garbage(path: Path, draw: random.Random) -> None:
    path.write_bytes(draw.randbytes(100_000))


def _without(suffix: str) -> Break:
    def spoil(path: Path, draw: random.Random) -> None:
        path.with_name(path.name + suffix).unlink(missing_ok=True)

    return spoil


def _garbled(suffix: str) -> Break:
    def spoil(path: Path, draw: random.Random) -> None:
        companion = path.with_name(path.name + suffix)
        size = companion.stat().st_size if companion.exists() else _PAGE
        with companion.open("r+b" if companion.exists() else "wb") as stream:
            stream.write(draw.randbytes(max(size, 64)))

    return spoil


BREAKS: dict[str, Break] = {
    "bytes changed all over": _scatter,
    "outputs exchanged": _other_outputs,
    "cut to a half": _cut(0.5),
    "cut within a page": _cut(0.3003),
    "emptied": _cut(0),
    "garbage in its place": _garbage,
    "removed": _without(""),
    "-wal removed": _without("-wal"),
    "-wal garbled": _garbled("-wal"),
    "first header bytes overwritten": _overwrite(0, 40),
    "later header bytes overwritten": _overwrite(40, 60),
    "schema page overwritten": _overwrite(100, _PAGE - 100),
    "pages in the middle overwritten": _overwrite(6 * _PAGE, 10 * _PAGE),
}

_ONLY_OPEN = {"-shm garbled": _garbled("-shm")}
_LEFT_OUT = {"cut within a page", "pages in the middle overwritten", "emptied"}
UNDER_A_RUN = {
    what: spoil for what, spoil in (BREAKS | _ONLY_OPEN).items() if what not in _LEFT_OUT
}


def broken_between(lab: Lab, draw: random.Random, names: tuple[str, ...] = ()) -> Iterator[Trial]:
    """Break the memo while no run is on; the next run gives the same bytes."""
    for what in names or tuple(BREAKS):
        case = lab.case("warm")
        if what.startswith("-wal"):
            _leave_log(case)
        BREAKS[what](case.memo, draw)
        answer = case.finish()
        problems = [*answer.problems(0), *case.differences()]
        yield _trial(case, what, "between two runs", str(answer), problems)


def broken_under_a_run(
    lab: Lab, draw: random.Random, names: tuple[str, ...] = ()
) -> Iterator[Trial]:
    """Break the memo while a run has it open: that run may end, with one message or by SIGBUS."""
    for what in names or UNDER_A_RUN:
        case = lab.case("half")
        process = case.start()
        wait_for((case.out / ".unfinished" / "briefs.jsonl").exists, process)
        if process.poll() is None:
            UNDER_A_RUN[what](case.memo, draw)
        answer = answer_of(process)
        problems = [*answer.problems(0, 1, _SIGBUS), *case.spoiled()]
        if answer.status == 0:
            problems += case.differences()
        yield _trial(case, what, "under a run", str(answer), problems)


def _trial(case: Case, what: str, when: str, answer: str, problems: list[str]) -> Trial:
    then, others = case.recover()
    if aside := case.set_aside():
        then += f"; {aside[0].name} kept"
    return Trial(f"memo: {what}", when, answer, then, (*problems, *others))


def _leave_log(case: Case) -> None:
    """Leave a write-ahead log with rows in it, as a killed run does."""
    copy = case.memo.with_name("copy.sqlite")
    with closing(sqlite3.connect(case.memo, isolation_level=None)) as memo:
        memo.execute("UPDATE outputs SET used = used + 1")
        for suffix in ("", "-wal"):
            shutil.copy(f"{case.memo}{suffix}", f"{copy}{suffix}")
    for suffix in ("", "-wal"):
        Path(f"{copy}{suffix}").replace(f"{case.memo}{suffix}")
