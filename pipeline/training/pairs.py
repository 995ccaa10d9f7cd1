"""Read training pairs from files, and say what is wrong with those that are none."""

import csv
import glob
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pipeline.errors import ConfigError

KINDS = (".tsv", ".jsonl", ".parquet")


@dataclass(frozen=True, slots=True)
class Pair:
    """One training example.

    Attributes:
        source: text the encoder reads.
        target: text the decoder must write.
        source_language: the model's code of `source`'s language; `None` for that of the settings.
    """

    source: str
    target: str
    source_language: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys of JSONL records and columns of Parquet tables."""

    source: str = "source"
    target: str = "target"


def find_files(pattern: str) -> list[Path]:
    """Return the files that a path or pattern means, in order.

    Raises:
        ConfigError: if there are none, or one of a kind that is not read.
    """
    found = [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207
    if not found:
        raise ConfigError(f"{pattern}: there is no such file. Check the path or pattern.")
    for path in found:
        if _kind(path) not in KINDS:
            raise ConfigError(
                f"{path}: pairs are read from {', '.join(KINDS)} (TSV and JSONL also with .gz)"
            )
    return found


def read_pairs(path: Path, fields: Fields) -> Iterator[Pair]:
    """Yield the pairs of a file; blank ones are left out.

    Args:
        path: TSV (source, tab, target), JSONL or Parquet, by its name.
        fields: keys or columns.

    Raises:
        ConfigError: if a line is no pair, or the file cannot be read; it names the line.
    """
    try:
        rows = {".tsv": _tsv, ".jsonl": _jsonl, ".parquet": _parquet}[_kind(path)](path, fields)
        for source, target in rows:
            if source.strip() and target.strip():
                yield Pair(source.strip(), target.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}). Pairs are UTF-8.") from error


def _kind(path: Path) -> str:
    return path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _tsv(path: Path, _: Fields) -> Iterator[tuple[str, str]]:
    with _open(path) as stream:
        reader = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(reader, start=1):
            if not row:
                continue
            if len(row) < 2:
                raise ConfigError(f"{path}:{number}: no tab between source and target")
            yield row[0], row[1]


def _jsonl(path: Path, fields: Fields) -> Iterator[tuple[str, str]]:
    with _open(path) as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise ConfigError(f"{path}:{number}: not valid JSON ({error})") from None
            yield _texts(record, fields, f"{path}:{number}")


def _texts(record: object, fields: Fields, place: str) -> tuple[str, str]:
    found = record if isinstance(record, dict) else {}
    source, target = found.get(fields.source), found.get(fields.target)
    if not isinstance(source, str) or not isinstance(target, str):
        raise ConfigError(
            f"{place}: no text under {fields.source!r} and {fields.target!r}; it has "
            f"{', '.join(found) or 'no keys'}. Set data.source_field and data.target_field."
        )
    return source, target


def _parquet(path: Path, fields: Fields) -> Iterator[tuple[str, str]]:
    from pyarrow import ArrowException, parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(path)
        columns = file.schema_arrow.names
        missing = [name for name in (fields.source, fields.target) if name not in columns]
        if missing:
            raise ConfigError(
                f"{path}: no column {' and '.join(missing)}; it has {', '.join(columns)}. "
                "Set data.source_field and data.target_field."
            )
        for batch in file.iter_batches(columns=[fields.source, fields.target]):
            for row in batch.to_pylist():
                yield row[fields.source] or "", row[fields.target] or ""
    except ArrowException as error:
        raise ConfigError(f"{path}: not a Parquet file that can be read ({error})") from error
