"""Make the chat backend that the settings ask for. Cheap: nothing is loaded or sent."""

from dataclasses import dataclass

from pipeline.backends.architecture import Task
from pipeline.backends.chat.address import Address
from pipeline.backends.chat.backend import Asking, ChatBackend, Speaker
from pipeline.backends.chat.checkpoint import read_checkpoint
from pipeline.backends.chat.endpoint import Endpoint
from pipeline.backends.chat.judge import Judge
from pipeline.backends.chat.local import LocalModel
from pipeline.backends.chat.prompt import Prompt, WordLimits
from pipeline.backends.chat.settings import ChatSettings, EndpointSettings, InstructSettings
from pipeline.backends.location import locate
from pipeline.backends.starter import STARTER
from pipeline.errors import BackendError

CHUNK_CHARACTERS = 1 << 14
"""Answers are stored after texts of this size, some 120 sentences: they are slow or paid for."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a stage wants of an instruct model.

    Attributes:
        task: translation or summarization.
        part: the stage's group of settings, for messages.
        languages: ISO codes of source and target.
        answer_tokens: room for an answer.
        words: limits of a summary; `None` for translation.
    """

    task: Task
    part: str
    languages: tuple[str, str]
    answer_tokens: int
    words: WordLimits | None = None


def make_chat(
    settings: ChatSettings, assignment: Assignment, *, offline: bool, strict: bool = False
) -> ChatBackend:
    """Check the settings, find the model or the endpoint, and return a backend.

    Args:
        settings: which model, and what it is told.
        assignment: what the stage wants of it.
        offline: open no connection.
        strict: let no answer of a model on this machine depend on its neighbours.

    Raises:
        ConfigError: if a template or an address is wrong.
        BackendError: if the model, a library or a key is not there, or an endpoint is asked for
            offline.
    """
    prompt = Prompt(
        assignment.part, settings.system, settings.user, assignment.languages, assignment.words
    )
    judge = Judge(assignment.languages, summaries=assignment.task is Task.summarization)
    asking = Asking(
        settings.temperature,
        settings.seed,
        settings.reasks,
        settings.thinking_tokens,
        assignment.answer_tokens,
    )
    speaker = _speaker(settings, assignment, offline=offline, strict=strict)
    return ChatBackend(settings.model, speaker, prompt, judge, asking)


def _speaker(
    settings: ChatSettings, assignment: Assignment, *, offline: bool, strict: bool
) -> Speaker:
    part = assignment.part
    if isinstance(settings, EndpointSettings):
        address = Address(part, settings.endpoint)
        if offline:
            raise BackendError(
                f"{part}=chat asks {address}, and offline=true opens no connection. Set "
                f"offline=false, or {part}=instruct with a model on this machine."
            )
        return Endpoint(settings, address)
    if not isinstance(settings, InstructSettings):
        raise TypeError(f"{type(settings).__name__} is no way to run an instruct model")
    if settings.model == STARTER:
        raise BackendError(
            f"{STARTER}: the model that ships is no instruct model. Set {part}=starter, or name an "
            f"instruct model in {part}.model."
        )
    folder = locate(settings.model, settings.revision, assignment.task, offline=offline)
    return LocalModel(settings, read_checkpoint(f"{part}.model", folder), strict=strict)
