"""`wirebrief track`: log runs that are finished already."""

import json
from collections.abc import Sequence
from pathlib import Path

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from configs.arguments import UsageError
from pipeline.errors import ConfigError, OutputError
from pipeline.tracking.place import check_tracking
from pipeline.tracking.settings import MlflowTracking
from pipeline.tracking.track import track

HELP = """wirebrief track: log finished runs with MLflow.

Usage: wirebrief track DIR... [tracking.key=value]...

Examples:
  wirebrief track out
      log a run, or all runs of a sweep, as their own settings of tracking say
  wirebrief track out tracking.uri=http://mlflow.example:5000 tracking.experiment=desk
      log it elsewhere

A folder without a run.json is a sweep if runs lie in it: they become children of one run. Every
call logs anew. docs/tracking.md says what is logged."""

_PREFIX = "tracking."


def log_finished_runs(arguments: Sequence[str]) -> int:
    """Do what `wirebrief track` is asked to; return the exit status.

    Raises:
        UsageError: if an argument means nothing.
        WirebriefError: if a run cannot be logged.
    """
    if not arguments or {"--help", "-h"} & set(arguments):
        print(HELP)  # noqa: T201
        return 0
    overrides = [text for text in arguments if text.lstrip("+").startswith(_PREFIX)]
    names = [text for text in arguments if text not in overrides]
    for name in names:
        if name.startswith("-"):
            raise UsageError(f"track takes no {name!r}. wirebrief track --help shows usage.")
    runs = [(folder, sweep) for name in names for folder, sweep in _runs(Path(name))]
    settings = [_settings(folder, overrides) for folder, _ in runs]
    for chosen in settings:
        check_tracking(chosen, offline=False)
    for (folder, sweep), chosen in zip(runs, settings, strict=True):
        track(folder, chosen, sweep)
        print(f"logged {folder}")  # noqa: T201
    return 0


def _runs(folder: Path) -> list[tuple[Path, Path | None]]:
    """Return runs, each with the sweep that it belongs to."""
    if (folder / "run.json").exists():
        return [(folder, None)]
    jobs = sorted(path.parent for path in folder.glob("*/run.json"))
    if not jobs:
        raise ConfigError(
            f"{folder}: no finished run is there, nor in a folder below it. Give the output_dir of "
            "a run, or of a sweep."
        )
    return [(job, folder) for job in jobs]


def _settings(folder: Path, overrides: Sequence[str]) -> MlflowTracking:
    """Return how a run was to be logged, with what was changed."""
    try:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        known = set(MlflowTracking.__dataclass_fields__)
        before = run["configuration"].get("tracking") or {}
        before = {key: value for key, value in before.items() if key in known}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise OutputError(
            f"{folder / 'run.json'} cannot be read ({error!r}). Run again."
        ) from error
    try:
        changes = OmegaConf.from_dotlist([o.lstrip("+").removeprefix(_PREFIX) for o in overrides])
        merged = OmegaConf.merge(OmegaConf.structured(MlflowTracking), before, changes)
        settings = OmegaConf.to_object(merged)
    except OmegaConfBaseException as error:
        first = str(error).partition("\n")[0]
        raise UsageError(f"{' '.join(overrides)}: {first}") from error
    if not isinstance(settings, MlflowTracking):
        raise TypeError("settings of another kind")
    return settings
