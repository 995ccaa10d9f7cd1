"""Make the backend that the settings ask for. Cheap: weights are loaded on first use."""

from pathlib import Path

from pipeline.backend import Backend, Chooser
from pipeline.backends.architecture import Task, check_languages, read_architecture
from pipeline.backends.choosers import Favourite
from pipeline.backends.ctranslate2 import CTranslate2Engine
from pipeline.backends.hardware import Hardware, choose_device, choose_type
from pipeline.backends.location import locate
from pipeline.backends.safety import check_safe
from pipeline.backends.seq2seq import Checkpoint, Seq2SeqBackend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.backends.starter import STARTER, check_starter
from pipeline.backends.transformers import TransformersEngine

_FAVOURITE = Favourite()


def make_backend(
    settings: ModelSettings,
    task: Task,
    languages: tuple[str, str],
    cache: Path,
    *,
    offline: bool,
    chooser: Chooser = _FAVOURITE,
) -> Backend:
    """Find the model, check that it fits the task, and return a backend that loads it on demand.

    Args:
        settings: which model, and how it runs.
        task: what the stage wants of it.
        languages: ISO codes of source and target; the same twice for summarization.
        cache: folder for converted models.
        offline: open no connection.
        chooser: picks among several candidates.

    Raises:
        BackendError: if the model is not there or does not fit.
    """
    if settings.model == STARTER:
        check_starter(task, languages)
    folder = locate(
        settings.model,
        settings.revision,
        task,
        offline=offline,
        allow_pickle=settings.allow_pickle,
    )
    architecture = read_architecture(folder, task)
    check_safe(settings.model, folder, task, allow_pickle=settings.allow_pickle)
    check_languages(settings.model, folder, architecture, languages)
    transformers = settings.engine is Engine.transformers
    abilities = TransformersEngine.abilities if transformers else CTranslate2Engine.abilities
    device = choose_device(settings.model, settings.device.value, abilities)
    checkpoint = Checkpoint(
        settings.model,
        folder,
        architecture,
        languages,
        choose_type(settings.compute_type, device, architecture.kind, abilities),
        Hardware(device, settings.threads, settings.batch_tokens),
    )
    if transformers:
        return Seq2SeqBackend(checkpoint, TransformersEngine(checkpoint), chooser)
    return Seq2SeqBackend(checkpoint, CTranslate2Engine(checkpoint, cache), chooser)
