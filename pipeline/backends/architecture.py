"""What kind of model a folder holds, and for which task it is fit. Reads JSON files only."""

import json
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
    Task.translation: ("marian", "m2m_100", "mbart", "t5", "mt5"),
    Task.summarization: ("bart", "pegasus", "t5", "mt5", "mbart", "m2m_100", "led"),
}
_SETTING = {Task.translation: "translation.model", Task.summarization: "abstractive.model"}
_TOKENIZERS = {"mbart": "MBartTokenizer", "m2m_100": "M2M100Tokenizer"}
"""Those that checkpoints have which do not say; other types have only one."""
_POSITIONS = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
_DEFAULT_POSITIONS = 512


@dataclass(frozen=True, slots=True)
class Architecture:
    """The facts about a model that its configuration files tell.

    Attributes:
        kind: `model_type` of transformers, such as `marian`.
        max_source_tokens: how many tokens the encoder can read.
        forced_first: id that every output must begin with, as BART's do; `None` if free.
        tokenizer: its class in transformers where a kind has several, such as `NllbTokenizer`.
        language_last: the source's language stands behind the text.
        converts: CTranslate2 can run it.
        max_target_tokens: how many tokens the decoder can write; `None` if that is as many.
    """

    kind: str
    max_source_tokens: int
    forced_first: int | None = None
    tokenizer: str = ""
    language_last: bool = False
    converts: bool = True
    max_target_tokens: int | None = None

    @property
    def starts_with_language(self) -> bool:
        """Tell whether the decoder starts from the target's language, instead of writing it."""
        return self.tokenizer == "MBartTokenizer"


def read_architecture(folder: Path, task: Task) -> Architecture:
    """Read a model folder's architecture.

    Raises:
        BackendError: if the folder holds no model, or one that is unfit for the task.
    """
    setting = _SETTING[task]
    config = read_json(folder / "config.json")
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
    positions = next((config[name] for name in _POSITIONS if config.get(name)), _DEFAULT_POSITIONS)
    generation = read_json(folder / "generation_config.json") or config
    first = generation.get("forced_bos_token_id")
    written = read_json(folder / "tokenizer_config.json") or {}
    named = written.get("tokenizer_class") or config.get("tokenizer_class") or ""
    tokenizer = _TOKENIZERS.get(kind, "") and (named.removesuffix("Fast") or _TOKENIZERS[kind])
    return Architecture(
        kind,
        int(positions),
        first,
        tokenizer=tokenizer,
        language_last=tokenizer == "MBartTokenizer" or bool(written.get("legacy_behaviour")),
        converts=kind != "led" and config.get("share_encoder_decoder_embeddings") is not False,
        max_target_tokens=config.get("max_decoder_position_embeddings"),
    )


def read_json(path: Path) -> dict[str, Any] | None:
    """Read an object from a JSON file of a model; `None` if there is no such file.

    Raises:
        BackendError: if it holds something else.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise BackendError(f"{path}: not valid JSON ({error}). Download the model again.") from None
    if not isinstance(content, dict):
        raise BackendError(f"{path}: not a JSON object. Download the model again.")
    return content
