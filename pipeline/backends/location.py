"""Find a model: the starter that ships, a local folder, or a name on the hub."""

import logging
from pathlib import Path

from pipeline.backends.architecture import Task
from pipeline.backends.safety import (
    PICKLED_WEIGHTS,
    SAFE_WEIGHTS,
    check_safe,
    has_pickled_weights,
    has_safe_weights,
    refused_pickle,
)
from pipeline.backends.starter import STARTER, starter_folder
from pipeline.errors import BackendError

_TEXTS = ("*.json", "*.jinja", "*.txt", "*.model", "*.spm")


def locate(
    model: str, revision: str | None, task: Task, *, offline: bool, allow_pickle: bool = False
) -> Path:
    """Return the local folder of a model, downloading it if need be and allowed.

    Args:
        model: `starter`, a folder, or a name on the hub.
        revision: commit or tag on the hub; `None` for the newest.
        task: what the stage wants of it.
        offline: open no connection.
        allow_pickle: take pickled weights where there are no others.

    Raises:
        BackendError: if it is not there, with the way to get it, or if loading it is not safe.
    """
    if model == STARTER:
        return starter_folder(task)
    folder = _find(model, revision, task, offline=offline, allow_pickle=allow_pickle)
    check_safe(model, folder, task, allow_pickle=allow_pickle)
    return folder


def _find(
    model: str, revision: str | None, task: Task, *, offline: bool, allow_pickle: bool
) -> Path:
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    if folder.is_absolute() or model.startswith(("./", "../", "~")) or model.count("/") > 1:
        raise BackendError(f"{model}: there is no such folder. Check the path of the model.")
    cached = _cached(model, revision)
    if cached is not None and (has_safe_weights(cached) or allow_pickle):
        return cached
    if offline:
        raise refused_pickle(model, task) if cached is not None else _absent(model, revision)
    return _download(model, revision, task, allow_pickle=allow_pickle)


def model_files(folder: Path) -> list[Path]:
    """Return the files of a model folder that decide about its output."""
    weights = SAFE_WEIGHTS if has_safe_weights(folder) else PICKLED_WEIGHTS
    return sorted({path for pattern in (*_TEXTS, weights) for path in folder.glob(pattern)})


def _absent(model: str, revision: str | None) -> BackendError:
    wanted = model if revision is None else f"{model} --revision {revision}"
    return BackendError(
        f"{model}: no such folder, not in the local cache, and offline=true. On a connected "
        f"machine run `hf download {wanted}`, copy the folder that it prints here, and name it."
    )


def _download(model: str, revision: str | None, task: Task, *, allow_pickle: bool) -> Path:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        found = _snapshot(model, revision, (*_TEXTS, SAFE_WEIGHTS), offline=False)
        if allow_pickle and not has_safe_weights(found):
            found = _snapshot(model, revision, (*_TEXTS, PICKLED_WEIGHTS), offline=False)
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise BackendError(
            f"{model}: no such folder, and the hub did not give it ({type(error).__name__}: "
            f"{reason}). Check the name, revision and connection; or run `hf download {model}` "
            "where there is one and give the folder; or use the model that ships: starter."
        ) from error
    if not allow_pickle and not has_safe_weights(found):
        raise refused_pickle(model, task)
    return found


def _cached(model: str, revision: str | None) -> Path | None:
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    try:
        found = _snapshot(model, revision, (*_TEXTS, SAFE_WEIGHTS), offline=True)
    except HFValidationError as error:
        raise BackendError(
            f"{model}: neither a folder nor a name on the hub ({error}). Give starter, a folder "
            "in the transformers format, or a name such as Helsinki-NLP/opus-mt-de-en."
        ) from None
    except (OSError, ValueError):
        return None
    weights = has_safe_weights(found) or has_pickled_weights(found)
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
