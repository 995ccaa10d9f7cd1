"""What takes long, or has a command of its own: memory, kills, workers. Each runs only if named."""

import json
import os
import re
import subprocess
import sys
from typing import Any

from benchmarks.bars import Absent, Bar, Effort, Finding, Line
from benchmarks.exactness import many_articles
from benchmarks.pipeline_run import ROOT

MEMORY_LINE = Line("memory.growth", "peak memory, 100,000 articles : 1,000", "times", Bar(most=1.2))
KILLS_LINE = Line("kills.wrong", "50 kills at random moments: wrong outcomes", "", Bar(most=0))
RAY_LINE = Line("ray.workers", "two Ray workers : one, one thread each", "times", Bar(1.8))
_KILLS = ROOT / "tests" / "survival" / "__main__.py"
_RAY = ROOT / "benchmarks" / "ray_scaling.py"


def measure_memory(effort: Effort) -> dict[str, Finding]:
    """Run 1,000 and 100,000 articles without models, 1 % poisoned."""
    sizes = (100, 200) if effort.quick else (1_000, 100_000)
    told, problems = many_articles(*sizes, "--journey", "unscored")
    found = re.search(r"against .*: ([\d.]+) times", "\n".join(told))
    if found is None:
        raise RuntimeError("\n".join(problems) or "many_articles.py told no ratio")
    rows = [line for line in told if re.match(r"\| [\d,]+ \|", line)]
    facts = {f"row {number}": row for number, row in enumerate(rows, 1)}
    return {"memory.growth": Finding((float(found[1]),), facts)}


def measure_kills(effort: Effort) -> dict[str, Finding]:
    """Have the survival runs kill the job; the command's exit status is the verdict.

    Raises:
        Absent: if they are not part of this version.
    """
    if not _KILLS.exists():
        raise Absent("tests/survival has no command here")
    count = 2 if effort.quick else 50
    status, told = _run("tests.survival", "--kills", str(count))
    last = told.strip().splitlines()[-1] if told.strip() else ""
    return {"kills.wrong": Finding((float(status != 0),), {"kills": count, "told": last})}


def measure_ray(effort: Effort) -> dict[str, Finding]:
    """Have ray_scaling.py compare workers; it writes JSON with `ratios` and whatever else.

    Raises:
        Absent: if it is not part of this version, or Ray is not installed.
    """
    if not _RAY.exists():
        raise Absent("benchmarks/ray_scaling.py is not here")
    path = effort.folder / "ray.json"
    status, told = _run("benchmarks.ray_scaling", "--json", str(path))
    if status:
        raise RuntimeError(told[-2000:])
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    facts = {key: value for key, value in found.items() if isinstance(value, str | int | float)}
    return {"ray.workers": Finding(tuple(map(float, found["ratios"])), facts)}


def _run(module: str, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout
