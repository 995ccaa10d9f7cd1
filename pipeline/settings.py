"""The root settings, and the one place where Hydra learns of all schemas.

A leaf such as `configs/translation/starter.yaml` names its schema in its defaults list, so a
mistyped key, a wrong type or an unknown option fails when the configuration is composed.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from threading import Lock

from hydra import compose, initialize_config_module
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException
from omegaconf import MISSING, DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from configs.arguments import UsageError, in_order
from configs.complaint import Vocabulary
from configs.ranges import allowed, out_of_range
from pipeline.abstractive.settings import (
    AbstractiveSettings,
    ChatAbstractive,
    InstructAbstractive,
    ModelAbstractive,
    NoAbstractive,
)
from pipeline.backends.settings import Batching
from pipeline.desk_settings import WatchSettings
from pipeline.errors import ConfigError
from pipeline.execution.settings import ExecutorSettings, LocalExecutor, RayExecutor
from pipeline.extractive import settings as rankers
from pipeline.feed.settings import (
    AutoFeed,
    FeedSettings,
    HubFeed,
    JsonlFeed,
    ParquetFeed,
    PlaintextFeed,
    Treatments,
)
from pipeline.logs.settings import LogSettings
from pipeline.memo.settings import MemoSettings, NoMemo, SqliteMemo
from pipeline.output.settings import HtmlReport, NoReport, Output, ReportSettings, wrong_formats
from pipeline.scoring.settings import NoScoring, RougeScoring, ScoringSettings
from pipeline.sentences.settings import SentencesSettings
from pipeline.tracking.settings import MlflowTracking, NoTracking, TrackingSettings
from pipeline.translation.settings import (
    ChatTranslation,
    InstructTranslation,
    ModelTranslation,
    NoTranslation,
    ReferenceTranslation,
    TranslationSettings,
)


class Step(Enum):
    """The parts of the journey that a run may be limited to."""

    translate = "translate"
    extract = "extract"
    abstract = "abstract"
    score = "score"


class Order(Enum):
    """Whether sentences are picked from the translation, or picked in German and translated."""

    translate_first = "translate_first"
    extract_first = "extract_first"


@dataclass
class Languages:
    """ISO 639-1 codes of what comes in and what goes out."""

    source: str = "de"
    target: str = "en"


@dataclass
class Faults:
    """When a run counts as failed.

    Attributes:
        max_share: exit status 1 above this share of faults among what was not set aside.
    """

    max_share: float = field(default=0.1, metadata=allowed(least=0, most=1))


@dataclass
class Sweep:
    """What `--multirun` does beside its jobs.

    Attributes:
        compare: compare the finished runs at the end.
    """

    compare: bool = True


@dataclass
class Settings:
    """The whole configuration of the main job.

    Attributes:
        feed: where articles come from.
        sentences: how text is split.
        translation: how sentences are translated.
        extractive: how sentences are picked.
        abstractive: how summaries are written.
        scoring: how results are scored.
        report: what the run leaves for people to read.
        executor: where the stages run.
        memo: where model outputs are remembered.
        tracking: where finished runs are logged.
        watch: how `wirebrief watch` follows a spool; of no effect otherwise.
        stages: which parts of the journey run.
        order: translate everything first, or only what was picked.
        languages: what comes in and what goes out.
        treatment: what is made of each kind of item.
        batching: how texts are put into batches.
        faults: when a run counts as failed.
        output: what briefs are written as.
        output_dir: where results go.
        offline: open no socket; fail at once if something is missing.
        log: what is told meanwhile, and how.
        objective: score that a sweeper which searches is to improve; `None` for none.
        sweep: what a sweep does beside its jobs.
    """

    feed: FeedSettings = MISSING
    sentences: SentencesSettings = MISSING
    translation: TranslationSettings = MISSING
    extractive: rankers.ExtractiveSettings = MISSING
    abstractive: AbstractiveSettings = MISSING
    scoring: ScoringSettings = MISSING
    report: ReportSettings = MISSING
    executor: ExecutorSettings = MISSING
    memo: MemoSettings = MISSING
    tracking: TrackingSettings = MISSING
    watch: WatchSettings = MISSING
    stages: list[Step] = field(default_factory=lambda: list(Step))
    order: Order = Order.translate_first
    languages: Languages = field(default_factory=Languages)
    treatment: Treatments = field(default_factory=Treatments)
    batching: Batching = field(default_factory=Batching)
    faults: Faults = field(default_factory=Faults)
    output: Output = field(default_factory=Output)
    output_dir: str = "out"
    offline: bool = False
    log: LogSettings = field(default_factory=LogSettings)
    objective: str | None = None
    sweep: Sweep = field(default_factory=Sweep)


SCHEMAS: dict[str, dict[str, type]] = {
    "feed": {
        "auto": AutoFeed,
        "jsonl": JsonlFeed,
        "plaintext": PlaintextFeed,
        "parquet": ParquetFeed,
        "hub": HubFeed,
    },
    "sentences": {"german": SentencesSettings},
    "translation": {
        "model": ModelTranslation,
        "chat": ChatTranslation,
        "instruct": InstructTranslation,
        "none": NoTranslation,
        "reference": ReferenceTranslation,
    },
    "extractive": {
        "lead": rankers.LeadExtractive,
        "random": rankers.RandomExtractive,
        "textrank": rankers.TextRankExtractive,
        "lexrank": rankers.LexRankExtractive,
        "centroid": rankers.CentroidExtractive,
        "mmr": rankers.MmrExtractive,
        "learned": rankers.LearnedExtractive,
        "embedding": rankers.EmbeddingExtractive,
        "oracle": rankers.OracleExtractive,
        "none": rankers.NoExtractive,
    },
    "abstractive": {
        "model": ModelAbstractive,
        "chat": ChatAbstractive,
        "instruct": InstructAbstractive,
        "none": NoAbstractive,
    },
    "scoring": {"rouge": RougeScoring, "none": NoScoring},
    "report": {"html": HtmlReport, "none": NoReport},
    "executor": {"local": LocalExecutor, "ray": RayExecutor},
    "memo": {"sqlite": SqliteMemo, "none": NoMemo},
    "tracking": {"mlflow": MlflowTracking, "none": NoTracking},
    "watch": {"desk": WatchSettings},
}
"""Group, then schema name, then dataclass; YAML leaves name them `/schema/<group>/<name>`."""

VOCABULARY = Vocabulary(Settings, SCHEMAS)
"""Knows every key, to say what is wrong with an override."""

_COMPOSING = Lock()
"""Hydra composes in a global object: one thread at a time."""


def register_schemas() -> None:
    """Make the schemas known to Hydra."""
    # Hydra copies all schemas for each group that --help or shell completion lists.
    ConfigStore.__deepcopy__ = lambda store, _: store  # type: ignore[attr-defined]
    store = ConfigStore.instance()
    store.store(name="root_schema", node=Settings)
    for group, options in SCHEMAS.items():
        for name, node in options.items():
            store.store(name=name, group=f"schema/{group}", node=node)


def to_settings(config: DictConfig) -> Settings:
    """Turn a composed configuration into the typed settings.

    Raises:
        ConfigError: if a mandatory value is missing, a key was added that no schema knows
            (`+key=value`), or a value is out of its range.
    """
    try:
        settings = OmegaConf.to_object(config)
    except OmegaConfBaseException as error:
        raise ConfigError(VOCABULARY.explain(error)) from error
    if not isinstance(settings, Settings):
        raise TypeError(f"the composed configuration is no Settings but {type(settings).__name__}")
    _refuse_unknown(config, settings, "")
    check(settings)
    return settings


def check(settings: Settings) -> None:
    """Refuse values that no run can have, however the settings were made.

    Raises:
        ConfigError: if there are any; it names them all.
    """
    wrong = [*out_of_range(settings), *wrong_formats(settings.output)]
    steps = [step.name for step in settings.stages]
    if not steps:
        wrong.append("stages is empty: choose from translate, extract, abstract, score")
    if len(steps) > len(set(steps)):
        wrong.append(f"stages=[{','.join(steps)}]: name each part once")
    if not settings.output_dir.strip():
        wrong.append("output_dir is empty: name a folder; output_dir=. is where you stand")
    if wrong:
        raise ConfigError("; ".join(wrong))


def _refuse_unknown(config: DictConfig, settings: object, prefix: str) -> None:
    known = {field.name for field in fields(settings)}  # type: ignore[arg-type]
    for key in map(str, config):
        name = f"{prefix}{key}"
        if key not in known:
            raise ConfigError(f"there is no setting {name!r}; leave out +{name}=...")
        inner = getattr(settings, key)
        if is_dataclass(inner):
            _refuse_unknown(config[key], inner, f"{name}.")


def load_settings(*overrides: str) -> Settings:
    """Compose the settings as the command line does, from overrides such as `feed=jsonl`.

    Raises:
        ConfigError: if an override is wrong, or a mandatory value is missing.
    """
    try:
        return to_settings(_compose(in_order(overrides)))
    except UsageError as error:
        raise ConfigError(str(error)) from error
    except (HydraException, OmegaConfBaseException, ValueError) as error:
        raise ConfigError(VOCABULARY.explain(error)) from error


def _compose(overrides: list[str]) -> DictConfig:
    with _COMPOSING:
        register_schemas()
        outer = GlobalHydra.instance().hydra  # of an application that uses Hydra itself
        GlobalHydra.instance().clear()
        try:
            with initialize_config_module("configs", version_base="1.3"):
                return compose("pipeline", overrides=overrides)
        finally:
            GlobalHydra.instance().hydra = outer
