"""Runs of the real command in folders of their own, and what must hold of what they leave."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from pipeline.output.digests import digests
from tests.survival.feed import ROOT, write_feed
from tests.survival.runs import Answer, answer_of, run_command

COMPARED = (
    *("briefs.jsonl", "briefs.parquet", "faults.jsonl", "set_aside.jsonl"),
    *("scores.json", "statistics.parquet"),
)
_FEW = 5
"""So many files that differ are named."""
OTHERS = {"run.json", "report.html", "briefs"}

Contents = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault that was injected, and what came of it.

    Attributes:
        what: the fault.
        when: at which moment.
        answer: what the run said.
        then: what the next run gave.
        problems: what is not as it must be.
    """

    what: str
    when: str
    answer: str
    then: str
    problems: tuple[str, ...] = ()


def contents(folder: Path) -> Contents:
    """Return the results that stand in a folder, as far as they must be the same in all runs."""
    names = [folder / name for name in COMPARED]
    names += sorted((folder / "briefs").glob("*")) if (folder / "briefs").is_dir() else []
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in names if path.exists()
    }


@dataclass
class Case:
    """One output folder with a memo of its own.

    Attributes:
        lab: whose feed and cache it uses.
        folder: holds all that is the case's own.
        whole: what a run to which nothing happens leaves.
        older: results that stood in the folder before.
        environment: of the runs.
        overrides: of all runs.
        prefix: a command that starts the run's.
        options: of `subprocess.Popen`.
    """

    lab: "Lab"
    folder: Path
    whole: Contents
    older: Contents = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    options: dict[str, object] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        """Return the folder of the results."""
        return self.folder / "out" / "results"

    @property
    def memo(self) -> Path:
        """Return the memo's file."""
        return self.folder / "memo" / "memo.sqlite"

    def start(self, *overrides: str, **options: object) -> subprocess.Popen[str]:
        """Start a run."""
        arguments = [
            *self.prefix,
            *(sys.executable, "-m", "pipeline", "feed=jsonl", f"feed.path={self.lab.feed}"),
            *(f"output_dir={self.out}", f"memo.path={self.memo}", "offline=true"),
            *("executor.window=8", "scoring.samples=50", "faults.max_share=0.9"),
            "output.format=[jsonl,parquet,ninjs]",
            *self.overrides,
            *overrides,
        ]
        environment = {**self.lab.environment, **self.environment}
        return run_command(arguments, environment, cwd=self.folder, **{**self.options, **options})

    def finish(self, *overrides: str, **options: object) -> Answer:
        """Run to the end."""
        return answer_of(self.start(*overrides, **options))

    def spoiled(self) -> list[str]:
        """Say what stands in the folder that no whole run can have left.

        Where there is a `run.json`, all is of one run; without, each file is whole.
        """
        there = contents(self.out)
        whole = (self.out / "run.json").exists()
        if whole and there not in (self.older, self.whole):
            return ["there is a run.json, and the files are not those of one whole run"]
        return [
            f"{name} is of no whole run"
            for name, found in there.items()
            if found not in (self.older.get(name), self.whole.get(name))
        ]

    def recover(self) -> tuple[str, list[str]]:
        """Run again with nothing in the way; return what came of it, and what is wrong."""
        answer = self.finish()
        problems = answer.problems(0) + self.differences()
        return ("not the same" if problems else "the same bytes"), problems

    def differences(self) -> list[str]:
        """Say in what the results are not those of a run to which nothing happened."""
        if not self.out.is_dir():
            return ["there are no results"]
        there, due = contents(self.out), self.whole
        found = [
            f"{name} differs" for name in sorted({*there, *due}) if there.get(name) != due.get(name)
        ]
        extra = {path.name for path in self.out.iterdir()} - {*COMPARED, *OTHERS}
        found = [*found[:_FEW], *(f"{name} was left" for name in sorted(extra))]
        try:
            told = json.loads((self.out / "run.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            return [*found, f"run.json: {error}"]
        made = digests(self.out, [name.rstrip("/") for name in told["files"]])
        if {n: d.sha256 for n, d in made.items()} != {
            n: d["sha256"] for n, d in told["files"].items()
        }:
            found.append("digests of run.json differ")
        return found

    def set_aside(self) -> list[Path]:
        """Return damaged memos that were kept."""
        return sorted(self.memo.parent.glob("*.damaged-*"))


class Lab:
    """A feed, the results of an untouched run on it, and folders to make others in.

    Args:
        folder: for everything; it is empty.
        articles: in the feed.
        cache: with converted models; made by the untouched run if it is empty.

    Attributes:
        whole: what the untouched run left.
        half: what it left of the first half of the feed.
        seconds: how long the untouched run took without a memo.
        warm_seconds: how long with one.
    """

    def __init__(self, folder: Path, articles: int, cache: Path | None = None) -> None:
        self.folder = folder
        self.feed = folder / "feed.jsonl"
        self.good = write_feed(self.feed, articles)
        self.cache = cache or folder / "cache"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONHOME"},
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "XDG_CACHE_HOME": str(self.cache),
            "HF_HOME": str(self.cache / "huggingface"),
        }
        self.whole: Contents = {}
        self.half: Contents = {}
        self._count, self._turn = 0, Lock()
        self._prepare(articles)

    def case(self, memo: str = "cold", *, older: bool = False) -> Case:
        """Return a new folder.

        Args:
            memo: `cold`, `half` (knows the first half of the feed) or `warm`.
            older: results of a run on half the feed stand there.
        """
        with self._turn:
            self._count += 1
            case = Case(self, self.folder / f"case-{self._count}", self.whole)
        case.memo.parent.mkdir(parents=True)
        case.out.parent.mkdir()
        if memo != "cold":
            shutil.copy(self.folder / f"{memo}.sqlite", case.memo)
        if older:
            shutil.copytree(self.folder / "half", case.out)
            case.older = self.half
        return case

    def _prepare(self, articles: int) -> None:
        case = self.case()
        self._whole_run(
            case, "feed.limit=2"
        )  # models are converted now, and not while time is taken
        shutil.rmtree(case.folder)
        case = self.case()
        self._whole_run(case, f"feed.limit={articles // 2}")
        self.half = contents(case.out)
        shutil.copytree(case.out, self.folder / "half")
        shutil.copy(case.memo, self.folder / "half.sqlite")
        shutil.rmtree(case.folder)
        case = self.case()
        self.seconds = self._whole_run(case)
        self.whole = contents(case.out)
        shutil.copy(case.memo, self.folder / "warm.sqlite")
        self.warm_seconds = self._whole_run(case)
        case.whole = self.whole
        problems = case.differences() + self._lost()
        if problems:
            raise AssertionError(f"the untouched run: {problems}")
        shutil.rmtree(case.folder)

    def _whole_run(self, case: Case, *overrides: str) -> float:
        started = time.monotonic()
        answer = case.finish(*overrides)
        if problems := answer.problems(0):
            raise AssertionError(f"the untouched run: {problems}")
        return time.monotonic() - started

    def _lost(self) -> list[str]:
        lines = self.whole["briefs.jsonl"].decode().splitlines()
        briefed = [json.loads(line)["id"] for line in lines]
        return [] if briefed == list(self.good) else [f"briefs of {briefed}, not of {self.good}"]
