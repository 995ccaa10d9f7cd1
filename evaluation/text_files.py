"""Read texts from files: lines, JSONL or Parquet, one after another, so that files may be large."""

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

STDIN = "-"
_ROWS = 500
_RECORDS = (".jsonl", ".ndjson", ".parquet")


class TextError(Exception):
    """Files that cannot be scored; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file says of one article.

    Attributes:
        place: number of the line or row, from 1 on.
        id: of the article; in files of lines, the line's number.
        texts: none where the record has none.
    """

    place: int
    id: str
    texts: tuple[str, ...]


class TextFile(Protocol):
    """A file of texts."""

    @property
    def name(self) -> str:
        """Return the path, or `-` for standard input."""

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in order.

        Raises:
            TextError: if the file cannot be read.
        """


@dataclass(frozen=True, slots=True)
class LineFile:
    """A text a line, as sacrebleu counts lines; white space at their ends is dropped.

    Attributes:
        name: path, or `-` for standard input; `.gz` is unpacked.
        encoding: one in which a line ends with the byte 10.
        sentence_mark: what stands for a line break within a text.
    """

    name: str
    encoding: str = "utf-8"
    sentence_mark: str | None = None

    def entries(self) -> Iterator[Entry]:
        """Yield the lines."""
        for number, line in _numbered_lines(self.name, self.encoding):
            text = line.rstrip()
            if self.sentence_mark:
                text = text.replace(self.sentence_mark, "\n")
            yield Entry(number, str(number), (text,))


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A record an article: JSON lines, or rows of a Parquet table.

    Attributes:
        name: path, or `-` for JSON lines on standard input; `.jsonl.gz` is unpacked.
        field: key of the text, or of a list of texts; dots reach inwards.
        id_field: key of the id.
        setting: that names the field, for messages.
        encoding: of JSON lines.
        sentence_mark: what stands for a line break within a text.
    """

    name: str
    field: str
    id_field: str
    setting: str
    encoding: str = "utf-8"
    sentence_mark: str | None = None

    def entries(self) -> Iterator[Entry]:
        """Yield the records."""
        rows = self._table() if self.name.endswith(".parquet") else self._json()
        for number, record in rows:
            found = _reach(record, self.id_field)
            if found is None:
                raise TextError(f"{self.name}:{number}: no {self.id_field!r}; set id_field")
            yield Entry(number, str(found), self._texts(_reach(record, self.field)))

    def _texts(self, value: object) -> tuple[str, ...]:
        found = value if isinstance(value, list | tuple) else [value]
        texts = (text for text in found if isinstance(text, str) and text.strip())
        mark = self.sentence_mark
        return tuple(text.replace(mark, "\n") if mark else text for text in texts)

    def _json(self) -> Iterator[tuple[int, dict[str, object]]]:
        for number, line in _numbered_lines(self.name, self.encoding):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise TextError(f"{self.name}:{number}: not valid JSON ({error})") from error
            if not isinstance(record, dict):
                raise TextError(f"{self.name}:{number}: not a JSON object")
            yield number, record

    def _table(self) -> Iterator[tuple[int, dict[str, object]]]:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:
            with pq.ParquetFile(self.name) as table:
                columns = self._columns(table.schema_arrow.names)
                number = 0
                for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
                    for row in batch.to_pylist():
                        number += 1
                        yield number, row
        except (pa.ArrowException, OSError) as error:
            raise TextError(f"{self.name}: cannot be read ({_first_line(error)})") from error

    def _columns(self, there: list[str]) -> list[str]:
        wanted = []
        for field, setting in ((self.id_field, "id_field"), (self.field, self.setting)):
            column = field if field in there else field.partition(".")[0]
            if column not in there:
                raise TextError(
                    f"{self.name}: has no column {column!r} but {', '.join(there)}; set {setting}"
                )
            wanted.append(column)
        return wanted


def holds_records(name: str) -> bool:
    """Tell by a file's name whether it holds records, not lines."""
    return Path(name.removesuffix(".gz")).suffix.lower() in _RECORDS


def _numbered_lines(name: str, encoding: str) -> Iterator[tuple[int, str]]:
    with _opened(name) as stream:
        for number, line in enumerate(stream, start=1):
            try:
                yield number, line.decode(encoding)
            except UnicodeDecodeError as error:
                place = f"{name}:{number}: byte {error.start + 1} of the line"
                raise TextError(
                    f"{place} is not {encoding} ({error.reason}); convert the file, or set encoding"
                ) from error
            except LookupError as error:
                raise TextError(f"encoding={encoding}: there is no such encoding") from error


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    try:
        with _stream(name) as stream:
            yield stream
    except (OSError, EOFError) as error:
        raise TextError(f"{name}: cannot be read ({_first_line(error)})") from error


def _stream(name: str) -> AbstractContextManager[Any]:
    if name == STDIN:
        return nullcontext(sys.stdin.buffer)
    return gzip.open(name, "rb") if name.endswith(".gz") else Path(name).open("rb")


def _first_line(error: Exception) -> str:
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return told.splitlines()[0] if told else type(error).__name__


def _reach(record: dict[str, object], path: str) -> object:
    if path in record:
        return record[path]
    value: object = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
