"""Run the main job in this process, or as a process of its own, and read what it left."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.records import FIXED

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
SAMPLE, TAKES = DATA / "wire-sample.jsonl", DATA / "wire-takes.jsonl"


@dataclass(frozen=True, slots=True)
class Left:
    """What a run left in its folder, and how long it took."""

    folder: Path
    seconds: float

    @property
    def ledger(self) -> dict[str, Any]:
        """Return `run.json`."""
        found: dict[str, Any] = json.loads((self.folder / "run.json").read_text("utf-8"))
        return found

    @property
    def scores(self) -> dict[str, Any]:
        """Return the corpus scores by name."""
        found = json.loads((self.folder / "scores.json").read_text("utf-8"))
        return {score["name"]: score for score in found}

    def made(self, stage: str) -> int:
        """Return how many outputs a stage's model made."""
        return int(self.ledger["counts"]["stages"][stage]["made"])

    def briefs(self) -> Iterator[dict[str, Any]]:
        """Yield the briefs."""
        with (self.folder / "briefs.jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    def translations(self) -> dict[str, str]:
        """Return each text that was translated, once, with its translation."""
        found: dict[str, str] = {}
        for brief in self.briefs():
            translation = brief["translation"]
            if brief.get("title") and translation.get("title"):
                found[brief["title"]] = translation["title"]
            for sentence in translation["sentences"]:
                if sentence["kind"] in FIXED:
                    continue  # no model sees them
                found[sentence["source"]] = sentence["target"]
        return found


def run_here(folder: Path, *overrides: str) -> Left:
    """Run the job in this process, in a folder that is emptied; it loads its models."""
    from pipeline.journey import run  # noqa: PLC0415
    from pipeline.settings import load_settings  # noqa: PLC0415

    shutil.rmtree(folder, ignore_errors=True)
    settings = load_settings(*overrides, f"output_dir={folder}", "offline=true")
    started = time.perf_counter()
    run(settings)
    return Left(folder, time.perf_counter() - started)


def run_apart(folder: Path, *overrides: str) -> Left:
    """Run the job as a process of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    seconds = command_seconds("pipeline", *overrides, f"output_dir={folder}", "offline=true")
    return Left(folder, seconds)


def command_seconds(module: str, *arguments: str, at: Path = ROOT) -> float:
    """Run one of our commands, and return how long that took, its start included."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=at,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)}: {done.stderr[-2000:]}")
    return time.perf_counter() - started


def first_articles(target: Path, count: int) -> Sequence[str]:
    """Write the sample's first articles as a feed; return the overrides that read it."""
    lines = SAMPLE.read_text("utf-8").splitlines(keepends=True)[:count]
    target.write_text("".join(lines), encoding="utf-8")
    return "feed=jsonl", f"feed.path={target}"
