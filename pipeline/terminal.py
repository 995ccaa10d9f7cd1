"""What the user sees while a run goes on and when it ends."""

import logging
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from evaluation.score import Score
from pipeline.events import event
from pipeline.output.ledger import UNITS, StageLine

LOG = logging.getLogger(__name__)

_PLAIN_EVERY_SECONDS = 10.0
_MANY = 10_000_000
"""From here on numbers are told in millions; `run.json` has all digits."""


class Watcher(Protocol):
    """An observer of the run that is open for as long as the run lasts."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def expect(self, total: int) -> None:
        """Learn how many articles there are."""

    def advance(self, stage: str, count: int) -> None:
        """Learn that `count` more articles have passed `stage`."""


class _RateColumn(ProgressColumn):
    """Articles per second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s", style="progress.data.speed")


class Bars:
    """One progress bar per stage, for terminals."""

    def __init__(self, console: Console, stages: Sequence[str]) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            _RateColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=console,
        )
        self._tasks: dict[str, TaskID] = {
            stage: self._progress.add_task(stage, total=None) for stage in stages
        }

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def expect(self, total: int) -> None:
        """Give every bar its length."""
        for task in self._tasks.values():
            self._progress.update(task, total=total)

    def advance(self, stage: str, count: int) -> None:
        """Move the bar of a stage."""
        self._progress.advance(self._tasks[stage], count)


class Lines:
    """A plain line per stage now and then, for log files and pipes.

    Args:
        console: where lines go.
        stages: in order.
        as_events: log the lines instead.
    """

    def __init__(self, console: Console, stages: Sequence[str], *, as_events: bool = False) -> None:
        self._console, self._as_events = console, as_events
        self._done = dict.fromkeys(stages, 0)
        self._told: dict[str, float] = {}
        self._total: int | None = None
        self._started = 0.0

    def __enter__(self) -> Self:
        self._started = self._console.get_time()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return

    def expect(self, total: int) -> None:
        """Learn the number of articles."""
        self._total = total

    def advance(self, stage: str, count: int) -> None:
        """Print the stage's count if it is done or has been silent for some seconds."""
        self._done[stage] += count
        now = self._console.get_time()
        done = self._done[stage]
        told = self._told.setdefault(stage, now)
        if done != self._total and now - told < _PLAIN_EVERY_SECONDS:
            return
        self._told[stage] = now
        total = "" if self._total is None else f" of {self._total}"
        line = f"{stage}: {done}{total} articles, {now - self._started:.0f} s after the start"
        if self._as_events:
            fields = event("progress", stage=stage, done=done, total=self._total)
            LOG.info("%s", line, extra=fields)
        else:
            self._console.print(line, highlight=False)


class Silent:
    """Nothing, for the Python interface."""

    def __init__(self, stages: Sequence[str]) -> None:
        del stages

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return

    def expect(self, total: int) -> None:
        """Ignore it."""

    def advance(self, stage: str, count: int) -> None:
        """Ignore it."""


def closing_table(lines: Sequence[StageLine], scores: Sequence[Score], console: Console) -> None:
    """Print what each stage did, and the corpus scores."""
    stages = Table(title="Stages", title_justify="left")
    for column in ("stage", "in", "made", "reused", "set aside", "faults", "seconds"):
        stages.add_column(column, justify="left" if column == "stage" else "right")
    for line in lines:
        stages.add_row(
            line.stage,
            _number(line.entered),
            _number(line.made),
            _number(line.reused),
            _number(line.set_aside),
            _number(line.faults),
            f"{line.seconds:,.1f}",
        )
    units = ", ".join(f"{line.stage} {UNITS[line.stage]}" for line in lines if line.stage in UNITS)
    stages.caption = f"in, set aside and faults count articles; made and reused: {units}"
    stages.caption_justify = "left"
    console.print(stages)
    console.print(_speed_table(lines))
    if not scores:
        return
    table = Table(title="Scores", title_justify="left")
    for column in ("score", "value", "95 % interval", "articles"):
        table.add_column(column, justify="left" if column == "score" else "right")
    for score in (score for score in scores if _is_headline(score.name)):
        between = "" if score.low is None else f"{score.low:.3g} – {score.high:.3g}"
        table.add_row(score.name, f"{score.value:.3g}", between, str(score.count))
    console.print(table)


def _speed_table(lines: Sequence[StageLine]) -> Table:
    """Return what each stage took."""
    table = Table(title="Speed", title_justify="left", caption_justify="left")
    columns = ("articles/s", "tokens", "tokens/s", "padding", "from memo", "peak MB")
    for column in ("stage", *columns):
        table.add_column(column, justify="left" if column == "stage" else "right")
    for line in lines:
        told = line.performance
        if told is None:
            continue
        table.add_row(
            line.stage,
            _number(told.articles_per_second),
            _number(told.target_tokens),
            _number(told.target_tokens_per_second),
            _percent(told.padding_share),
            _percent(told.reused_share),
            _number(told.peak_megabytes),
        )
    table.caption = (
        "tokens are what the model wrote, tokens/s by the seconds in which it was generating; "
        "padding is a share of what it read; peak MB is the whole process's, while the stage was "
        "at work. Stages work at the same time, so seconds add up to more than the run took"
    )
    return table


def _number(value: float | None) -> str:
    """Write a count, or a measured number in the digits that tell; a dash for none."""
    if value is None:
        return "–"
    if value >= _MANY:
        return f"{value / 1_000_000:,.1f} M"
    return f"{value:,.0f}" if value >= 10 or isinstance(value, int) else f"{value:.2g}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}".replace("%", " %")


def _is_headline(name: str) -> bool:
    """Tell whether a score stands in the terminal; `scores.json` has them all."""
    return name.endswith((".bleu", ".chrf", ".ter", ".facts")) or (
        ".rouge" in name and name.endswith(".f")
    )


def watch_terminal(stages: Sequence[str], *, as_events: bool = False) -> Watcher:
    """Return bars where the standard error stream is a terminal, else plain lines.

    Args:
        stages: in order.
        as_events: write log lines instead.
    """
    console = Console(stderr=True)
    if as_events:
        return Lines(console, stages, as_events=True)
    return Bars(console, stages) if sys.stderr.isatty() else Lines(console, stages)


class ClosingConsole(Console):
    """The console of what is said at the end, to whoever may have gone by then."""

    def on_broken_pipe(self) -> None:
        """Let the command end as it does wherever else its reader has gone."""
        raise BrokenPipeError
