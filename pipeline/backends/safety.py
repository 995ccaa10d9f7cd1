"""What a model folder may hold: weights that are data, and no code. Reads file names and JSON."""

import json
from pathlib import Path

from pipeline.backends.architecture import Task
from pipeline.errors import BackendError

SAFE_WEIGHTS = "*.safetensors"
PICKLED_WEIGHTS = "pytorch_model*.bin"

_GROUP = {Task.translation: "translation", Task.summarization: "abstractive"}
_SETTINGS_FILES = ("config.json", "tokenizer_config.json")


def has_safe_weights(folder: Path) -> bool:
    """Tell whether there are weights in safetensors; then no others are ever loaded."""
    return any(folder.glob(SAFE_WEIGHTS))


def has_pickled_weights(folder: Path) -> bool:
    """Tell whether there are weights in a pickle."""
    return any(folder.glob(PICKLED_WEIGHTS))


def check_safe(model: str, folder: Path, task: Task, *, allow_pickle: bool) -> None:
    """Refuse a folder whose loading could run code that came with it.

    Args:
        model: name as configured.
        folder: in the transformers format.
        task: what the stage wants of it; names the setting in messages.
        allow_pickle: the user accepts pickled weights.

    Raises:
        BackendError: if the model brings code, or has no weights but pickled ones and these are
            not allowed.
    """
    for name in _SETTINGS_FILES:
        if _names_code(folder / name):
            raise BackendError(
                f"{model}: {name} names code of the model's own (auto_map), which wirebrief never "
                f"runs. Set {_GROUP[task]}.model to one of an architecture that transformers has."
            )
    if not allow_pickle and not has_safe_weights(folder) and has_pickled_weights(folder):
        raise refused_pickle(model, task)


def refused_pickle(model: str, task: Task) -> BackendError:
    """Return the error for a model that has pickled weights only."""
    return BackendError(
        f"{model}: it has no weights in safetensors, and a pickle (pytorch_model.bin) can run the "
        "code of whoever made it. Name a revision with model.safetensors (on the hub often "
        "refs/pr/N, see the model's Community tab); or, if you trust its maker, "
        f"set {_GROUP[task]}.allow_pickle=true (of wirebrief-train: allow_pickle=true): torch then "
        "takes nothing but tensors out of it."
    )


def _names_code(path: Path) -> bool:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # whoever reads the file for its content says what is wrong
        return False
    return isinstance(content, dict) and bool(content.get("auto_map"))
