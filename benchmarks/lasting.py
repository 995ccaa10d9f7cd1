"""What takes long, or has a command of its own: memory, kills, workers. Each runs only if named."""

import os
import re
import subprocess
import sys

from benchmarks.bars import Absent, Bar, Effort, Finding, Line
from benchmarks.exactness import many_articles
from benchmarks.pipeline_run import ROOT

MEMORY_LINE = Line("memory.growth", "peak memory, 100,000 articles : 1,000", "times", Bar(most=1.2))
KILLS_LINE = Line("kills.wrong", "50 kills at random moments: wrong outcomes", "", Bar(most=0))
RAY_LINE = Line(
    "ray.workers", "two Ray workers : one, one thread each, while both have work", "times", Bar(1.8)
)
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
    kills = 2 if effort.quick else 50
    status, told = _run("tests.survival", "--only", "kills", "--kills", str(kills))
    counted = re.search(r"^(\d+) problems", told, flags=re.MULTILINE)
    if counted is None:
        raise RuntimeError(told[-2000:] or f"tests.survival ended with status {status}")
    done = re.search(r"^\d+ faults injected.*", told, flags=re.MULTILINE)
    return {"kills.wrong": Finding((float(counted[1]),), {"told": done[0] if done else ""})}


def measure_ray(effort: Effort) -> dict[str, Finding]:
    """Have ray_scaling.py compare two workers with one.

    Raises:
        Absent: if it is not part of this version.
    """
    if not _RAY.exists():
        raise Absent("benchmarks.ray_scaling is not here")
    status, told = _run("benchmarks.ray_scaling", *(("96", "1") if effort.quick else ()))
    found = dict(re.findall(r"^(steady|whole):.* ([\d.]+) times", told, flags=re.MULTILINE))
    if status or "steady" not in found:
        raise RuntimeError(told[-2000:])
    lines = [line for line in told.splitlines() if line.startswith(("steady", "whole:"))]
    facts = {f"of {line.partition(':')[0]}": line for line in lines}
    return {"ray.workers": Finding((float(found["steady"]),), facts)}


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
