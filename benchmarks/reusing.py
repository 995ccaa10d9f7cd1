"""What the memo saves: second takes of stories, and sweeps that share a stage."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.bars import Bar, Effort, Finding, Line
from benchmarks.pipeline_run import SAMPLE, TAKES, Left, first_articles, run_apart, run_here

TAKES_LINE = Line(
    "takes.calls", "second takes: sentences translated : sentences changed", "times", Bar(most=1.0)
)
SWEEP_LINE = Line(
    "sweep.translations",
    "a sweep that changes only the summarizer: translations after the first job",
    "texts",
    Bar(most=0),
)
_TRANSLATE = "stages=[translate]", "report=none"


def measure_takes(effort: Effort) -> dict[str, Finding]:
    """Translate the sample's stories, then the second takes of eight of them."""
    memo = f"memo.path={effort.folder / 'takes.sqlite'}"
    quick = ("translation.beams=1", "translation.candidates=1", "translation.retries=0")
    folder = effort.folder / "takes"
    first = run_here(folder / "first", *_feed(SAMPLE), *_TRANSLATE, *quick, memo)
    second = run_here(folder / "second", *_feed(TAKES), *_TRANSLATE, *quick, memo)
    known, wanted = set(first.translations()), set(second.translations())
    changed, made = len(wanted - known), second.made("translate")
    facts = {
        "takes": sum(1 for _ in second.briefs()),
        "sentences and titles": len(wanted),
        "changed": changed,
        "translated": made,
        "share of the model calls": round(made / len(wanted), 3),
    }
    return {"takes.calls": Finding((made / changed,), facts)}


def measure_sweep(effort: Effort) -> dict[str, Finding]:
    """Sweep the summarizer's beams."""
    feed = first_articles(effort.folder / "sweep.jsonl", 2 if effort.quick else 8)
    out = effort.folder / "sweep"
    run_apart(
        out,
        *(*feed, "--multirun", "abstractive.beams=4,5,6", "scoring=none", "report=none"),
        f"memo.path={effort.folder / 'sweep.sqlite'}",
        "sweep.compare=false",
    )
    made = [left.made("translate") for left in _jobs(out)]
    facts = {"jobs": len(made), "translated in all": sum(made)}
    return {"sweep.translations": Finding((float(sum(made) - max(made)),), facts)}


def _jobs(out: Path) -> Iterator[Left]:
    for ledger in sorted(out.glob("*/run.json")):
        yield Left(ledger.parent, 0.0)


def _feed(path: Path) -> tuple[str, ...]:
    return "feed=jsonl", f"feed.path={path}"
