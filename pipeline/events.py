"""What log lines say beside their message: codes, ids and numbers, and never an article's text."""

import traceback
from pathlib import Path
from typing import Any

from pipeline.records import Json

_ROOT = Path(__file__).parent.parent


def event(name: str, **fields: Json) -> dict[str, Any]:
    """Return the `extra` of a log call.

    Args:
        name: code of what happened.
        fields: what else is known of it, by names that `docs/observability.md` lists.
    """
    return {"event": name, "fields": fields}


def trace(error: BaseException) -> list[str]:
    """Return where an error arose, outermost call first; without its message, which may quote."""
    return [
        f"{_shown(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


def origin(error: BaseException) -> str:
    """Return an error's type and the place where it arose."""
    places = trace(error)
    return f"{type(error).__name__} at {places[-1]}" if places else type(error).__name__


def unquoted(error: BaseException) -> str:
    """Return the message of one of our own errors up to where it quotes others, in brackets."""
    return str(error).partition(" (")[0]


def _shown(path: str) -> str:
    """Shorten a path to what tells: within wirebrief, or within a package."""
    if Path(path).is_relative_to(_ROOT):
        return str(Path(path).relative_to(_ROOT))
    return path.rpartition("site-packages/")[2]
