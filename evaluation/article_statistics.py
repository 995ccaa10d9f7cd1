"""Each article's exact numbers: what corpus scores, intervals and tests are computed from.

Most metrics are means over articles: a column with each article's value. BLEU, chrF and TER are
computed from sums over articles: beside the column with each article's own score, such as
`translation.bleu`, stand the columns that are summed, `translation.bleu#0` and so on.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SUMMED = "#"
"""Parts the name of a metric from the number of a column that its score is summed up from."""

_INTEGER_BITS = 63
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
        names = {name.partition(SUMMED)[0] for name in self.columns}
        return tuple(sorted(names, key=lambda name: (not name.startswith("translation."), name)))

    def is_summed(self, metric: str) -> bool:
        """Tell whether the corpus score comes from sums, and is no mean of the articles' scores."""
        return f"{metric}{SUMMED}0" in self.columns

    def summed(self, metric: str) -> "NDArray[np.float64]":
        """Return what a metric's score is summed up from: `[articles, statistics]`."""
        import numpy as np  # noqa: PLC0415

        names = takewhile(self.columns.__contains__, (f"{metric}{SUMMED}{n}" for n in count()))
        return np.stack([self.columns[name] for name in names], axis=1)

    def write(self, path: Path) -> None:
        """Write the table as Parquet; what is not a number becomes null.

        Raises:
            OSError: if the file system refuses.
        """
        import numpy as np  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415

        arrays = [
            _strings(self.ids),
            _nullable(_whole(self.versions), [version is not None for version in self.versions]),
            *(_nullable(column, ~np.isnan(column)) for column in self.columns.values()),
        ]
        table = pa.Table.from_arrays(arrays, ["id", "version", *self.columns])
        parquet.write_table(table, path, compression="zstd")

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


class StatisticsCollector:
    """Gathers the table article by article; memory holds numbers and ids, no text."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._versions: list[int | None] = []
        self._columns: dict[str, array[float]] = {}

    def add(
        self,
        name: str,
        version: int,
        scores: Mapping[str, float],
        summed: Mapping[str, Sequence[float]],
    ) -> None:
        """Add an article.

        Args:
            name: its id.
            version: its version.
            scores: its own scores, by metric.
            summed: what corpus scores are summed up from, by metric.
        """
        row = len(self._ids)
        self._ids.append(name)
        self._versions.append(version if version.bit_length() <= _INTEGER_BITS else None)
        for column, value in (*scores.items(), *_numbered(summed)):
            values = self._columns.setdefault(column, array("d"))
            values.extend([_NAN] * (row - len(values)))
            values.append(value)

    def table(self) -> ArticleStatistics:
        """Return everything added so far."""
        import numpy as np  # noqa: PLC0415

        rows = len(self._ids)
        for values in self._columns.values():
            values.extend([_NAN] * (rows - len(values)))
        columns = {name: np.array(self._columns[name]) for name in sorted(self._columns)}
        return ArticleStatistics(tuple(self._ids), tuple(self._versions), columns)


def _numbered(summed: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, float]]:
    for metric, numbers in summed.items():
        for number, value in enumerate(numbers):
            yield f"{metric}{SUMMED}{number}", value


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
