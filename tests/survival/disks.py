"""Disks that are full: for results, the memo, temporary files and converted models."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.survival.lab import Case, Lab, Trial, contents
from tests.survival.runs import limited

RESULTS = (4, 200, 500, 900)
MEMO = (4, 44, 120)
CACHE = (60, 20_000, 50_000)
"""Sizes in KiB, so that the disk is full at one moment or another."""


def can_mount(folder: Path) -> bool:
    """Tell whether this process may mount a small disk."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    try:
        with small_disk(folder, 64):
            return True
    except subprocess.CalledProcessError:
        return False


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """Within, a disk of this size is at a folder, in front of what lies there."""
    folder.mkdir(parents=True, exist_ok=True)
    _call("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    try:
        yield
    finally:
        _call("umount", "-l", str(folder))


def full_results(lab: Lab, sizes: Sequence[int] = RESULTS) -> Iterator[Trial]:
    """Fill the disk of `output_dir`."""
    for size in sizes:
        case = lab.case("warm")
        if not can_mount(case.folder / "probe"):
            yield _limited(case, "output_dir", size)
            continue
        with small_disk(case.out.parent, size):
            yield _filled(case, "output_dir", case.out.parent, size)


def full_beside_older(lab: Lab) -> Iterator[Trial]:
    """Fill the disk where results of an earlier run lie: they stay."""
    case = lab.case("warm", older=True)
    if not can_mount(case.folder / "probe"):
        return
    aside = case.folder / "aside"
    case.out.rename(aside)
    used = sum(path.stat().st_size + 4096 for path in aside.rglob("*")) // 1024
    with small_disk(case.out.parent, used + 150):
        shutil.copytree(aside, case.out)
        trial = _filled(case, "output_dir with older results", case.out.parent, used + 150)
        yield trial


def full_memo(lab: Lab, sizes: Sequence[int] = MEMO) -> Iterator[Trial]:
    """Fill the disk of the memo."""
    for size in sizes:
        case = lab.case()
        if not can_mount(case.folder / "probe"):
            yield _limited(case, "memo", size)
            continue
        with small_disk(case.memo.parent, size):
            yield _filled(case, "memo", case.memo.parent, size)


def full_temporary(lab: Lab) -> Iterator[Trial]:
    """Fill the disk of temporary files."""
    case = lab.case("half")
    if not can_mount(case.folder / "probe"):
        return
    case.environment = {"TMPDIR": str(case.folder / "tmp")}
    with small_disk(case.folder / "tmp", 4):
        yield _filled(case, "TMPDIR", case.folder / "tmp", 4)


def full_cache(lab: Lab, sizes: Sequence[int] = CACHE) -> Iterator[Trial]:
    """Fill the disk of the converted models."""
    for size in sizes:
        case = lab.case("half")
        if not can_mount(case.folder / "probe"):
            return
        case.environment = {"XDG_CACHE_HOME": str(case.folder / "cache")}
        with small_disk(case.folder / "cache", size):
            trial = _filled(case, "converted models", case.folder / "cache", size)
            place = case.folder / "cache" / "wirebrief" / "ctranslate2"
            left = tuple(f"{path.name} stays in the cache" for path in place.glob(".making*"))
            yield Trial(trial.what, trial.when, trial.answer, trial.then, (*trial.problems, *left))


def _filled(case: Case, what: str, place: Path, size: int) -> Trial:
    answer = case.finish()
    problems = answer.problems(0, 1, 2) + case.spoiled()
    if answer.status == 0:
        problems += case.differences()
    elif case.older and contents(case.out) != case.older:
        problems.append("the older results did not stay")
    _call("mount", "-o", "remount,size=200m", str(place))
    then, others = case.recover()
    return Trial(
        f"disk full: {what}", f"tmpfs of {size} KiB", str(answer), then, (*problems, *others)
    )


def _limited(case: Case, what: str, size: int) -> Trial:
    """Refuse large files instead, where nothing can be mounted."""
    case.prefix = limited("-f", size * 2)  # blocks of 512 bytes; Python ignores SIGXFSZ
    answer = case.finish()
    case.prefix = ()
    problems = answer.problems(0, 1, 2) + case.spoiled()
    then, others = case.recover()
    return Trial(
        f"disk full: {what}", f"RLIMIT_FSIZE {size} KiB", str(answer), then, (*problems, *others)
    )


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
