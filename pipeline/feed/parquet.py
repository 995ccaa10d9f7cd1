"""One article a row of Parquet files."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import FeedError
from pipeline.feed.addresses import open_address
from pipeline.feed.columns import check_columns, to_record
from pipeline.feed.faults import fault
from pipeline.feed.record import RecordParser
from pipeline.feed.settings import MAX_CHARACTERS, Columns
from pipeline.records import Article, Fault, Place

_ROWS = 256


class ParquetReader:
    """Reads Parquet files in order, some rows at a time.

    Args:
        paths: files; an address of one is a text.
        columns: where to find what.
        language: of rows that declare none.
        max_characters: a row with more in all its texts is a fault.

    Raises:
        FeedError: if a file is no Parquet, or lacks the columns of id or text.
    """

    def __init__(
        self,
        paths: Sequence[Path | str],
        columns: Columns,
        language: str,
        max_characters: int = MAX_CHARACTERS,
    ) -> None:
        self._columns = columns
        self._parser = RecordParser(language, max_characters)
        self._files = [(path, _open(path)) for path in paths]
        for path, file in self._files:
            check_columns(str(path), list(_paths(file.schema_arrow)), columns)

    def read(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each row."""
        for path, file in self._files:
            yield from self._rows(str(path), file, range(file.num_row_groups), 0)

    def read_from(self, start: int) -> Iterator[Article | Fault]:
        """Yield one outcome for each row of the first file that has `start` rows before it."""
        path, file = self._files[0]
        first, passed = 0, 0
        while first < file.num_row_groups:
            rows = file.metadata.row_group(first).num_rows
            if passed + rows > start:
                break
            first, passed = first + 1, passed + rows
        groups = range(first, file.num_row_groups)
        yield from islice(self._rows(str(path), file, groups, passed), start - passed, None)

    def _rows(
        self, path: str, file: Any, groups: Sequence[int], passed: int
    ) -> Iterator[Article | Fault]:
        number, stem = passed, PurePosixPath(path).stem
        try:
            for batch in file.iter_batches(batch_size=_ROWS, row_groups=groups):
                for row in batch.to_pylist():
                    number += 1
                    record = to_record(row, self._columns, f"{stem}-{number}")
                    yield self._parser.parse(record, Place(path, number))
        except (OSError, ValueError) as error:
            message = f"cannot be read on from row {number + 1}: {error}"
            remedy = "The file is damaged; deliver it again."
            yield fault(Place(path, number + 1), "unreadable_file", message, remedy)


def _open(path: Path | str) -> Any:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return pq.ParquetFile(open_address(path) if isinstance(path, str) else path)
    except (pa.ArrowInvalid, OSError) as error:
        reason = str(error).split("\n")[0]
        raise FeedError(f"{path}: no readable Parquet file ({reason}).") from None


def _paths(fields: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """Yield the dotted paths of columns and of the fields of structs."""
    import pyarrow as pa  # noqa: PLC0415

    for field in fields:
        path = f"{prefix}{field.name}"
        yield path
        if pa.types.is_struct(field.type):
            yield from _paths(field.type, f"{path}.")
