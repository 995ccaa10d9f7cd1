"""What is logged of a run, read from the files that it has left."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.records import Json

_UNFIT = re.compile(r"[^\w. -]")
"""Characters that MLflow does not take in names, and `/`, which it takes for a folder."""
_LONGEST_NAME = 250
_LEFT_OUT = ("tracking",)


@dataclass(frozen=True, slots=True)
class Entries:
    """A run as MLflow knows runs.

    Attributes:
        parameters: the resolved configuration, flattened: `translation.beams`.
        metrics: scores with the ends of their intervals (`.low`, `.high`) and the articles they
            rest on (`.count`); counts; seconds.
        tags: signatures of the scores, models, version.
        started: when the run began.
        ended: when it was finished.
    """

    parameters: Mapping[str, str]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]
    started: datetime
    ended: datetime


def read_entries(folder: Path) -> Entries:
    """Read a finished run.

    Raises:
        OutputError: if the folder holds none, or its files cannot be read.
    """
    try:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        scores = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
        started = datetime.fromisoformat(run["started"])
        return Entries(
            parameters=dict(_parameters(run["configuration"])),
            metrics=dict(_metrics(run, scores)),
            tags=dict(_tags(folder, run, scores)),
            started=started,
            ended=started + timedelta(seconds=run["seconds"]["total"]),
        )
    except FileNotFoundError as error:
        raise OutputError(
            f"{folder}: no finished run is there: {Path(error.filename).name} is missing"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(
            f"{folder}: run.json and scores.json cannot be read ({error!r}). Run again."
        ) from error


def _parameters(configuration: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for group, value in configuration.items():
        if group not in _LEFT_OUT:
            yield from _flat(group, value)


def _flat(name: str, value: Json) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}", inner)
    elif isinstance(value, str):
        yield fit(name), value
    else:
        yield fit(name), json.dumps(value, ensure_ascii=False)


def _metrics(run: Mapping[str, Json], scores: list[dict[str, Json]]) -> Iterator[tuple[str, float]]:
    for score in scores:
        name = str(score["name"])
        ends = {"": "value", ".low": "low", ".high": "high", ".count": "count"}
        for suffix, key in ends.items():
            yield from _numbers(f"{name}{suffix}", score[key])
    counts = run["counts"]
    if isinstance(counts, dict):
        kept = {name: value for name, value in counts.items() if name != "units"}
        yield from _numbers("counts", kept)
    yield from _numbers("seconds", run["seconds"])
    yield from _numbers("performance", run.get("performance"))
    yield from _numbers("peak_megabytes", run.get("peak_megabytes"))


def _numbers(name: str, value: Json) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _numbers(f"{name}.{key}", inner)
    elif isinstance(value, int | float) and math.isfinite(value):
        yield fit(name), float(value)


def _tags(
    folder: Path, run: Mapping[str, Json], scores: list[dict[str, Json]]
) -> Iterator[tuple[str, str]]:
    for score in scores:
        yield fit(f"signature.{score['name']}"), str(score["signature"])
    models, versions = run["models"], run["versions"]
    for part, maker in models.items() if isinstance(models, dict) else ():
        if isinstance(maker, dict):
            yield fit(f"model.{part}"), f"{maker['model']} {maker['revision']}"
    if isinstance(versions, dict):
        yield "wirebrief.version", str(versions["wirebrief"])
    yield "wirebrief.folder", str(folder.absolute())


def fit(name: str) -> str:
    """Return a name that MLflow takes."""
    return _UNFIT.sub("_", name)[:_LONGEST_NAME]
