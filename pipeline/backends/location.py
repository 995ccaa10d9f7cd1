"""Find a model: the starter that ships, a local folder, or a name on the hub."""

import logging
from pathlib import Path

from pipeline.backends.architecture import Task
from pipeline.errors import BackendError

STARTERS = Path(__file__).parent / "starters"
_PATTERNS = [
    "*.json",
    "*.txt",
    "*.model",
    "*.spm",
    "*.safetensors",
    "*.safetensors.index.json",
]
_OLD_WEIGHTS = ["pytorch_model*.bin", *_PATTERNS]


def locate(model: str, revision: str | None, task: Task, *, offline: bool) -> Path:
    """Return the local folder of a model, downloading it if need be and allowed.

    Raises:
        BackendError: if it is not there, with the way to get it.
    """
    if model == "starter":
        return STARTERS / task.value
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    if folder.is_absolute() or model.startswith(("./", "../", "~")) or model.count("/") > 1:
        raise BackendError(f"{model}: there is no such folder. Check the path of the model.")
    return _from_hub(model, revision, offline=offline)


def _from_hub(model: str, revision: str | None, *, offline: bool) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        cached = _snapshot(snapshot_download, model, revision, _PATTERNS, offline=True)
        if any(cached.glob("*.safetensors")) or any(cached.glob("pytorch_model*.bin")):
            return cached
    except HFValidationError as error:
        raise BackendError(f"{model}: neither a folder nor a name on the hub ({error}).") from None
    except (OSError, ValueError):
        cached = None
    if offline:
        raise BackendError(
            f"{model}: not in the local cache, and offline=true. On a connected machine run "
            f"`hf download {model}`, copy the cache or the folder here, and name the folder."
        )
    try:
        found = _snapshot(snapshot_download, model, revision, _PATTERNS, offline=False)
        if not any(found.glob("*.safetensors")):
            found = _snapshot(snapshot_download, model, revision, _OLD_WEIGHTS, offline=False)
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise BackendError(
            f"{model}: the hub did not give it ({type(error).__name__}: {reason}). Check the name, "
            f"revision and connection; or run `hf download {model}` where there is one and give "
            "the folder; or use the model that ships: starter."
        ) from error
    return found


def _snapshot(
    download: object, model: str, revision: str | None, patterns: list[str], *, offline: bool
) -> Path:
    if not callable(download):
        raise TypeError("snapshot_download is not callable")
    return Path(
        download(model, revision=revision, allow_patterns=patterns, local_files_only=offline)
    )
