"""The briefs as Parquet, with a schema that does not depend on the first rows."""

import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.output.briefs import Record
from pipeline.output.json_text import json_text

_ROWS = 500
_SOUGHT = ["id", "version", "language", "treatment", "provider", "published"]
"""Columns whose least and greatest values are kept for each row group, in memory until the end."""

_INTEGER_BITS = 63
_JSON_COLUMNS = ("wire", "scores", "made_by", "extra")
"""Free-form columns are JSON text: their keys differ from run to run."""


class ParquetBriefs:
    """Writes records in row groups; memory holds one of them, as JSON lines.

    The rows go through Arrow's JSON reader, which does not import pandas as Python values do.
    """

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._schema = _schema()
        self._writer: Any = pq.ParquetWriter(
            path, self._schema, compression="zstd", write_statistics=_SOUGHT
        )
        self._rows: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def write(self, record: Record) -> None:
        """Add a record."""
        self._rows.append(_row_text(record))
        if len(self._rows) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            rows, self._rows = self._rows, []
            self._writer.write_table(_table(rows, self._schema))


def brief_table(records: Iterable[Record | None]) -> Any:
    """Return an Arrow table with a row for each record; for `None`, one without values."""
    rows = [b"{}\n" if record is None else _row_text(record) for record in records]
    return _table(rows, _schema())


def _table(rows: list[bytes], schema: Any) -> Any:
    from pyarrow import py_buffer  # noqa: PLC0415
    from pyarrow.json import ParseOptions, ReadOptions, read_json  # noqa: PLC0415

    lines = b"".join(rows)
    return read_json(
        py_buffer(lines),
        ReadOptions(use_threads=False, block_size=len(lines) + 1),
        ParseOptions(schema, unexpected_field_behavior="error"),
    )


def table_row(record: Record) -> Record:
    """Return what the table holds of a record."""
    return plain_row(json.loads(_row_text(record)))


def plain_row(row: Record) -> Record:
    """Return a row of the table, its free-form columns as values."""
    return {
        name: json.loads(value) if name in _JSON_COLUMNS and isinstance(value, str) else value
        for name, value in row.items()
    }


def _row_text(record: Record) -> bytes:
    """Return a row as JSON; half a surrogate pair, which UTF-8 cannot hold, becomes `?`."""
    row = dict(record)
    for name in _JSON_COLUMNS:
        row[name] = json_text(row[name], sort_keys=True)
    version = row["version"]
    if isinstance(version, int) and version.bit_length() > _INTEGER_BITS:
        row["version"] = None
    return json_text(row).encode("utf-8", "replace") + b"\n"


def _schema() -> Any:
    import pyarrow as pa  # noqa: PLC0415

    text, whole = pa.string(), pa.int64()
    sentence = pa.struct([("paragraph", whole), ("kind", text), ("source", text), ("target", text)])
    place = [("text", text), ("start", whole), ("end", whole), ("sentence", whole)]
    kinds = [("part", text), ("kind", text), ("side", text)]
    fact = pa.struct([*kinds, *place, ("other", pa.struct(place))])
    warning = pa.struct([("code", text), ("stage", text), ("message", text)])
    return pa.schema(
        [
            *[("id", text), ("version", whole), ("language", text), ("title", text)],
            *[(name, text) for name in ("dateline", "dateline_target", "signature", "prefix")],
            *[("treatment", text), ("opinion", pa.bool_())],
            *[("provider", text), ("published", text)],
            (
                "translation",
                pa.struct([("title", text), ("text", text), ("sentences", pa.list_(sentence))]),
            ),
            ("extractive", pa.struct([("text", text), ("sentences", pa.list_(whole))])),
            ("abstractive", pa.struct([("text", text)])),
            ("scores", text),
            ("warnings", pa.list_(warning)),
            ("facts", pa.list_(fact)),
            ("made_by", text),
            ("label", text),
            ("references", pa.struct([("translation", text), ("summaries", pa.list_(text))])),
            *[("wire", text), ("place", text)],
            ("extra", text),
        ]
    )
