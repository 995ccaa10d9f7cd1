"""Where runs are logged, found out and checked without MLflow."""

import os
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.tracking.settings import MlflowTracking, TrackingSettings

ARTIFACTS = (
    "report.html",
    "scores.json",
    "run.json",
    "faults.jsonl",
    "set_aside.jsonl",
    "briefs.jsonl",
    "briefs.parquet",
)
"""Files of a run that can be logged."""

_LOCAL_ARTIFACTS = ARTIFACTS[:4]
_REMOTE_ARTIFACTS = ("scores.json", "run.json")
_NEEDED = ("mlflow", "sqlalchemy", "alembic")
_VARIABLE = "MLFLOW_TRACKING_URI"
_USUAL = "sqlite:///mlflow.db"
_SQLITE = "sqlite:///"
_PASSWORD = re.compile(r"://[^/@]*@")


@dataclass(frozen=True, slots=True)
class Place:
    """A store of runs.

    Attributes:
        uri: its address.
        file: the SQLite file, absolute; `None` for another kind of store.
        artifacts: names of the files to log.
    """

    uri: str
    file: Path | None
    artifacts: tuple[str, ...]


def find_place(settings: MlflowTracking) -> Place:
    """Return where runs are logged.

    Raises:
        ConfigError: if the address cannot be used.
    """
    uri = settings.uri or os.environ.get(_VARIABLE) or _USUAL
    if settings.uri and _PASSWORD.search(settings.uri):
        raise ConfigError(
            "tracking.uri has a password in it, which would be written into run.json: leave it "
            f"empty, and set {_VARIABLE} instead; or set MLFLOW_TRACKING_USERNAME and "
            "MLFLOW_TRACKING_PASSWORD"
        )
    file = None
    if uri.startswith(_SQLITE):
        file = Path(uri.removeprefix(_SQLITE)).absolute()
        uri = f"{_SQLITE}{file}"
    usual = _REMOTE_ARTIFACTS if file is None else _LOCAL_ARTIFACTS
    chosen = usual if settings.artifacts is None else tuple(settings.artifacts)
    return Place(uri, file, chosen)


def without_password(text: str) -> str:
    """Return a text in which no address has a name and a password."""
    return _PASSWORD.sub("://", text)


def check_tracking(settings: TrackingSettings, *, offline: bool) -> None:
    """Look at what would make tracking fail after the run.

    Raises:
        ConfigError: if a package is not installed, or a setting cannot work.
    """
    if not isinstance(settings, MlflowTracking):
        return
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ConfigError(
            f"tracking=mlflow needs {', '.join(missing)}: pip install 'wirebrief[mlflow]'"
        )
    place = find_place(settings)
    if offline and place.file is None:
        raise ConfigError(
            f"offline=true, but runs are to be logged at {without_password(place.uri)}: set "
            f"tracking.uri={_USUAL}, or tracking=none, and log them later with wirebrief track"
        )
    if place.file is not None:
        _check_file(place.file)
    unknown = [name for name in place.artifacts if name not in ARTIFACTS]
    if unknown:
        raise ConfigError(
            f"tracking.artifacts: no run leaves {', '.join(unknown)}. Choose from "
            f"{', '.join(ARTIFACTS)}."
        )
    if not settings.experiment.strip():
        raise ConfigError("tracking.experiment is empty: name one")


def _check_file(file: Path) -> None:
    folder = file.parent
    while not folder.exists():
        folder = folder.parent
    for place in (folder, file):
        if place.exists() and not os.access(place, os.W_OK):
            raise ConfigError(
                f"tracking.uri: {place} may not be written. Give permission, or name another file."
            )
    if file.is_dir() or not folder.is_dir():
        raise ConfigError(f"tracking.uri: {file} cannot be a file. Name another one.")
