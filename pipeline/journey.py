"""Drive a whole run: read, process, write, score, report."""

import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from omegaconf import OmegaConf

from evaluation.score import Score
from pipeline.assemble import Journey, assemble
from pipeline.backends.offline import network
from pipeline.errors import FailedRunError, OutputError, WirebriefError
from pipeline.feed.meter import FeedMeter
from pipeline.identity import run_identity
from pipeline.logs.opening import logged
from pipeline.logs.run_events import tell_ended, tell_outcome, tell_started
from pipeline.logs.settings import LogFormat
from pipeline.output.ledger import Counts, RunLedger, StageLine
from pipeline.output.newsroom.formats import brief_formats
from pipeline.output.performance import performance
from pipeline.output.settings import HtmlReport
from pipeline.output.writer import Report, RunWriter
from pipeline.records import Fault, Json
from pipeline.settings import Settings
from pipeline.stage import Stage, Usage
from pipeline.terminal import ClosingConsole, Silent, Watcher, closing_table, watch_terminal
from pipeline.tracking.settings import MlflowTracking

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a finished run left.

    Attributes:
        output_dir: where the files are.
        articles: inputs read.
        set_aside: inputs that are rightly not briefed.
        faults: inputs that failed.
        status: 0, or 1 for too many faults or nothing readable.
        scores: corpus scores, as in `scores.json`.
        lines: counts and seconds by stage, the feed first.
        untracked: why the run was not logged where `tracking` says; `None` if it was.
    """

    output_dir: Path
    articles: int
    set_aside: int
    faults: int
    status: int
    scores: tuple[Score, ...]
    lines: tuple[StageLine, ...]
    untracked: str | None = None

    def briefs(self) -> Iterator[dict[str, object]]:
        """Read the briefs back, one record per article, in feed order."""
        with (self.output_dir / "briefs.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def run(settings: Settings, watch: Callable[[Sequence[str]], Watcher] = Silent) -> RunResult:
    """Run the whole journey and write its results into `settings.output_dir`.

    Args:
        settings: from `load_settings`, or made by hand.
        watch: is given the names of the stages, and returns who hears how far the run is.

    Raises:
        WirebriefError: if the run cannot be done; results of an earlier run stay untouched.
    """
    with network(offline=settings.offline):
        journey = assemble(settings)
        with closing(journey):
            journey.open()
            return _run(settings, journey, watch)


def _run(
    settings: Settings, journey: Journey, watch: Callable[[Sequence[str]], Watcher]
) -> RunResult:
    started, clock = datetime.now(UTC), time.perf_counter()
    folder = Path(settings.output_dir)
    formats = settings.output.formats()
    files = brief_formats(formats, settings.languages.target)
    with RunWriter(folder, files, table="parquet" in formats) as writer:
        configuration = plain(settings)
        fingerprint = run_identity(settings, configuration, journey)
        names = [stage.name for stage in journey.stages]
        tell_started(settings.output_dir, names, fingerprint)
        meter = FeedMeter()
        counts = _process(journey, meter, writer, watch(names))
        scorer = journey.scorer
        scores = tuple(scorer.scores()) if scorer is not None else ()
        ledger = RunLedger(
            configuration=configuration,
            counts=counts,
            unscored=scorer.unscored if scorer is not None else counts.briefs,
            stages=(_feed_line(meter), *(_line(stage, journey) for stage in journey.stages)),
            makers=writer.makers,
            started=started,
            seconds=time.perf_counter() - clock,
            fingerprint=fingerprint,
        )
        statistics = scorer.statistics() if scorer is not None else None
        writer.commit(ledger, scores, statistics, _report(settings))
    return _result(settings, ledger, scores, time.perf_counter() - clock)


def _result(
    settings: Settings, ledger: RunLedger, scores: tuple[Score, ...], seconds: float
) -> RunResult:
    """Judge a run whose files are all in place, and tell whoever wants to know."""
    counts = ledger.counts
    status = _status(counts, settings.faults.max_share)
    tell_ended(counts.record(), seconds, status)
    untracked = _track(settings)
    if status and untracked is not None:
        LOG.warning("%s", untracked)  # of the two, the status is the failure
    return RunResult(
        output_dir=Path(settings.output_dir),
        articles=counts.articles,
        set_aside=counts.set_aside,
        faults=counts.faults,
        status=status,
        scores=scores,
        lines=tuple(ledger.stages),
        untracked=untracked,
    )


def run_in_terminal(settings: Settings) -> int:
    """Run with progress on standard error and a closing table; return the exit status."""
    with logged(settings.log, settings.output_dir):
        return _in_terminal(settings)


def _in_terminal(settings: Settings) -> int:
    as_events = settings.log.format is LogFormat.json
    result = run(settings, partial(watch_terminal, as_events=as_events))
    console = ClosingConsole()
    closing_table(result.lines, result.scores, console)
    briefs = result.articles - result.set_aside - result.faults
    aside = f", {result.set_aside} set aside" if result.set_aside else ""
    print(f"{result.articles} articles: {briefs} briefs{aside}, {result.faults} faults")  # noqa: T201
    for name in _files(result):
        if (result.output_dir / name).exists():
            print(result.output_dir / name)  # noqa: T201
    check_result(result, settings)
    return result.status


def check_result(result: RunResult, settings: Settings) -> None:
    """Look whether a run that came to its end is good enough.

    Raises:
        FailedRunError: if it is not; it says why.
    """
    if result.articles == 0:
        raise FailedRunError("the feed holds no article. Check feed.path and feed.limit.")
    if result.status and not result.faults:
        raise FailedRunError(
            f"every article is in another language. {result.output_dir / 'set_aside.jsonl'} says "
            "which; languages.source says what is expected."
        )
    if result.status:
        share = result.faults / (result.articles - result.set_aside)
        raise FailedRunError(
            f"{share:.0%} of the articles became faults, more than faults.max_share="
            f"{settings.faults.max_share}. {result.output_dir / 'faults.jsonl'} says why."
        )
    if result.untracked is not None:
        raise FailedRunError(result.untracked)


def _files(result: RunResult) -> tuple[str, ...]:
    """Name what is worth a look."""
    aside = ("set_aside.jsonl",) if result.set_aside else ()
    return "report.html", *aside, "faults.jsonl" if result.faults else "briefs.jsonl"


def _process(journey: Journey, meter: FeedMeter, writer: RunWriter, watcher: Watcher) -> Counts:
    counts = Counts()
    with (
        watcher as watching,
        closing(journey.outcomes(meter, watching)) as outcomes,
    ):
        for outcome in outcomes:
            writer.write(outcome)
            tell_outcome(outcome)
            counts.count(outcome)
            if journey.scorer is not None and not isinstance(outcome, Fault):
                journey.scorer.add(outcome)
    return counts


def _feed_line(meter: FeedMeter) -> StageLine:
    let_in = meter.entered - meter.set_aside - meter.faults
    return StageLine(
        stage="feed",
        entered=meter.entered,
        made=let_in,
        reused=0,
        faults=meter.faults,
        seconds=meter.seconds,
        set_aside=meter.set_aside,
        performance=performance(meter.entered, meter.seconds, Usage()),
    )


def _line(stage: Stage, journey: Journey) -> StageLine:
    counts, usage = journey.execution.counts[stage.name], stage.usage
    return StageLine(
        stage=stage.name,
        entered=counts.entered,
        made=usage.made,
        reused=usage.reused,
        faults=counts.faults,
        seconds=counts.seconds,
        performance=performance(counts.entered, counts.seconds, usage, counts.peak_bytes),
    )


def plain(settings: Settings) -> dict[str, Json]:
    """Return the settings as JSON values."""
    container = OmegaConf.to_container(OmegaConf.structured(settings), enum_to_str=True)
    if not isinstance(container, dict):
        raise TypeError("settings are no mapping")
    return {str(key): value for key, value in container.items()}


def _report(settings: Settings) -> Report | None:
    chosen = settings.report
    if not isinstance(chosen, HtmlReport):
        return None

    def write(folder: Path) -> None:
        from evaluation.report import ReportError, ReportSources, write_report  # noqa: PLC0415

        try:
            write_report(ReportSources.of(folder), folder / "report.html", chosen.max_articles)
        except ReportError as error:
            raise OutputError(f"the report cannot be written: {error}") from error

    return write


def _track(settings: Settings) -> str | None:
    """Log what lies in its folder; return why that failed, as the run itself has not."""
    if not isinstance(settings.tracking, MlflowTracking):
        return None
    from hydra.core.hydra_config import HydraConfig  # noqa: PLC0415
    from hydra.types import RunMode  # noqa: PLC0415

    from pipeline.tracking.track import track  # noqa: PLC0415

    folder = Path(settings.output_dir)
    is_job = HydraConfig.initialized() and HydraConfig.get().mode is RunMode.MULTIRUN
    try:
        track(folder, settings.tracking, folder.parent if is_job else None)
    except WirebriefError as error:
        return str(error)
    return None


def _status(counts: Counts, max_share: float) -> int:
    """Return 1 if nothing was readable or too much was faulty, else 0."""
    tried = counts.briefs + counts.faults
    if not tried:
        return int(counts.foreign == counts.set_aside)
    return int(counts.briefs == 0 or counts.faults / tried > max_share)
