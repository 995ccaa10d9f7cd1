"""Each article's exact numbers: what corpus scores, intervals and tests are computed from.

Most metrics are means over articles: a column with each article's value. BLEU, chrF and TER are
computed from sums over articles: beside the column with each article's own score, such as
`translation.bleu`, stand the columns that are summed, `translation.bleu#0` and so on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SUMMED = "#"
"""Parts the name of a metric from the number of a column that its score is summed up from."""

_NAN = float("nan")


class StatisticsError(Exception):
    """A file that holds no statistics; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class ArticleStatistics:
    """A table with one row for each article.

    Attributes:
        ids: in feed order.
        versions: likewise; `None` if it does not fit into 64 bits.
        columns: by name, float64 `[articles]`; not a number where an article has none.
    """

    ids: tuple[str, ...]
    versions: tuple[int | None, ...]
    columns: "Mapping[str, NDArray[np.float64]]"

    def metrics(self) -> tuple[str, ...]:
        """Return the names of all metrics, those of the translation first."""
        return metrics_of(self.columns)

    def parts(self, metric: str) -> tuple[str, ...]:
        """Return the columns that a metric's score is summed up from; none if it is a mean."""
        return parts_of(metric, self.columns)

    def is_summed(self, metric: str) -> bool:
        """Tell whether the corpus score comes from sums, and is no mean of the articles' scores."""
        return bool(self.parts(metric))

    def column(self, name: str) -> "NDArray[np.float64]":
        """Return each article's number; not a number where an article has none."""
        return self.columns[name]

    def summed(self, metric: str) -> "NDArray[np.float64]":
        """Return what a metric's score is summed up from: `[articles, statistics]`."""
        import numpy as np  # noqa: PLC0415

        return np.stack([self.columns[name] for name in self.parts(metric)], axis=1)

    def write(self, path: Path) -> None:
        """Write the table as Parquet; what is not a number becomes null.

        Raises:
            OSError: if the file system refuses.
        """
        write_blocks(path, self.columns, [self])

    @classmethod
    def read(cls, path: Path) -> "ArticleStatistics":
        """Read the table that a run left.

        Raises:
            StatisticsError: if there is none, or it is no such table.
        """
        import numpy as np  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415

        remedy = "run again with this version of wirebrief"
        try:
            table = parquet.read_table(path)
        except FileNotFoundError:
            raise StatisticsError(f"{path}: is not there; {remedy}") from None
        except (OSError, pa.ArrowInvalid) as error:
            raise StatisticsError(f"{path}: cannot be read ({error}); {remedy}") from error
        if table.column_names[:2] != ["id", "version"]:
            raise StatisticsError(f"{path}: has no columns id and version; {remedy}")
        return cls(
            tuple(table["id"].to_pylist()),
            tuple(table["version"].to_pylist()),
            {
                name: np.asarray(table[name].fill_null(_NAN).to_numpy(), dtype=np.float64)
                for name in table.column_names[2:]
            },
        )


def metrics_of(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the metrics that columns belong to, those of the translation first."""
    names = {name.partition(SUMMED)[0] for name in columns}
    return tuple(sorted(names, key=lambda name: (not name.startswith("translation."), name)))


def parts_of(metric: str, columns: Collection[str]) -> tuple[str, ...]:
    """Return the columns that a metric is summed up from."""
    return tuple(takewhile(columns.__contains__, (f"{metric}{SUMMED}{n}" for n in count())))


def write_blocks(path: Path, columns: Iterable[str], blocks: Iterable[ArticleStatistics]) -> None:
    """Write a table as Parquet, block by block, each a row group.

    Args:
        path: of the file.
        columns: of the whole table; a block may lack some.
        blocks: consecutive rows.

    Raises:
        OSError: if the file system refuses.
    """
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    names = list(columns)
    fields = [("id", pa.large_string()), ("version", pa.int64())]
    schema = pa.schema([*fields, *((name, pa.float64()) for name in names)])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for block in blocks:
            absent = np.full(len(block.ids), _NAN)
            numbers = [block.columns.get(name, absent) for name in names]
            known = [version is not None for version in block.versions]
            arrays = [
                _strings(block.ids),
                _nullable(_whole(block.versions), known),
                *(_nullable(column, ~np.isnan(column)) for column in numbers),
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


# Arrow's arrays are made from buffers here: where it looks at Python values, it imports pandas.


def _strings(texts: Sequence[str]) -> Any:
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    encoded = [text.encode("utf-8", "replace") for text in texts]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.large_string(), len(encoded), buffers)


def _whole(numbers: Sequence[int | None]) -> "NDArray[np.int64]":
    import numpy as np  # noqa: PLC0415

    return np.array([number or 0 for number in numbers], dtype=np.int64)


def _nullable(column: "NDArray[Any]", known: "Sequence[bool] | NDArray[np.bool_]") -> Any:
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    bits = np.packbits(np.asarray(known, dtype=bool), bitorder="little")
    buffers = [pa.py_buffer(bits.tobytes()), pa.py_buffer(column.tobytes())]
    kind = pa.float64() if column.dtype.kind == "f" else pa.int64()
    return pa.Array.from_buffers(kind, len(column), buffers)
