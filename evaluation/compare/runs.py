"""What a finished run left in its folder, texts apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from evaluation.article_statistics import ArticleStatistics, StatisticsError
from evaluation.compare.errors import CompareError
from evaluation.compare.heads import Heads, read_heads
from evaluation.report.fields import Fields, ReportError, as_fields, read_object, read_value
from evaluation.report.parse import parse_score
from evaluation.score import Score

_DONE = "run.json"
_BRIEFS = "briefs.jsonl"


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run.

    Attributes:
        name: the folder, as the user named it.
        settings: the resolved configuration by dotted key, values as text.
        version: of wirebrief, `None` if the run does not say.
        briefs: articles that were briefed.
        faults: articles that failed.
        made: outputs of models made in the run.
        reused: outputs that came from the memo.
        seconds: by stage, with `total`.
        model_bytes: of all models' files, each counted once; `None` if one is not known.
        scores: as in `scores.json`, by name.
        statistics: each article's numbers.
        heads: where each article stands in `briefs.jsonl`, and what is told of it.
    """

    folder: Path
    name: str
    settings: Mapping[str, str]
    version: str | None
    briefs: int
    faults: int
    made: int
    reused: int
    seconds: Mapping[str, float]
    model_bytes: int | None
    scores: Mapping[str, Score]
    statistics: ArticleStatistics
    heads: Heads

    @property
    def path(self) -> Path:
        """The file of the briefs."""
        return self.folder / _BRIEFS


def read_runs(folders: Sequence[Path]) -> list[Run]:
    """Read finished runs.

    Raises:
        CompareError: if there are fewer than two, one is there twice, or one cannot be read.
    """
    known: dict[Path, Path] = {}
    for folder in folders:
        same = known.setdefault(folder.resolve(), folder)
        if same is not folder:
            raise CompareError(f"{folder} and {same} are one folder; name each run once.")
    for folder in folders:
        _check(folder)
    if len(folders) < 2:
        given = f"{folders[0]} is the only run" if folders else "no run is given"
        raise CompareError(f"{given}: there is nothing to compare. Name two folders or more.")
    return [read_run(folder) for folder in folders]


def read_run(folder: Path) -> Run:
    """Read one finished run.

    Raises:
        CompareError: if a file is missing, or is not what a run writes.
    """
    try:
        return _read(folder)
    except (ReportError, StatisticsError) as error:
        place = "" if str(folder) in str(error) else f"{folder}: "
        raise CompareError(f"{place}{error}") from error


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise CompareError(f"{folder}: there is no such folder; name the output_dir of a run.")
    if (folder / _DONE).is_file():
        return
    nested = sorted(path.parent for path in folder.glob(f"*/{_DONE}"))
    if nested:
        raise CompareError(
            f"{folder} is no run but holds {len(nested)}; name them: wirebrief-compare {folder}/*/"
        )
    raise CompareError(
        f"{folder}: has no {_DONE}, so no run was finished there. Give the run's command again, "
        "it goes on where it stopped; or leave this folder out."
    )


def _read(folder: Path) -> Run:
    run = read_object(folder / _DONE)
    counts, seconds = run.child("counts"), run.child("seconds")
    stages = _children(counts.child("stages"))
    statistics = ArticleStatistics.read(folder / "statistics.parquet")
    heads = read_heads(folder / _BRIEFS)
    if statistics.ids != heads.ids:
        raise CompareError(
            f"{folder}: {_BRIEFS} and statistics.parquet do not tell of the same articles, so one "
            "of them was changed. Give the run's command again."
        )
    versions = run.child_or_none("versions")
    return Run(
        folder=folder,
        name=str(folder),
        settings=_settings(run),
        version=versions.text_or_none("wirebrief") if versions else None,
        briefs=counts.whole("briefs"),
        faults=counts.whole("faults"),
        made=sum(_models_outputs(stages, "made")),
        reused=sum(_models_outputs(stages, "reused")),
        seconds={name: seconds.number(name) for name in seconds.values},
        model_bytes=_model_bytes(run.child_or_none("models")),
        scores={score.name: score for score in _scores(folder / "scores.json")},
        statistics=statistics,
        heads=heads,
    )


def _settings(run: Fields) -> dict[str, str]:
    """Return the configuration, and what made each part: options are not named in it."""
    models = run.child_or_none("models")
    made = {
        f"{part}.made_by": maker.text("model")
        for part, maker in (_children(models).items() if models else ())
    }
    return made | dict(flatten(run.child("configuration").values))


def _children(fields: Fields) -> dict[str, Fields]:
    return {name: fields.child(name) for name in fields.values}


def _models_outputs(stages: Mapping[str, Fields], kind: str) -> Iterator[int]:
    """Yield what stages with models count; the others make things that no model made."""
    for name in ("translate", "abstract"):
        if name in stages:
            yield stages[name].whole(kind)


def _model_bytes(models: Fields | None) -> int | None:
    sizes: dict[str, int] = {}
    for name, maker in _children(models).items() if models else ():
        size = maker.number_or_none("bytes")
        if size is None:
            if maker.text_or_none("revision"):
                return None
            size = 0  # an algorithm, a copy, a reference: no model
        sizes[maker.text_or_none("revision") or name] = int(size)
    return sum(sizes.values())


def _scores(path: Path) -> Iterator[Score]:
    items = read_value(path)
    if not isinstance(items, list):
        raise ReportError(f"{path.name}: holds {type(items).__name__}, not a list of scores")
    for number, item in enumerate(items, start=1):
        score = parse_score(as_fields(item, f"{path.name}: score {number}"))
        if isfinite(score.value):
            yield score


def flatten(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Turn a JSON value into dotted keys and values as YAML users write them."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flatten(item, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        yield name, f"[{', '.join(_scalar(item) for item in value)}]"
    else:
        yield name, _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case _:
            return str(value)
