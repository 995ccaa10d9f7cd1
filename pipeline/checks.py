"""Refuse settings that fit their types and ranges one by one, but not each other or the machine."""

import os
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.extractive.settings import NoExtractive, OracleExtractive
from pipeline.settings import Order, Settings, Step, check
from pipeline.translation.settings import ModelTranslation


def check_together(settings: Settings) -> None:
    """Look at everything that needs no model.

    Raises:
        ConfigError: if a value is senseless, or settings contradict each other.
    """
    check(settings)
    _check_stages(settings)
    _check_folder(settings.output_dir)


def check_repairs(settings: Settings) -> None:
    """Look whether copies can be repaired; a model that does not fit is the larger problem.

    Raises:
        ConfigError: if they cannot.
    """
    pair = (settings.languages.source, settings.languages.target)
    chosen = settings.translation
    if isinstance(chosen, ModelTranslation) and chosen.repair_copies and pair != ("de", "en"):
        raise ConfigError(
            f"translation.repair_copies knows German to English only, not {'-'.join(pair)}: set it "
            "to false"
        )


def _check_stages(settings: Settings) -> None:
    steps = set(settings.stages)
    if settings.order is Order.extract_first and Step.extract not in steps:
        raise ConfigError("order=extract_first needs extract in stages")
    if settings.order is Order.extract_first and isinstance(settings.extractive, NoExtractive):
        raise ConfigError("order=extract_first needs an extractive ranker, not extractive=none")
    if settings.order is Order.extract_first and isinstance(settings.extractive, OracleExtractive):
        raise ConfigError(
            "order=extract_first picks German sentences, which extractive=oracle cannot compare "
            "with English references: set order=translate_first"
        )
    if Step.translate not in steps and Step.abstract in steps:
        raise ConfigError(
            "stages has abstract but not translate: add translate, or for an English feed "
            "keep it and set translation=none"
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
