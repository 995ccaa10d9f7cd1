"""Find the files of a path."""

import difflib
import glob
import os
from pathlib import Path

from pipeline.errors import ConfigError, FeedError

STDIN = "-"


def find_files(path: str, patterns: tuple[str, ...]) -> list[Path | None]:
    """Return the files of a path: itself, a folder's, a glob's; `None` is standard input.

    Raises:
        FeedError: if there is none, or one may not be read.
    """
    if path == STDIN:
        return [None]
    if not path.strip():
        raise ConfigError("feed.path is empty: name a file, a folder, a glob, or - for stdin")
    try:
        return list(_find(path, patterns))
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FeedError(
            f"{path[:200]}: cannot be opened ({reason}). Check feed.path and its permissions."
        ) from None


def _find(path: str, patterns: tuple[str, ...]) -> list[Path]:
    place = Path(path).expanduser()
    if place.is_dir():
        if not os.access(place, os.R_OK | os.X_OK):
            raise FeedError(f"{place}: this folder may not be read. Check its permissions.")
        found = sorted({f for pattern in patterns for f in place.glob(pattern) if f.is_file()})
        if not found:
            raise FeedError(f"{place}: no {' or '.join(patterns)} in this folder.")
    elif glob.has_magic(path) and not place.exists():
        found = sorted(Path(name) for name in glob.glob(str(place), recursive=True))  # noqa: PTH207
        found = [file for file in found if file.is_file()]
        if not found:
            raise FeedError(f"{path}: no file matches. Quote the pattern, and check the folder.")
    else:
        found = [existing(place)]
    for file in found:
        if not os.access(file, os.R_OK):
            raise FeedError(f"{file}: this file may not be read. Check its permissions.")
    return found


def existing(place: Path) -> Path:
    """Return a path that is there.

    Raises:
        FeedError: if it is not; it names one that is spelt much like it.
    """
    if place.exists():
        return place
    folder = place.parent
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    near = difflib.get_close_matches(place.name, names, n=1)
    hint = f"Did you mean {folder / near[0]}?" if near else "Set feed.path to a file that is there."
    raise FeedError(f"{place}: no such file (looked from {Path.cwd()}). {hint}")
