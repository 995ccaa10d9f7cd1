"""Make the backend that the settings ask for. Cheap: weights are loaded on first use."""

from pathlib import Path

from pipeline.backend import Backend, Chooser, Decoding
from pipeline.backends.architecture import Architecture, Task, read_architecture
from pipeline.backends.choosers import Favourite
from pipeline.backends.ctranslate2 import CTranslate2Engine
from pipeline.backends.hardware import (
    Abilities,
    Hardware,
    choose_device,
    choose_devices,
    choose_type,
)
from pipeline.backends.instruction import Request, instruct
from pipeline.backends.location import locate
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
    prefix: str | None = None,
    strict: bool = False,
) -> Backend:
    """Find the model, check that it fits the task, and return a backend that loads it on demand.

    Args:
        settings: which model, and how it runs.
        task: what the stage wants of it.
        languages: ISO codes of source and target; the same twice for summarization.
        cache: folder for converted models.
        offline: open no connection.
        chooser: picks among several candidates.
        prefix: text in front of every source; `None` for what the model's family wants.
        strict: run batches of a fixed shape, so that no output depends on its neighbours.

    Raises:
        BackendError: if the model is not there or does not fit.
    """
    if settings.model == STARTER:
        check_starter(task, languages)
    pickle = settings.allow_pickle
    folder = locate(settings.model, settings.revision, task, offline=offline, allow_pickle=pickle)
    architecture = read_architecture(folder, task)
    instruction = instruct(folder, architecture, Request(settings.model, task, languages, prefix))
    by_transformers, wanted = _engine(settings, architecture)
    abilities = (TransformersEngine if by_transformers else CTranslate2Engine).abilities
    hardware = _hardware(settings, abilities)
    compute_type = choose_type(wanted, hardware.device, architecture.kind, abilities)
    checkpoint = Checkpoint(
        settings.model, folder, architecture, instruction, compute_type, hardware, strict
    )
    if by_transformers:
        return Seq2SeqBackend(checkpoint, TransformersEngine(checkpoint), chooser)
    return Seq2SeqBackend(checkpoint, CTranslate2Engine(checkpoint, cache), chooser)


def _engine(settings: ModelSettings, architecture: Architecture) -> tuple[bool, str]:
    """Return whether transformers runs the model, and in which numeric type."""
    wanted = settings.compute_type
    if settings.engine is Engine.auto and not architecture.converts:
        return True, "float32" if wanted.startswith("int") else wanted
    return settings.engine is Engine.transformers, wanted


def _hardware(settings: ModelSettings, abilities: Abilities) -> Hardware:
    device = choose_device(settings.model, settings.device.value, abilities)
    devices = choose_devices(settings.model, device, settings.devices, abilities)
    return Hardware(device, settings.threads, settings.batch_tokens, devices)


def decoding_of(model: ModelSettings, max_tokens: int) -> Decoding:
    """Return how a model generates, as its settings say."""
    return Decoding(
        beams=model.beams,
        max_tokens=max_tokens,
        length_penalty=model.length_penalty,
        no_repeat_ngram=model.no_repeat_ngram,
        repetition_penalty=model.repetition_penalty,
        candidates=model.candidates,
    )
