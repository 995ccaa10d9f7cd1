"""Find a model: the starter that ships, a local folder, or a name on the hub."""

import logging
from pathlib import Path

from pipeline.backends.architecture import Task
from pipeline.backends.starter import STARTER, starter_folder
from pipeline.errors import BackendError

_TEXTS = ("*.json", "*.jinja", "*.txt", "*.model", "*.spm")
_WEIGHTS = "*.safetensors"
_OLD_WEIGHTS = "pytorch_model*.bin"


def locate(model: str, revision: str | None, task: Task, *, offline: bool) -> Path:
    """Return the local folder of a model, downloading it if need be and allowed.

    Raises:
        BackendError: if it is not there, with the way to get it.
    """
    if model == STARTER:
        return starter_folder(task)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    if folder.is_absolute() or model.startswith(("./", "../", "~")) or model.count("/") > 1:
        raise BackendError(f"{model}: there is no such folder. Check the path of the model.")
    return _from_hub(model, revision, offline=offline)


def model_files(folder: Path) -> list[Path]:
    """Return the files of a model folder that decide about its output."""
    patterns = (*_TEXTS, _WEIGHTS, _OLD_WEIGHTS)
    return sorted({path for pattern in patterns for path in folder.glob(pattern)})


def _from_hub(model: str, revision: str | None, *, offline: bool) -> Path:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    cached = _cached(model, revision)
    if cached is not None:
        return cached
    if offline:
        raise BackendError(
            f"{model}: no such folder, not in the local cache, and offline=true. On a connected "
            f"machine run `hf download {model}`, copy the folder that it prints here, and name it."
        )
    try:
        found = _snapshot(model, revision, (*_TEXTS, _WEIGHTS), offline=False)
        if not any(found.glob(_WEIGHTS)):
            found = _snapshot(model, revision, (*_TEXTS, _OLD_WEIGHTS), offline=False)
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise BackendError(
            f"{model}: no such folder, and the hub did not give it ({type(error).__name__}: "
            f"{reason}). Check the name, revision and connection; or run `hf download {model}` "
            "where there is one and give the folder; or use the model that ships: starter."
        ) from error
    return found


def _cached(model: str, revision: str | None) -> Path | None:
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    try:
        found = _snapshot(model, revision, (*_TEXTS, _WEIGHTS), offline=True)
    except HFValidationError as error:
        raise BackendError(
            f"{model}: neither a folder nor a name on the hub ({error}). Give starter, a folder "
            "in the transformers format, or a name such as Helsinki-NLP/opus-mt-de-en."
        ) from None
    except (OSError, ValueError):
        return None
    weights = any(found.glob(_WEIGHTS)) or any(found.glob(_OLD_WEIGHTS))
    return found if weights and (found / "config.json").exists() else None


def _snapshot(
    model: str, revision: str | None, patterns: tuple[str, ...], *, offline: bool
) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415

    return Path(
        snapshot_download(
            model, revision=revision, allow_patterns=list(patterns), local_files_only=offline
        )
    )
