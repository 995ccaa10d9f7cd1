"""The briefs as Parquet, with a schema that does not depend on the first rows."""

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.output.briefs import Record

_ROWS = 500
_JSON_COLUMNS = ("scores", "made_by", "extra")
"""Free-form columns are JSON text: their keys differ from run to run."""


class ParquetBriefs:
    """Writes records in row groups; memory holds one of them."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._schema = _schema()
        self._writer: Any = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Record] = []

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
        row = dict(record)
        for name in _JSON_COLUMNS:
            row[name] = json.dumps(row[name], ensure_ascii=False, sort_keys=True)
        self._rows.append(row)
        if len(self._rows) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa  # noqa: PLC0415

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def _schema() -> Any:
    import pyarrow as pa  # noqa: PLC0415

    text, whole = pa.string(), pa.int64()
    sentence = pa.struct([("paragraph", whole), ("kind", text), ("source", text), ("target", text)])
    warning = pa.struct([("code", text), ("stage", text), ("message", text)])
    return pa.schema(
        [
            *[("id", text), ("version", whole), ("language", text), ("title", text)],
            *[(name, text) for name in ("dateline", "signature", "prefix", "provider")],
            ("published", text),
            (
                "translation",
                pa.struct([("title", text), ("text", text), ("sentences", pa.list_(sentence))]),
            ),
            ("extractive", pa.struct([("text", text), ("sentences", pa.list_(whole))])),
            ("abstractive", pa.struct([("text", text)])),
            ("scores", text),
            ("warnings", pa.list_(warning)),
            ("made_by", text),
            ("label", text),
            ("references", pa.struct([("translation", text), ("summaries", pa.list_(text))])),
            ("place", text),
            ("extra", text),
        ]
    )
