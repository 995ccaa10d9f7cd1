"""The stages of a run, put together again in a worker."""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from pipeline.abstractive.settings import ModelAbstractive
from pipeline.backends.offline import network
from pipeline.errors import BackendError
from pipeline.fingerprint import digest_code
from pipeline.memo.opening import RUN_PATIENCE, make_store
from pipeline.settings import Settings
from pipeline.stage import Stage
from pipeline.staging import StageBuilder
from pipeline.translation.settings import ModelTranslation


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker is for.

    Attributes:
        settings: of the run.
        folder: where the user stands; relative paths are meant from there.
        code: digest of the driver's code.
        recipe: digest of what decides how parts are made.
        parts: address of the folder of parts.
        stages: names of those that the worker takes parts through.
        cpus: that it holds.
        writes: it is the last, which keeps the part.
    """

    settings: Settings
    folder: str
    code: str
    recipe: str
    parts: str
    stages: tuple[str, ...]
    cpus: float = 1.0
    writes: bool = True


def open_stages(assignment: Assignment, stack: ExitStack) -> Sequence[Stage]:
    """Return the worker's stages, open; the stack closes them.

    Raises:
        BackendError: if the machine lacks a model, or has another version of the code.
    """
    settings = with_threads(assignment.settings, assignment.cpus)
    enter(assignment)
    stack.enter_context(network(offline=settings.offline))
    cache = Path(platformdirs.user_cache_dir("wirebrief"))
    store = make_store(settings.memo, cache, RUN_PATIENCE)
    builder = StageBuilder(settings, store, cache)
    stages = builder.build()
    if builder.missing:
        raise BackendError(f"on {os.uname().nodename}: " + "\n  ".join(builder.missing))
    for stage in stages:
        stack.callback(stage.close)
        stage.open()
    stack.callback(store.close)
    store.open()
    return [stage for stage in stages if stage.name in assignment.stages]


def enter(assignment: Assignment) -> None:
    """Stand where the user stands, with the same code.

    Raises:
        BackendError: if the code is another.
    """
    if digest_code() != assignment.code:
        raise BackendError(
            f"{os.uname().nodename} has another version of wirebrief than the machine that the run "
            "was started on. Install the same one on all machines."
        )
    if Path(assignment.folder).is_dir():
        os.chdir(assignment.folder)


def with_threads(settings: Settings, cpus: float) -> Settings:
    """Return the settings with as many threads as a worker has CPUs, where they leave it open."""
    threads = max(1, round(cpus))
    translation, abstractive = settings.translation, settings.abstractive
    if isinstance(translation, ModelTranslation) and not translation.threads:
        translation = replace(translation, threads=threads)
    if isinstance(abstractive, ModelAbstractive) and not abstractive.threads:
        abstractive = replace(abstractive, threads=threads)
    return replace(settings, translation=translation, abstractive=abstractive)
