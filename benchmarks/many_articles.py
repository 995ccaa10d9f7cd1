"""Put poisoned feeds of many articles through the main job: python -m benchmarks.many_articles.

No memo knows the texts (`--distinct` makes them repeat themselves). One article in a hundred is
poisoned, in all the ways of POISONS. The job runs as a process of its own; afterwards each good
article must stand in briefs.jsonl, in feed order, each poisoned one in faults.jsonl with the reason
that belongs to it, and the counts of run.json must add up. The peak of the process's memory with
the longest feed may be BAR times that with the shortest.

The journeys without a model say how much the frame around the models takes, in time and memory;
`--journey starter` runs the models, a few articles per second on two cores. `scored` compares with
references, which takes most of its time; `unscored` is the one for 100,000 articles.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.poisoned_feed import FORMS, Feed, write_feed

ROOT = Path(__file__).parent.parent
JOURNEYS = {
    "scored": ("translation=reference", "extractive=lead", "abstractive=none"),
    "unscored": ("translation=reference", "extractive=lead", "stages=[translate,extract]"),
    "starter": (),
}
BAR = 1.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to.

    Attributes:
        problems: what is not as it must be.
        megabytes: peak resident memory of the process.
        processor_seconds, wall_seconds: of the process, its start included.
        counts: of run.json.
        report_megabytes: size of report.html.
        output_megabytes: of all that the run left.
    """

    problems: tuple[str, ...]
    megabytes: float
    processor_seconds: float
    wall_seconds: float
    counts: dict[str, Any]
    report_megabytes: float
    output_megabytes: float


def main() -> None:
    """Run every size, print a table, and fail if anything is missing or memory grows."""
    given = arguments()
    overrides = (*JOURNEYS[given.journey], *given.set)
    sized = "whole stories" if given.whole else "first paragraphs of stories"
    print(f"{sized} as {given.form}, {given.poisoned:.1%} poisoned, {given.journey}: ", end="")
    print(" ".join(overrides) or "all stages, starter models")
    if given.journey != "starter":
        print("no model runs: these are figures of the frame around the models")
    if given.distinct < max(given.sizes):
        print(f"{given.distinct:,} distinct texts: the memo knows all others")
    print()
    print("| articles | briefs | faults | all right | articles/s | CPU s | output MB | peak MB |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    outcomes = {}
    for size in given.sizes:
        feed = Feed(size, given.form, not given.whole, given.poisoned, given.distinct)
        with tempfile.TemporaryDirectory() as folder:
            outcomes[size] = run(feed, overrides, Path(folder))
        print(row(size, outcomes[size]), flush=True)
    problems = [
        f"{size:,} articles: {problem}" for size, it in outcomes.items() for problem in it.problems
    ]
    ratio = growth(outcomes)
    if ratio is not None:
        least, most = min(outcomes), max(outcomes)
        print(f"\npeak memory of {most:,} against {least:,}: {ratio:.2f} times (bar: {BAR})")
        problems += ["memory grows"] if ratio > BAR else []
    if given.json:
        given.json.write_text(json.dumps(record(given, overrides, outcomes), indent=2) + "\n")
    sys.exit("\n".join(problems) or 0)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--journey", choices=JOURNEYS, default="scored")
    parser.add_argument("--form", choices=FORMS, default="jsonl", help="of the feed")
    parser.add_argument("--whole", action="store_true", help="whole stories, not first paragraphs")
    parser.add_argument("--poisoned", type=float, default=0.01, help="share of poisoned articles")
    parser.add_argument("--distinct", type=int, default=1 << 40, help="texts before they repeat")
    parser.add_argument("--set", action="append", default=[], help="another setting, as key=value")
    parser.add_argument("--json", type=Path, help="file for the same figures as JSON")
    return parser.parse_args()


def growth(outcomes: Mapping[int, Outcome]) -> float | None:
    """Return the peak of the largest feed by that of the smallest one."""
    if len(outcomes) < 2:
        return None
    return outcomes[max(outcomes)].megabytes / outcomes[min(outcomes)].megabytes


def record(
    given: argparse.Namespace, overrides: Sequence[str], outcomes: Mapping[int, Outcome]
) -> dict[str, Any]:
    """Return the figures as JSON values."""
    return {
        "name": "memory",
        "bar": BAR,
        "value": growth(outcomes),
        "higher_is_better": False,
        "all_right": not any(outcome.problems for outcome in outcomes.values()),
        "journey": given.journey,
        "settings": list(overrides),
        "feed": {
            "form": given.form,
            "whole_stories": given.whole,
            "poisoned": given.poisoned,
            "distinct": min(given.distinct, max(given.sizes)),
        },
        "runs": [{"articles": size, **asdict(outcome)} for size, outcome in outcomes.items()],
    }


def row(size: int, outcome: Outcome) -> str:
    """Return a line of the table."""
    cells = (
        f"{size:,}",
        f"{outcome.counts['briefs']:,}",
        f"{outcome.counts['faults']:,}",
        "no" if outcome.problems else "yes",
        f"{size / outcome.wall_seconds:.1f}",
        f"{outcome.processor_seconds:.1f}",
        f"{outcome.output_megabytes:.1f}",
        f"{outcome.megabytes:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def run(feed: Feed, overrides: Sequence[str], folder: Path) -> Outcome:
    """Write the feed, run the job, and look at what it left."""
    path, expected = write_feed(feed, folder)
    command = (
        *(sys.executable, "-m", "pipeline"),
        *(f"feed={'jsonl' if feed.form == 'jsonl' else 'auto'}", f"feed.path={path}"),
        *(f"output_dir={folder / 'out'}", f"memo.path={folder / 'memo.sqlite'}", "offline=true"),
        *overrides,
    )
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        errors = process.stderr.read().decode() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode:
        sys.exit(f"the job ended with status {process.returncode}:\n{errors[-4000:]}")
    counts = json.loads((folder / "out" / "run.json").read_text("utf-8"))["counts"]
    report = folder / "out" / "report.html"
    left = (each.stat().st_size for each in (folder / "out").rglob("*") if each.is_file())
    return Outcome(
        problems=tuple(check(folder / "out", expected, counts)),
        megabytes=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6,
        processor_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=wall,
        counts=counts,
        report_megabytes=report.stat().st_size / 1e6 if report.exists() else 0.0,
        output_megabytes=sum(left) / 1e6,
    )


def check(out: Path, expected: list[str | None], counts: dict[str, Any]) -> Iterator[str]:
    """Yield what is missing, wrong, or does not add up."""
    with (out / "briefs.jsonl").open(encoding="utf-8") as lines:
        briefed = [json.loads(line)["id"] for line in lines]
    good = [f"many-{number}" for number, reason in enumerate(expected) if reason is None]
    if briefed != good:
        missing, more = set(good) - set(briefed), set(briefed) - set(good)
        yield f"{len(missing)} good articles without a brief, {len(more)} briefs too many"
    found = {}
    told = [
        line
        for name in ("faults.jsonl", "set_aside.jsonl")
        for line in (out / name).read_text("utf-8").splitlines()
    ]
    for fault in map(json.loads, told):
        found[fault["position"]] = fault["reason"] if fault["message"] and fault["remedy"] else None
    wanted = {number: reason for number, reason in enumerate(expected) if reason is not None}
    wrong = {
        (wanted.get(number), found.get(number))
        for number in {*wanted, *found}
        if wanted.get(number) != found.get(number)
    }
    if wrong:
        yield f"faults that should be / are: {sorted(wrong, key=str)}"
    yield from check_counts(counts, Counter(expected), len(expected))


def check_counts(
    counts: dict[str, Any], expected: Counter[str | None], total: int
) -> Iterator[str]:
    """Yield what does not add up in run.json."""
    told = counts["articles"], counts["briefs"], counts["faults"] + counts["set_aside"]
    if told != (total, expected[None], total - expected[None]):
        yield f"run.json counts {told}"
    stages = list(counts["stages"].items())
    travelling = stages[0][1]["in"]
    if travelling != counts["articles"]:
        yield f"{travelling} articles enter the first stage"
    for name, stage in stages:
        if stage["in"] != travelling:
            yield f"{stage['in']} articles enter {name}, {travelling} left the stage before"
        travelling = stage["in"] - stage["set_aside"] - stage["faults"]
    if travelling != counts["briefs"]:
        yield f"{travelling} articles leave the stages, {counts['briefs']} briefs"


if __name__ == "__main__":
    main()
