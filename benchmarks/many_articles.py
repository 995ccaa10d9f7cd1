"""Put poisoned feeds of many articles through the main job: python benchmarks/many_articles.py.

Each feed repeats the sample with other ids and other digits, the same in a story and its
references, so that no memo knows it (`--distinct` makes it repeat itself). One article in a hundred
is poisoned, in all the ways of POISONS. The job runs as a process of its own; afterwards each good
article must stand in briefs.jsonl, in feed order, each poisoned one in faults.jsonl with the reason
that belongs to it, and the counts of run.json must add up.

The journeys without a model say how much the frame around the models takes, in time and memory;
`--journey starter` runs the models, a few articles per second on two cores. `scored` compares with
references, which takes most of its time; `unscored` is the one for 100,000 articles.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "wire-sample.jsonl"
DIGITS = "123456789"
JOURNEYS = {
    "scored": ("translation=reference", "extractive=lead", "abstractive=none"),
    "unscored": ("translation=reference", "extractive=lead", "stages=[translate,extract]"),
    "starter": (),
}
BAR = 1.2

Story = dict[str, Any]
Spoil = Callable[[Story, bytes], bytes]


def changed(**keys: Any) -> Spoil:
    """Return what gives a story other values."""
    return lambda story, _: encoded({**story, **keys})


def nested(depth: int) -> list[Any]:
    """Return a list in a list in a list."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def encoded(story: Story) -> bytes:
    """Return a story as a line of the feed."""
    return json.dumps(story, ensure_ascii=False).encode()


POISONS: dict[str, tuple[str, Spoil]] = {
    "cut JSON": ("unreadable_record", lambda _, line: line[: len(line) // 2]),
    "invalid UTF-8": ("unreadable_record", lambda _, line: line.replace(b'", "', b'\xff\xe4", "')),
    "no object": ("unreadable_record", lambda story, _: json.dumps([story["id"]]).encode()),
    "NaN": ("unreadable_record", changed(weight=float("nan"))),
    "null id": ("missing_field", changed(id=None)),
    "missing text": (
        "missing_field",
        lambda story, _: encoded({key: story[key] for key in story if key != "text"}),
    ),
    "text that is a list": ("missing_field", changed(text=["Absatz eins.", "Absatz zwei."])),
    "version in words": ("wrong_type", changed(version="drei")),
    "value too deep": ("wrong_type", changed(extra=nested(60))),
    "empty text": ("empty_text", changed(text=" \n\n ")),
    "declared French": ("other_language", changed(language="fr")),
    "English text": (
        "other_language",
        lambda story, _: encoded({**story, "text": story["references"]["translation"]}),
    ),
    "under embargo": ("embargoed", changed(embargo="2999-01-01T00:00:00+01:00")),
    "killed": ("killed", changed(status="canceled")),
    "overtaken": ("superseded", changed(id="many-0", version=0)),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run.

    Attributes:
        size: articles in the feed.
        journey: a key of JOURNEYS.
        short: first paragraphs only, of two or three sentences.
        share: how many of the articles are poisoned.
        distinct: after so many articles texts repeat.
    """

    size: int
    journey: str
    short: bool
    share: float
    distinct: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to.

    Attributes:
        problems: what is not as it must be.
        megabytes: peak resident memory of the process.
        processor_seconds, wall_seconds: of the process, its start included.
        counts: of run.json.
        report_megabytes: size of report.html.
    """

    problems: tuple[str, ...]
    megabytes: float
    processor_seconds: float
    wall_seconds: float
    counts: dict[str, Any]
    report_megabytes: float


def main() -> None:
    """Run every size, print a table, and fail if anything is missing or memory grows."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--journey", choices=JOURNEYS, default="scored")
    parser.add_argument("--whole", action="store_true", help="whole stories, not first paragraphs")
    parser.add_argument("--poisoned", type=float, default=0.01, help="share of poisoned articles")
    parser.add_argument("--distinct", type=int, default=1 << 40, help="texts before they repeat")
    given = parser.parse_args()
    sized = "whole stories" if given.whole else "first paragraphs of stories"
    print(f"{sized}, {given.poisoned:.1%} poisoned, journey {given.journey}: ", end="")
    print(" ".join(JOURNEYS[given.journey]) or "all stages, starter models")
    if given.journey != "starter":
        print("no model runs: these are figures of the frame around the models")
    if given.distinct < max(given.sizes):
        print(f"{given.distinct:,} distinct texts: the memo knows all others")
    print()
    print("| articles | briefs | faults | all right | articles/s | CPU s | report MB | peak MB |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    peaks, problems = {}, []
    for size in given.sizes:
        plan = Plan(size, given.journey, not given.whole, given.poisoned, given.distinct)
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(plan, Path(folder))
        print(row(plan, outcome), flush=True)
        peaks[size] = outcome.megabytes
        problems += [f"{size:,} articles: {problem}" for problem in outcome.problems]
    least, most = min(peaks), max(peaks)
    if least != most:
        growth = peaks[most] / peaks[least]
        print(f"\npeak memory of {most:,} against {least:,}: {growth:.2f} times (bar: {BAR})")
        problems += ["memory grows"] if growth > BAR else []
    sys.exit("\n".join(problems) or 0)


def row(plan: Plan, outcome: Outcome) -> str:
    """Return a line of the table."""
    cells = (
        f"{plan.size:,}",
        f"{outcome.counts['briefs']:,}",
        f"{outcome.counts['faults']:,}",
        "no" if outcome.problems else "yes",
        f"{plan.size / outcome.wall_seconds:.1f}",
        f"{outcome.processor_seconds:.1f}",
        f"{outcome.report_megabytes:.1f}",
        f"{outcome.megabytes:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def run(plan: Plan, folder: Path) -> Outcome:
    """Write the feed, run the job, and look at what it left."""
    expected = write_feed(plan, folder / "feed.jsonl")
    command = (
        *(sys.executable, "-m", "pipeline", "feed=jsonl", f"feed.path={folder / 'feed.jsonl'}"),
        *(f"output_dir={folder / 'out'}", f"memo.path={folder / 'memo.sqlite'}", "offline=true"),
        *JOURNEYS[plan.journey],
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
    return Outcome(
        problems=tuple(check(folder / "out", expected, counts)),
        megabytes=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6,
        processor_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=wall,
        counts=counts,
        report_megabytes=report.stat().st_size / 1e6 if report.exists() else 0.0,
    )


def write_feed(plan: Plan, path: Path) -> list[str | None]:
    """Write a feed; return for each line the reason of its fault, `None` for a good one."""
    stories = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    draw = random.Random(plan.size)
    numbers = range(1, plan.size)
    poisoned = sorted(draw.sample(numbers, round(plan.share * plan.size)))
    kinds = dict(zip(poisoned, cycle(list(POISONS.values())), strict=False))
    expected: list[str | None] = []
    with path.open("wb") as feed:
        for number in range(plan.size):
            story = retold(stories[number % len(stories)], number, plan)
            reason, spoil = kinds.get(number, (None, lambda _, line: line))
            feed.write(spoil(story, encoded(story)) + b"\n")
            expected.append(reason)
    return expected


def cycle(poisons: list[tuple[str, Spoil]]) -> Iterator[tuple[str, Spoil]]:
    """Yield all poisons, over and over."""
    while True:
        yield from poisons


def retold(story: Story, number: int, plan: Plan) -> Story:
    """Return a story with another id and other digits; zeros stay, so dates keep their length."""
    key = number % plan.distinct
    digits = list(DIGITS)
    random.Random(key).shuffle(digits)
    table = str.maketrans(DIGITS, "".join(digits))
    text, references = story["text"], story["references"]
    translation = references["translation"]
    if plan.short:
        text, translation = text.split("\n\n")[0], translation.split("\n\n")[0]
    return {
        **story,
        "id": f"many-{number}",
        "title": story["title"].translate(table),
        "text": text.translate(table),
        "references": {
            "translation": translation.translate(table),
            "summaries": [summary.translate(table) for summary in references["summaries"]],
        },
    }


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
