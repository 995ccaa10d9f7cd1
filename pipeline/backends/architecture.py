"""What kind of model a folder holds, and for which task it is fit. Reads config.json only."""

import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pipeline.errors import BackendError


class Task(Enum):
    """What a stage wants from a model."""

    translation = "translation"
    summarization = "summarization"


_FIT = {
    Task.translation: ("marian", "m2m_100", "t5"),
    Task.summarization: ("bart", "m2m_100", "t5"),
}
_SETTING = {Task.translation: "translation.model", Task.summarization: "abstractive.model"}
_DEFAULT_POSITIONS = 512


@dataclass(frozen=True, slots=True)
class Architecture:
    """The facts about a model that its configuration file tells.

    Attributes:
        kind: `model_type` of transformers, such as `marian`.
        max_source_tokens: how many tokens the encoder can read.
        decoder_start: id that starts the decoder.
    """

    kind: str
    max_source_tokens: int


def read_architecture(folder: Path, task: Task) -> Architecture:
    """Read a model folder's architecture.

    Raises:
        BackendError: if the folder holds no model, or one that is unfit for the task.
    """
    path = folder / "config.json"
    setting = _SETTING[task]
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackendError(
            f"{folder}: no config.json, so this is no model in the transformers format. "
            f"Give {setting} a folder that save_pretrained wrote, or a name on the hub."
        ) from None
    except ValueError as error:
        raise BackendError(f"{path}: not valid JSON ({error}). Download the model again.") from None
    kind = str(config.get("model_type"))
    if kind not in _FIT[task]:
        names = ", ".join(config.get("architectures") or [kind])
        raise BackendError(
            f"{folder}: {names} (model_type {kind}) is unfit for {task.value}; "
            f"fit are {', '.join(_FIT[task])}. Set {setting} to such a model."
        )
    positions = config.get("max_position_embeddings") or config.get("n_positions")
    return Architecture(kind, int(positions or _DEFAULT_POSITIONS))
