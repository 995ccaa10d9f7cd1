"""What kind of model a folder holds, and for which task it is fit. Reads config.json only."""

import json
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

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
_LANGUAGE = re.compile(r"__([a-z]{2,3})__")


@dataclass(frozen=True, slots=True)
class Architecture:
    """The facts about a model that its configuration file tells.

    Attributes:
        kind: `model_type` of transformers, such as `marian`.
        max_source_tokens: how many tokens the encoder can read.
        forced_first: id that every output must begin with, as BART's do; `None` if free.
    """

    kind: str
    max_source_tokens: int
    forced_first: int | None = None


def read_architecture(folder: Path, task: Task) -> Architecture:
    """Read a model folder's architecture.

    Raises:
        BackendError: if the folder holds no model, or one that is unfit for the task.
    """
    setting = _SETTING[task]
    config = _read(folder / "config.json")
    if config is None:
        raise BackendError(
            f"{folder}: no config.json, so this is no model in the transformers format. "
            f"Give {setting} a folder that save_pretrained wrote, or a name on the hub."
        )
    kind = str(config.get("model_type"))
    if kind not in _FIT[task]:
        names = ", ".join(config.get("architectures") or [kind])
        raise BackendError(
            f"{folder}: {names} (model_type {kind}) is unfit for {task.value}; "
            f"fit are {', '.join(_FIT[task])}. Set {setting} to such a model."
        )
    positions = config.get("max_position_embeddings") or config.get("n_positions")
    generation = _read(folder / "generation_config.json") or config
    first = generation.get("forced_bos_token_id")
    return Architecture(kind, int(positions or _DEFAULT_POSITIONS), first)


def check_languages(
    model: str, folder: Path, architecture: Architecture, languages: tuple[str, str]
) -> None:
    """Check that a multilingual model's tokenizer knows both languages.

    Args:
        model: name as configured.
        folder: where it lies.
        architecture: what it is.
        languages: ISO codes of source and target.

    Raises:
        BackendError: if it lists languages, and one of the two is not among them.
    """
    if architecture.kind != "m2m_100":
        return
    names = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json")
    written = "".join(json.dumps(_read(folder / name) or "") for name in names)
    known = sorted(set(_LANGUAGE.findall(written)))
    missing = sorted({code for code in languages if code not in known})
    if known and missing:
        raise BackendError(
            f"{model}: this model does not know {', '.join(missing)}; it knows "
            f"{', '.join(known)}. Set languages.source and languages.target to two of these."
        )


def _read(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise BackendError(f"{path}: not valid JSON ({error}). Download the model again.") from None
    if not isinstance(content, dict):
        raise BackendError(f"{path}: not a JSON object. Download the model again.")
    return content
