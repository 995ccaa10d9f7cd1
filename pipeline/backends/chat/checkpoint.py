"""What kind of instruct model a folder holds. Reads JSON only."""

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import BackendError

_DEFAULT_POSITIONS = 2048


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A decoder-only model in the transformers format.

    Attributes:
        folder: where it lies.
        positions: how many tokens it has positions for.
    """

    folder: Path
    positions: int


def read_checkpoint(setting: str, folder: Path) -> Checkpoint:
    """Look whether a folder holds an instruct model.

    Args:
        setting: where it is named, for messages.
        folder: a model's.

    Raises:
        BackendError: if it holds no model, another kind of model, or one without chat template.
    """
    config = _read(folder / "config.json")
    names = config.get("architectures")
    kinds = [str(name) for name in names] if isinstance(names, list) else []
    if not any(kind.endswith("ForCausalLM") for kind in kinds):
        found = ", ".join(kinds) or str(config.get("model_type") or "no model")
        raise BackendError(
            f"{folder}: {found} is no decoder-only model (ForCausalLM) in the transformers "
            f"format. Set {setting} to an instruct model's folder or name on the hub."
        )
    template = (folder / "chat_template.jinja").exists()
    if not template and not _read(folder / "tokenizer_config.json").get("chat_template"):
        raise BackendError(
            f"{folder}: this model has no chat template, so it is no instruct model. Set "
            f"{setting} to one; their names often end in -Instruct or -it."
        )
    positions = config.get("max_position_embeddings")
    return Checkpoint(folder, positions if isinstance(positions, int) else _DEFAULT_POSITIONS)


def _read(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BackendError(f"{path}: cannot be read ({error}). Download the model again.") from None
    return content if isinstance(content, dict) else {}
