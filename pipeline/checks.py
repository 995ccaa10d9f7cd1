"""Refuse settings that fit their types and ranges one by one, but not each other or the machine."""

import os
from pathlib import Path

from pipeline.abstractive.settings import ModelAbstractive, NoAbstractive
from pipeline.errors import ConfigError
from pipeline.execution.ray_data.cluster import check_installed
from pipeline.execution.settings import RayExecutor
from pipeline.extractive.settings import NoExtractive, OracleExtractive
from pipeline.feed import subscription
from pipeline.feed.addresses import is_remote
from pipeline.feed.hub import missing_offline
from pipeline.feed.settings import AutoFeed, HubFeed, JsonlFeed, ParquetFeed
from pipeline.feed.web_address import is_address
from pipeline.settings import Order, Settings, Step, check
from pipeline.tracking.place import check_tracking
from pipeline.translation.settings import ModelTranslation, NoTranslation


def check_together(settings: Settings) -> None:
    """Look at everything that needs no model.

    Raises:
        ConfigError: if a value is senseless, settings contradict each other, or what logs the run
            afterwards is not installed.
    """
    check(settings)
    _check_stages(settings)
    _check_folder(settings.output_dir)
    check_tracking(settings.tracking, offline=settings.offline)
    _check_cluster(settings)


def check_languages(settings: Settings) -> None:
    """Look whether facts can be minded; a model that does not fit is the larger problem.

    Raises:
        ConfigError: if copies cannot be repaired, or facts not be guarded, in these languages.
    """
    languages = settings.languages
    chosen, abstractive = settings.translation, settings.abstractive
    pair = (languages.source, languages.target)
    if isinstance(chosen, ModelTranslation) and chosen.repair_copies and pair != ("de", "en"):
        raise ConfigError(
            f"translation.repair_copies knows German to English only, not {'-'.join(pair)}: set it "
            "to false"
        )
    guards = isinstance(abstractive, ModelAbstractive) and abstractive.guard_facts
    if guards and Step.abstract in settings.stages and languages.target != "en":
        raise ConfigError(
            f"abstractive.guard_facts knows English summaries only, not {languages.target}: set it "
            "to false"
        )


def missing_feed(settings: Settings) -> list[str]:
    """Name what of the feed is not here, and cannot be had offline."""
    feed = settings.feed
    found = missing_offline(feed) if settings.offline and isinstance(feed, HubFeed) else None
    if settings.offline and isinstance(feed, AutoFeed) and is_address(feed.path):
        found = subscription.missing_offline(feed.path)
    if settings.offline and isinstance(feed, JsonlFeed | ParquetFeed) and is_remote(feed.path):
        found = f"{feed.path}: this feed is reached over a network, but offline=true"
    return [] if found is None else [found]


def _check_stages(settings: Settings) -> None:
    steps = set(settings.stages)
    first = settings.order is Order.extract_first
    if first and Step.extract not in steps:
        raise ConfigError("order=extract_first needs extract in stages")
    if first and isinstance(settings.extractive, NoExtractive):
        raise ConfigError("order=extract_first needs an extractive ranker, not extractive=none")
    if Step.translate not in steps:
        _check_untranslated(steps)
    picks_source = Step.extract in steps and (first or Step.translate not in steps)
    if picks_source and isinstance(settings.extractive, OracleExtractive):
        raise ConfigError(
            "extractive=oracle compares with English references, but German sentences are picked: "
            "set order=translate_first and have translate in stages"
        )
    idle = (
        Step.translate not in steps or isinstance(settings.translation, NoTranslation),
        Step.extract not in steps or isinstance(settings.extractive, NoExtractive),
        Step.abstract not in steps or isinstance(settings.abstractive, NoAbstractive),
    )
    if all(idle):
        raise ConfigError(
            f"stages=[{','.join(step.name for step in settings.stages)}] and the options chosen "
            "leave nothing to do: translate, extract or abstract, and not with the option none"
        )


def _check_untranslated(steps: set[Step]) -> None:
    """Without translate there is no English text, and only extract has a use for German."""
    for step in (Step.abstract, Step.score):
        if step in steps:
            tool = "; finished texts are scored by wirebrief-score" if step is Step.score else ""
            raise ConfigError(
                f"stages has {step.name}, which needs the English text, but not translate: add "
                f"translate (for an English feed with translation=none), or leave out {step.name}"
                f"{tool}"
            )


def _check_cluster(settings: Settings) -> None:
    executor = settings.executor
    if not isinstance(executor, RayExecutor):
        return
    check_installed()
    if settings.offline and is_remote(executor.parts or ""):
        raise ConfigError(
            f"executor.parts={executor.parts} is reached over a network, but offline=true: name a "
            "folder, or leave offline out"
        )


def _check_folder(name: str) -> None:
    """Look at the nearest folder that is there; the rest can be made."""
    folder = Path(name)
    try:
        nearest = next(place for place in (folder, *folder.parents) if place.exists())
    except (OSError, StopIteration) as error:
        raise ConfigError(f"output_dir={name}: no such folder can be made ({error})") from None
    if not nearest.is_dir():
        raise ConfigError(
            f"output_dir={name}: {nearest} is a file, so results cannot be written there. Name a "
            "folder; it is made if it is not there."
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ConfigError(
            f"output_dir={name}: {nearest} may not be written. Give permission, or name another "
            "folder."
        )
