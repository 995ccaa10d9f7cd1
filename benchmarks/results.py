"""Keep what was measured as JSON: each line with its values, commit, machine and versions."""

import json
import os
import platform
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.bars import Finding, Line

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
_PACKAGES = ("ctranslate2", "torch", "transformers", "rouge-score", "ray")


def circumstances() -> dict[str, Any]:
    """Return what figures depend on: commit, date, machine, load, versions."""
    return {
        "commit": _git("rev-parse", "--short=10", "HEAD"),
        "changed files": len(_git("status", "--porcelain", "--untracked-files=no").splitlines()),
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load at the start": round(os.getloadavg()[0], 1),
        "Python": platform.python_version(),
        **{name: found for name in _PACKAGES if (found := _version(name))},
    }


def entry(line: Line, finding: Finding, seconds: float, where: dict[str, Any]) -> dict[str, Any]:
    """Return a line's record."""
    return {
        "name": line.name,
        "what": line.what,
        "unit": line.unit,
        "bar": str(line.bar),
        "median": finding.median,
        "values": list(finding.values),
        "met": line.bar.is_met(finding.median),
        "facts": dict(finding.facts),
        "study_seconds": round(seconds),
        "where": where,
    }


def keep(entries: Sequence[dict[str, Any]], path: Path, order: Sequence[str] = ()) -> None:
    """Put records into the file; those of other lines stay, an older one of the same goes.

    Args:
        entries: new records.
        path: of the file.
        order: names of lines as they are to stand; others come behind them.
    """
    kept = {record["name"]: record for record in read(path)}
    kept |= {record["name"]: record for record in entries}
    names = [*(name for name in order if name in kept), *(n for n in kept if n not in order)]
    text = json.dumps([kept[name] for name in names], indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> list[dict[str, Any]]:
    """Return the file's records; none if there is no file."""
    if not path.exists():
        return []
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return found


def told(line: Line, finding: Finding) -> str:
    """Return a record in one line for the terminal."""
    spread = f" ({min(finding.values):.4g} to {max(finding.values):.4g})"
    bar = f", bar {line.bar}" if str(line.bar) else ""
    met = "" if line.bar.is_met(finding.median) else ": NOT MET"
    return (
        f"{line.name}: {finding.median:.4g} {line.unit}".rstrip()
        + (spread if len(finding.values) > 1 else "")
        + f"{bar}{met}\n    {line.what}\n    "
        + "; ".join(f"{name}: {value}" for name, value in finding.facts.items())
    )


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(r"model name\s*: (.*)", text)
    return found[1] if found else platform.processor()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
