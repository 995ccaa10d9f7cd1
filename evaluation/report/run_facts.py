"""What `run.json` says of the run: configuration, counts, seconds, versions, models."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evaluation.report.fields import Fields


@dataclass(frozen=True, slots=True)
class StageRow:
    """Counts and seconds of one stage; `counts` goes with `RunFacts.columns`."""

    stage: str
    counts: tuple[int | float | None, ...]
    seconds: float | None


@dataclass(frozen=True, slots=True)
class RunFacts:
    """The run as the page tells it.

    Attributes:
        feed: the feed's path or dataset name.
        source, target: language codes.
        models: (part, model) for the head of the page.
        columns: names of the stages' counts.
        details: (heading, (key, value)...) tables of everything else.
        configuration: indented text, close to YAML.
    """

    feed: str | None
    source: str
    target: str
    models: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    stages: tuple[StageRow, ...]
    seconds: float | None
    details: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    configuration: str


def parse_run(run: Fields) -> RunFacts:
    """Read `run.json`; only `configuration` must be there."""
    configuration = run.child("configuration")
    feed = configuration.child_or_none("feed")
    languages = configuration.child_or_none("languages")
    columns, stages = _stages(run.child_or_none("counts"), run.child_or_none("seconds"))
    timed = [row.seconds for row in stages if row.seconds is not None and row.stage != "total"]
    told = {"configuration", "counts", "seconds"}
    return RunFacts(
        feed=_feed_name(feed) if feed else None,
        source=(languages.text_or_none("source") if languages else None) or "de",
        target=(languages.text_or_none("target") if languages else None) or "en",
        models=tuple(_models(run.child_or_none("models"))),
        columns=columns,
        stages=stages,
        seconds=sum(timed) if timed else None,
        details=tuple(
            (key, tuple(_rows(run.values[key]))) for key in run.values if key not in told
        ),
        configuration="\n".join(_lines(configuration.values)),
    )


def _feed_name(feed: Fields) -> str | None:
    return feed.text_or_none("path") or feed.text_or_none("dataset")


def _models(models: Fields | None) -> Iterator[tuple[str, str]]:
    for part, value in (models.values if models else {}).items():
        name = value.get("model") if isinstance(value, dict) else value
        if isinstance(name, str):
            yield part, name


def _stages(
    counts: Fields | None, seconds: Fields | None
) -> tuple[tuple[str, ...], tuple[StageRow, ...]]:
    by_stage = dict(_number_tables(counts.values, "")) if counts else {}
    timed = {key: seconds.number_or_none(key) for key in seconds.values} if seconds else {}
    columns = tuple(dict.fromkeys(column for row in by_stage.values() for column in row))
    rows = [
        StageRow(
            stage or "all",
            tuple(by_stage.get(stage, {}).get(column) for column in columns),
            timed.get(stage),
        )
        for stage in dict.fromkeys((*by_stage, *timed))
    ]
    return columns, tuple(rows)


def _number_tables(
    values: Mapping[str, object], name: str
) -> Iterator[tuple[str, dict[str, int | float]]]:
    """Yield each object that directly holds numbers, with its key."""
    numbers = {
        key: value
        for key, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    if numbers:
        yield name, numbers
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _number_tables(value, key)


def _rows(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Flatten a JSON value to dotted keys and scalars."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _rows(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and not all(isinstance(item, str) for item in value):
        for number, item in enumerate(value, start=1):
            yield from _rows(item, f"{name}.{number}" if name else str(number))
    elif isinstance(value, list):
        yield name, ", ".join(value)
    else:
        yield name, value if isinstance(value, str) else json.dumps(value)


def _lines(value: Mapping[str, object], indent: str = "") -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, dict) and item:
            yield f"{indent}{key}:"
            yield from _lines(item, indent + "  ")
        else:
            yield f"{indent}{key}: {json.dumps(item, ensure_ascii=False)}"
