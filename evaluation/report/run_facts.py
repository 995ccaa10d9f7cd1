"""What `run.json` says of the run: configuration, counts, seconds, versions, models."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from evaluation.report.fields import Fields

_TOLD = frozenset({"configuration", "counts", "seconds", "performance"})


@dataclass(frozen=True, slots=True)
class StageRow:
    """Counts and seconds of one stage; `counts` goes with `RunFacts.columns`."""

    stage: str
    counts: tuple[float | None, ...]
    seconds: float | None


@dataclass(frozen=True, slots=True)
class SpeedRow:
    """How fast a stage was and what it took, as `run.json` has it under `performance`."""

    stage: str
    articles_per_second: float | None
    source_tokens: float | None
    target_tokens: float | None
    model_seconds: float | None
    target_tokens_per_second: float | None
    padding_share: float | None
    reused_share: float | None
    peak_megabytes: float | None


@dataclass(frozen=True, slots=True)
class RunFacts:
    """The run as the page tells it.

    Attributes:
        feed: the feed's path or dataset name.
        source, target: language codes.
        models: (part, model) for the head of the page.
        unscored: briefs without reference summaries.
        columns: names of the stages' counts.
        stages: a row for each stage.
        speeds: the same; older runs have none.
        facts: (key, value) of what else the run said of itself.
        details: (heading, (key, value)...) tables of versions, models and the like.
        configuration: indented text, close to YAML.
    """

    feed: str | None
    source: str
    target: str
    models: tuple[tuple[str, str], ...]
    unscored: float | None
    columns: tuple[str, ...]
    stages: tuple[StageRow, ...]
    speeds: tuple[SpeedRow, ...]
    facts: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    configuration: str


def parse_run(run: Fields) -> RunFacts:
    """Read `run.json`; only `configuration` must be there."""
    configuration = run.child("configuration")
    feed = configuration.child_or_none("feed")
    languages = configuration.child_or_none("languages")
    counts = run.child_or_none("counts")
    by_stage = counts.child_or_none("stages") if counts else None
    columns, stages = _stages(by_stage, run.child_or_none("seconds"))
    others = {key: value for key, value in run.values.items() if key not in _TOLD}
    nested = {key: value for key, value in others.items() if isinstance(value, dict | list)}
    return RunFacts(
        feed=_feed_name(feed) if feed else None,
        source=(languages.text_or_none("source") if languages else None) or "de",
        target=(languages.text_or_none("target") if languages else None) or "en",
        models=tuple(_models(run.child_or_none("models"))),
        unscored=counts.number_or_none("unscored") if counts else None,
        columns=columns,
        stages=stages,
        speeds=tuple(_speeds(run.child_or_none("performance"))),
        facts=tuple(row for key in others if key not in nested for row in _rows(others[key], key)),
        details=tuple((key, tuple(_rows(value))) for key, value in nested.items()),
        configuration="\n".join(_lines(configuration.values)),
    )


def _feed_name(feed: Fields) -> str | None:
    path = feed.text_or_none("path")
    return "standard input" if path == "-" else path or feed.text_or_none("dataset")


def _models(models: Fields | None) -> Iterator[tuple[str, str]]:
    for part, value in (models.values if models else {}).items():
        name = value.get("model") if isinstance(value, dict) else value
        if isinstance(name, str):
            yield part, name


def _stages(
    counts: Fields | None, seconds: Fields | None
) -> tuple[tuple[str, ...], tuple[StageRow, ...]]:
    by_stage = {stage: counts.child(stage) for stage in counts.values} if counts else {}
    timed = {stage: seconds.number_or_none(stage) for stage in seconds.values} if seconds else {}
    columns = tuple(dict.fromkeys(column for row in by_stage.values() for column in row.values))
    rows = [
        StageRow(
            stage,
            tuple(
                by_stage[stage].number_or_none(column) if stage in by_stage else None
                for column in columns
            ),
            timed.get(stage),
        )
        for stage in dict.fromkeys((*by_stage, *timed))
    ]
    return columns, tuple(rows)


def _speeds(performance: Fields | None) -> Iterator[SpeedRow]:
    by_stage = {name: performance.child(name) for name in performance.values} if performance else {}
    for stage, told in by_stage.items():
        numbers = (field.name for field in fields(SpeedRow) if field.name != "stage")
        yield SpeedRow(stage, **{name: told.number_or_none(name) for name in numbers})


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
