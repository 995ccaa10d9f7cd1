"""How soon the first brief is there, and the help; each start is a process of its own."""

from benchmarks.bars import Bar, Effort, Fact, Finding, Line
from benchmarks.pipeline_run import command_seconds, first_articles, run_apart

LINES = (
    Line("start.brief", "first brief of one article, process start included", "s", Bar(most=3.0)),
    Line("start.help", "`wirebrief --help`", "s", Bar(most=1.0)),
)
_STARTS = 7


def measure(effort: Effort) -> dict[str, Finding]:
    """Start both some times by turns, after once for warm caches; the memo is off."""
    feed = first_articles(effort.folder / "one.jsonl", 1)
    out = effort.folder / "one"
    briefs, helps = [], []
    for number in range(1 + (1 if effort.quick else _STARTS)):
        brief = run_apart(out, *feed, "memo=none").seconds
        shown = command_seconds("pipeline", "--help")
        if number:
            briefs.append(brief)
            helps.append(shown)
    facts: dict[str, Fact] = {
        "starts": len(briefs),
        "stages": "all, with scores and report",
        "memo": "none",
    }
    return {
        "start.brief": Finding(tuple(briefs), facts),
        "start.help": Finding(tuple(helps), {"starts": len(helps)}),
    }
