"""What each profile takes and gives: speed and quality of the whole journey, side by side.

The starters brief a feed with references under each profile by turns, without memo. Quality is that
of the last repetition; all of them write the same.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from benchmarks.bars import Bar, Effort, Fact, Finding, Line
from benchmarks.pipeline_run import SAMPLE, Left, run_here
from benchmarks.turns import Turn, take_turns

PROFILES = ("fast", "balanced", "best")
SCORES = (
    *("translation.bleu", "translation.chrf", "translation.facts"),
    *("abstractive.rouge1.f", "abstractive.rouge2.f", "abstractive.rougeL.f"),
)


def lines(effort: Effort) -> list[Line]:
    """Return a line for each profile, named by the feed."""
    feed = effort.feed or SAMPLE
    return [
        Line(f"profile.{feed.stem}.{name}", f"profile={name} on {feed.stem}", "articles/s", Bar())
        for name in PROFILES
    ]


def measure(effort: Effort) -> dict[str, Finding]:
    """Brief the feed under each profile."""
    feed = effort.feed or SAMPLE
    limit = ("feed.limit=2",) if effort.quick else ()
    left: dict[str, Left] = {}

    def brief(name: str) -> Turn:
        source = ("feed=jsonl", f"feed.path={feed}", *limit)
        out = effort.folder / name
        left[name] = run_here(out, *source, f"profile={name}", "memo=none", "report=none")
        return Turn(sum(1 for _ in left[name].briefs()), left[name].seconds)

    turns = take_turns({name: partial(brief, name) for name in PROFILES}, effort.repetitions)
    usual = turns["balanced"]
    return {
        line.name: Finding(
            tuple(turn.speed for turn in turns[name]),
            {"times balanced": _times(turns[name], usual), **_quality(left[name])},
        )
        for line, name in zip(lines(effort), PROFILES, strict=True)
    }


def _times(turns: Sequence[Turn], usual: Sequence[Turn]) -> float:
    found = sorted(one.speed / other.speed for one, other in zip(turns, usual, strict=True))
    return round(found[len(found) // 2], 2)


def _quality(left: Left) -> dict[str, Fact]:
    return {name: _shown(name, left.scores[name]) for name in SCORES if name in left.scores}


def _shown(name: str, score: dict[str, Any]) -> str:
    unit = 1 if name.endswith(("bleu", "chrf")) else 100
    value, low, high = (unit * (score[key] or 0.0) for key in ("value", "low", "high"))
    return f"{value:.1f} [{low:.1f}, {high:.1f}]"
