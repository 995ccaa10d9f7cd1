"""Drive a whole run: read, process, write, score, report."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from omegaconf import OmegaConf
from rich.console import Console

from evaluation.score import Score
from pipeline.assemble import Journey, assemble
from pipeline.output.ledger import RunLedger, StageLine, peak_megabytes
from pipeline.output.settings import HtmlReport
from pipeline.output.writer import RunWriter
from pipeline.records import Draft, Fault
from pipeline.settings import Settings
from pipeline.terminal import Silent, Watcher, closing_table, watch


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a finished run left.

    Attributes:
        output_dir: where the files are.
        articles: inputs read, faults included.
        faults: inputs that became faults.
        status: 0, or 1 for too many faults or nothing readable.
        scores: corpus scores, as in `scores.json`.
        lines: counts and seconds by stage.
    """

    output_dir: Path
    articles: int
    faults: int
    status: int
    scores: tuple[Score, ...]
    lines: tuple[StageLine, ...]

    def briefs(self) -> Iterator[dict[str, object]]:
        """Read the briefs back, one record per article, in feed order."""
        with (self.output_dir / "briefs.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def run(settings: Settings, watcher: Watcher | None = None) -> RunResult:
    """Run the whole journey and write its results into `settings.output_dir`.

    Args:
        settings: from `load_settings`, or made by hand.
        watcher: hears how far the run is; nobody if left out.

    Raises:
        WirebriefError: if the run cannot be done; results of an earlier run stay untouched.
    """
    journey = assemble(settings)
    with closing(journey), RunWriter(Path(settings.output_dir)) as writer:
        journey.open()
        started = time.time()
        clock = time.perf_counter()
        articles = faults = 0
        with watcher or Silent() as watching:
            for outcome in journey.execution.run(journey.articles(), watching):
                writer.write(outcome)
                articles += 1
                if isinstance(outcome, Fault):
                    faults += 1
                elif journey.scorer is not None:
                    journey.scorer.add(outcome)
        scores = tuple(journey.scorer.scores()) if journey.scorer is not None else ()
        lines = _lines(journey)
        ledger = RunLedger(
            configuration=_plain(settings),
            articles=articles,
            faults=faults,
            unscored=journey.scorer.unscored if journey.scorer is not None else articles - faults,
            stages=lines,
            started=started,
            seconds=time.perf_counter() - clock,
        )
        writer.finish(ledger, scores, report=_report(settings))
    return RunResult(
        output_dir=Path(settings.output_dir),
        articles=articles,
        faults=faults,
        status=_status(articles, faults, settings.faults.max_share),
        scores=scores,
        lines=lines,
    )
