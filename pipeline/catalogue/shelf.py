"""Which models are on this machine, without the hub's client: importing it takes a second.

Its cache has a fixed layout: `models--OWNER--NAME/snapshots/COMMIT/`, and a commit in `refs/NAME`.
"""

from pathlib import Path

from pipeline.backends.architecture import Task
from pipeline.backends.safety import has_pickled_weights, has_safe_weights
from pipeline.backends.starter import STARTER, STARTERS
from pipeline.catalogue.cards import Card

_TASKS = {"translation": Task.translation, "abstractive": Task.summarization}


def find(card: Card) -> Path | None:
    """Return the folder that a run would load the model from without a download, if there is one.

    Args:
        card: of a starter, or of a model on the hub.
    """
    if card.model == STARTER:
        folder = STARTERS / _TASKS[card.option.partition("=")[0]].value
    else:
        snapshot = _snapshot(card.model, card.revision or "main")
        if snapshot is None:
            return None
        folder = snapshot
    weights = has_safe_weights(folder) or has_pickled_weights(folder)
    return folder if weights and (folder / "config.json").exists() else None


def bytes_on_disk(folder: Path) -> int:
    """Return how many bytes the files of a model folder take."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _snapshot(model: str, revision: str) -> Path | None:
    from huggingface_hub import constants  # noqa: PLC0415

    repository = Path(constants.HF_HUB_CACHE) / f"models--{model.replace('/', '--')}"
    reference = repository / "refs" / revision
    commit = reference.read_text(encoding="utf-8").strip() if reference.is_file() else revision
    folder = repository / "snapshots" / commit
    return folder if folder.is_dir() else None
