"""Write the tables of docs/performance.md from what was measured: python docs/make_performance.py.

`python -m benchmarks` keeps what it measures in benchmarks/results.json.
"""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "performance.md"
RESULTS = ROOT / "benchmarks" / "results.json"
MADE, END = "<!-- made by docs/make_performance.py: {} -->\n", "<!-- until here -->\n"
PROFILE = "profile."

Record = dict[str, Any]


def main() -> None:
    """Put the tables into the page."""
    TARGET.write_text(page(TARGET.read_text(encoding="utf-8"), records()), encoding="utf-8")


def records() -> list[Record]:
    """Return what was measured."""
    found: list[Record] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return found


def page(text: str, measured: list[Record]) -> str:
    """Return the page's text with the tables renewed."""
    bars = [record for record in measured if not record["name"].startswith(PROFILE)]
    profiles = [record for record in measured if record["name"].startswith(PROFILE)]
    tables = {
        "bars": _bars(bars),
        "profiles": _profiles(profiles),
        "circumstances": _circumstances(measured),
        "details": _details(bars),
    }
    for name, table in tables.items():
        before, begin, rest = text.partition(MADE.format(name))
        text = before + begin + f"\n{table}\n" + END + rest.partition(END)[2]
    return text


def _bars(measured: list[Record]) -> str:
    rows = ["| what | measured | spread | bar | met | run |", "|---|---|---|---|---|---|"]
    runs = _runs(measured)
    for record in measured:
        met = "" if not record["bar"] else "yes" if record["met"] else "**no**"
        value = f"{_short(record['median'])} {record['unit']}".strip()
        run = runs[_key(record)]
        rows.append(
            f"| {record['what']} | {value} | {_spread(record)} | {record['bar']} | {met} | {run} |"
        )
    return "\n".join(rows) + "\n"


def _profiles(measured: list[Record]) -> str:
    if not measured:
        return "Not measured yet.\n"
    scores = [name for name in measured[0]["facts"] if name != "times balanced"]
    head = ["profile, feed", "articles/s", "times balanced", *(f"`{name}`" for name in scores)]
    rows = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for record in measured:
        facts = record["facts"]
        cells = [
            record["what"].replace("profile=", ""),
            f"{_short(record['median'])} ({_spread(record)})",
            *(str(facts.get(name, "")) for name in ("times balanced", *scores)),
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _circumstances(measured: list[Record]) -> str:
    """List the runs that the figures are of: a commit on a machine with its versions."""
    parts = []
    for key, number in _runs(measured).items():
        first = next(record["where"] for record in measured if _key(record) == key)
        loads = [r["where"]["load at the start"] for r in measured if _key(r) == key]
        facts = {k: v for k, v in first.items() if k not in {"load at the start", "changed files"}}
        told = ", ".join(f"{name} {value}" for name, value in facts.items())
        changed = f", {first['changed files']} files changed since" * bool(first["changed files"])
        parts.append(f"{number}. {told}{changed}; load at the start of a study {_range(loads)}")
    return "\n".join(parts) + "\n"


def _details(measured: list[Record]) -> str:
    """Tell what each measurement noted, once where lines share it."""
    parts: dict[str, list[str]] = {}
    for record in measured:
        told = "; ".join(f"{name}: {value}" for name, value in record["facts"].items())
        parts.setdefault(told.replace("|", "/"), []).append(f"`{record['name']}`")
    return "\n".join(f"- {', '.join(names)}: {told}" for told, names in parts.items()) + "\n"


def _runs(measured: list[Record]) -> dict[tuple[Any, ...], int]:
    return {key: number for number, key in enumerate(dict.fromkeys(map(_key, measured)), 1)}


def _key(record: Record) -> tuple[Any, ...]:
    where = record["where"]
    return where["commit"], where["processor"], where["cores"]


def _spread(record: Record) -> str:
    return _range(record["values"]) if len(record["values"]) > 1 else "one"


def _range(values: list[float]) -> str:
    low, high = _short(min(values)), _short(max(values))
    return low if low == high else f"{low} to {high}"


def _short(value: float) -> str:
    if value and abs(value) < 0.01:
        return f"{value:.1e}"
    return f"{value:.4g}" if abs(value) < 1 else f"{value:.3g}"


if __name__ == "__main__":
    main()
