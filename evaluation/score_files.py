"""Write scores as JSON, and those of each article as JSON lines or a Parquet table."""

import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from errno import EACCES, EISDIR
from pathlib import Path

from evaluation.article_numbers import Recipes, SystemNumbers
from evaluation.comparison import Comparison
from evaluation.score import Score
from evaluation.tally import Tally
from evaluation.text_files import TextError

_ROWS = 5000


def check_place(path: Path) -> None:
    """Find out before the work whether a file can be written.

    Raises:
        TextError: if not.
    """
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))


def write_scores(
    path: Path,
    kind: str,
    tally: Tally,
    scores: Mapping[str, Sequence[Score]],
    comparisons: Sequence[Comparison],
) -> None:
    """Write everything that is printed, in full precision.

    Raises:
        TextError: if the file cannot be written.
    """
    record = {
        "kind": kind,
        "counts": tally.record(),
        "systems": [
            {"name": name, "scores": [asdict(score) for score in found]}
            for name, found in scores.items()
        ],
        "comparisons": [asdict(comparison) for comparison in comparisons],
    }
    with _writing(path) as unfinished:
        text = json.dumps(record, ensure_ascii=False, indent=2)
        unfinished.write_text(text + "\n", encoding="utf-8")
        unfinished.replace(path)


def write_articles(
    path: Path, ids: Sequence[str], systems: Sequence[SystemNumbers], recipes: Recipes
) -> None:
    """Write a row for each system and article: `system`, `id`, and a column for each score.

    Args:
        path: a Parquet table if it ends in `.parquet`, else JSON lines.
        ids: of the articles, in the order of the numbers.
        systems: whose numbers.
        recipes: how a line is scored.

    Raises:
        TextError: if the file cannot be written.
    """
    names = sorted({name for system in systems for name in (*system.means, *system.statistics)})
    rows = (row for system in systems for row in _rows(system, ids, names, recipes))
    with _writing(path) as unfinished:
        if path.suffix == ".parquet":
            _write_table(unfinished, names, rows)
        else:
            with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
                for row in rows:
                    stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        unfinished.replace(path)


def _rows(
    system: SystemNumbers, ids: Sequence[str], names: Sequence[str], recipes: Recipes
) -> Iterator[dict[str, str | float | None]]:
    for number, identifier in enumerate(ids):
        row: dict[str, str | float | None] = {"system": system.name, "id": identifier}
        for name in names:
            if name in system.statistics:
                row[name] = recipes.lines[name](system.statistics[name][number].tolist())
            else:
                value = float(system.means[name][number]) if name in system.means else math.nan
                row[name] = None if math.isnan(value) else value
        yield row


def _write_table(
    path: Path, names: Sequence[str], rows: Iterator[dict[str, str | float | None]]
) -> None:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    columns = [("system", pa.string()), ("id", pa.string()), *((n, pa.float64()) for n in names)]
    schema = pa.schema(columns)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := [row for row, _ in zip(rows, range(_ROWS), strict=False)]:
            arrays = [pa.array([row[f.name] for row in some], f.type) for f in schema]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


@contextmanager
def _writing(path: Path) -> Iterator[Path]:
    """Yield a place for the file until it is whole."""
    unfinished = path.parent / f".{path.name}.unfinished"
    try:
        yield unfinished
    except OSError as error:
        raise TextError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
