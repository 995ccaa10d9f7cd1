"""From settings to a store."""

from pathlib import Path

from pipeline.memo.settings import MemoSettings, SqliteMemo
from pipeline.memo.store import MemoStore, NoStore, SqliteStore

RUN_PATIENCE = 600.0
"""Longer than slow models take for what is claimed at once: who waits longer waits for a process
that hangs."""
DESK_PATIENCE = 2.0
"""A flash is due, and its few sentences are soon made twice."""


def make_store(settings: MemoSettings, cache: Path, patience_seconds: float) -> MemoStore:
    """Return the store that the settings ask for; nothing is opened yet.

    Args:
        settings: of the group.
        cache: the user's cache folder for wirebrief.
        patience_seconds: how long to wait for other processes, if the settings do not say.
    """
    if not isinstance(settings, SqliteMemo):
        return NoStore()
    path = Path(settings.path) if settings.path else cache / "memo.sqlite"
    if settings.patience_seconds is not None:
        patience_seconds = settings.patience_seconds
    return SqliteStore(path, settings.max_megabytes, patience_seconds)
