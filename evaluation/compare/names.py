"""Names that tell runs apart, and the settings in which they differ."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.compare.runs import Run

Changed = Sequence[tuple[str, Sequence[str | None]]]

OUTPUT_NEUTRAL = ("output_dir", "hydra.", "log.", "memo.", "report.", "executor.")
"""Settings that are not the same for reasons that no score depends on."""
_LONGEST = 60


def changed_settings(settings: Sequence[Mapping[str, str]]) -> Changed:
    """Return settings that are not the same in all runs: the key, and a value for each run."""
    keys = dict.fromkeys(key for each in settings for key in each)
    rows = [(key, tuple(each.get(key) for each in settings)) for key in keys]
    return [
        (key, values)
        for key, values in rows
        if len(set(values)) > 1 and not key.startswith(OUTPUT_NEUTRAL)
    ]


def label_runs(runs: Sequence[Run], changed: Changed) -> list[str]:
    """Return the shortest text that tells each run from the others.

    That is, the first of these in which all differ: the part of a sweep's folder names that is not
    the same in all of them, the one setting that differs, the folders' names, their paths.
    """
    names = [run.folder.resolve().name for run in runs]
    for labels in (_from_overrides(names), _from_setting(changed), names, [r.name for r in runs]):
        if labels and len(set(labels)) == len(runs) and all(labels):
            return [_fitting(label, labels) for label in labels]
    return [f"{run.name} ({place})" for place, run in enumerate(runs, start=1)]


def _from_overrides(names: Sequence[str]) -> list[str] | None:
    """Take a sweep's folder names apart; they are overrides, joined by commas."""
    if not all("=" in name for name in names):
        return None
    parts = [_overrides(name) for name in names]
    shared = set(parts[0]).intersection(*parts[1:])
    return [", ".join(part for part in each if part not in shared) for each in parts]


def _overrides(name: str) -> list[str]:
    """Split at the commas that begin an override; a list's commas stand within a value."""
    found: list[str] = []
    for part in name.split(","):
        if "=" in part or not found:
            found.append(part)
        else:
            found[-1] += f",{part}"
    return found


def _from_setting(changed: Changed) -> list[str] | None:
    for key, values in changed:
        if len(set(values)) == len(values):
            return [f"{key}={value}" for value in values if value is not None]
    return None


def _fitting(label: str, labels: Sequence[str]) -> str:
    """Shorten what is very long to its last part, where that still tells it apart."""
    shortened = [Path(each).name for each in labels]
    if len(label) <= _LONGEST or len(set(shortened)) < len(labels):
        return label
    return Path(label).name
