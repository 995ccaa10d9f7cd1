"""The models that ship: where they lie, and which languages they were trained for."""

from pathlib import Path

from pipeline.backends.architecture import Task
from pipeline.errors import BackendError

STARTER = "starter"
"""What `model` says to name one."""

STARTERS = Path(__file__).parent / "starters"
TRAINED_FOR = {Task.translation: ("de", "en"), Task.summarization: ("en", "en")}
"""Languages in and out; the tokenizer lists more, since its kind needs a known set of codes."""

_OTHERS = {
    Task.translation: "translation=opus_mt, or translation.model=DIR",
    Task.summarization: "abstractive.model=DIR",
}


def starter_folder(task: Task) -> Path:
    """Return the folder of a starter.

    Raises:
        BackendError: if it is not part of the installation.
    """
    folder = STARTERS / task.value
    if not (folder / "config.json").exists():
        raise BackendError(
            f"{STARTER}: {folder} is not part of this installation. Install wirebrief again from "
            "its repository, or name a model on the hub or a local folder."
        )
    return folder


def check_starter(task: Task, languages: tuple[str, str]) -> None:
    """Refuse languages that the starter was not trained for.

    Raises:
        BackendError: naming those that it was trained for, and what to do.
    """
    trained = TRAINED_FOR[task]
    if languages == trained:
        return
    known, wanted = (_pair(pair) for pair in (trained, languages))
    setting = " ".join(
        f"languages.{side}={code}"
        for side, code, given in zip(("source", "target"), trained, languages, strict=True)
        if code != given
    )
    if task is Task.summarization:
        setting = f"languages.target={trained[1]}"
    raise BackendError(
        f"{STARTER}: this model was trained for {task.value} of {known} only, not of {wanted}. Set "
        f"{setting}, or name another model: {_OTHERS[task]}."
    )


def _pair(languages: tuple[str, str]) -> str:
    source, target = languages
    return source if source == target else f"{source} to {target}"
