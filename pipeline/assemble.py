"""The composition root: settings in, stages and executor out.

Here and in `staging.py` it is known which part stands for which settings, and what goes into what.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from pipeline.backend import CountedBackend
from pipeline.checks import check_languages, check_together, missing_feed
from pipeline.errors import BackendError, ConfigError, MemoError
from pipeline.execution.local import LocalExecution
from pipeline.execution.passing import Observer
from pipeline.execution.settings import LocalExecutor, RayExecutor
from pipeline.feed.intake import Intake
from pipeline.feed.meter import FeedMeter
from pipeline.feed.planner import Planner
from pipeline.feed.reader import Reader, open_feed
from pipeline.feed.settings import HubFeed
from pipeline.memo.opening import RUN_PATIENCE, make_store
from pipeline.memo.store import MemoStore, NoStore
from pipeline.parts.execution import ClusterExecution
from pipeline.records import Draft, Fault
from pipeline.sample import with_sample
from pipeline.scoring.corpus import CorpusScorer
from pipeline.scoring.settings import RougeScoring
from pipeline.settings import Settings, Step
from pipeline.stage import Stage
from pipeline.staging import StageBuilder, incoming_language


@dataclass(slots=True)
class Journey:
    """Everything a run needs, put together but not yet opened.

    Attributes:
        intake: gives the feed's articles.
        stages: in order; without those whose models are missing.
        execution: drives articles through them.
        scorer: scores the corpus, if that is wanted.
        store: the memo; workers of a cluster open their own.
        missing: what was not found when the parts were put together; nothing opens then.
        backends: the models of the stages, in order, but for those that answer in words.
    """

    intake: Intake
    stages: tuple[Stage, ...]
    execution: LocalExecution | ClusterExecution
    scorer: CorpusScorer | None
    store: MemoStore
    missing: tuple[str, ...]
    backends: tuple[CountedBackend, ...]

    def open(self) -> None:
        """Open stages and memo.

        Raises:
            ConfigError: if the memo cannot be used.
            BackendError: if models or datasets are not there; it names them all.
        """
        missing = list(self.missing)
        for stage in self.stages:
            try:
                stage.open()
            except BackendError as error:
                missing.append(str(error))
        if missing:
            raise BackendError("\n  ".join(missing))
        try:
            self.store.open()
        except MemoError as error:  # nothing was done yet: memo.path is to be mended
            raise ConfigError(str(error)) from error

    def outcomes(
        self, meter: FeedMeter, observer: Observer
    ) -> Generator[Draft | Fault, None, None]:
        """Yield one outcome for each record of the feed, in order.

        Args:
            meter: counts what is read.
            observer: hears how far the run is.
        """
        if isinstance(self.execution, ClusterExecution):
            return self.execution.run(self.intake, meter, observer)
        return self.execution.run(meter.watch(self.intake.articles()), observer)

    def close(self) -> None:
        """Close stages and memo."""
        self.execution.close()
        self.store.close()


def assemble(
    settings: Settings, reader: Reader | None = None, patience_seconds: float = RUN_PATIENCE
) -> Journey:
    """Put the parts together.

    Args:
        settings: all of them.
        reader: gives the articles, where the feed of the settings is not to be opened.
        patience_seconds: how long to wait for the memo's other users, if the settings do not say.

    Raises:
        ConfigError: if settings contradict each other.
        FeedError: if the feed is not there.
    """
    check_together(settings)
    incoming = incoming_language(settings)
    reader = reader or open_feed(with_sample(settings.feed), incoming)
    cache = Path(platformdirs.user_cache_dir("wirebrief"))
    is_here = isinstance(settings.executor, LocalExecutor)
    store = make_store(settings.memo, cache, patience_seconds) if is_here else NoStore()
    builder = StageBuilder(settings, store, cache)
    stages = builder.build()
    missing = (*missing_feed(settings), *builder.missing)
    if not missing:
        check_languages(settings)
    scoring = settings.scoring if Step.score in settings.stages else None
    target = settings.languages.target
    return Journey(
        intake=Intake(
            reader,
            incoming,
            Planner(settings.treatment, target),
            is_delivery=not isinstance(settings.feed, HubFeed),
        ),
        stages=stages,
        execution=_execution(settings, stages, builder.backends),
        scorer=CorpusScorer(scoring, target) if isinstance(scoring, RougeScoring) else None,
        store=store,
        missing=missing,
        backends=tuple(builder.backends),
    )


def _execution(
    settings: Settings, stages: Sequence[Stage], backends: Sequence[CountedBackend]
) -> LocalExecution | ClusterExecution:
    match settings.executor:
        case LocalExecutor() as executor:
            return LocalExecution(stages, executor.window)
        case RayExecutor() as executor:
            return ClusterExecution(settings, executor, stages, backends)
    raise ConfigError(f"executor {type(settings.executor).__name__} is not known")
