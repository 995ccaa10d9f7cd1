"""Gather each article's exact numbers while a run goes on: memory does not grow with the articles.

Blocks of articles go into a temporary file, column by column; whoever wants a column gets it from
there. Small runs never touch the disk.
"""

import json
import tempfile
import weakref
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.article_statistics import (
    SUMMED,
    ArticleStatistics,
    metrics_of,
    parts_of,
    write_blocks,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROWS = 4096
"""Articles in a block."""

_IN_MEMORY = 1 << 20
"""Bytes of blocks that need no file."""

_INTEGER_BITS = 63
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class _Block:
    """Where the numbers of consecutive articles stand.

    Attributes:
        rows: how many articles.
        heads: offset of their ids and versions, and how many bytes they are.
        columns: offset of each column that one of them has a number in.
    """

    rows: int
    heads: tuple[int, int]
    columns: Mapping[str, int]


class StatisticsCollector:
    """Gathers the table article by article; memory holds one block of it."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._versions: list[int | None] = []
        self._values: dict[str, array[float]] = {}
        self._blocks: list[_Block] = []
        self._names: set[str] = set()
        self._spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed at the end
        weakref.finalize(self, self._spool.close)

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

        Raises:
            OSError: if there is no room for temporary files.
        """
        row = len(self._ids)
        self._ids.append(name)
        self._versions.append(version if version.bit_length() <= _INTEGER_BITS else None)
        for column, value in (*scores.items(), *_numbered(summed)):
            values = self._values.setdefault(column, array("d"))
            values.extend([_NAN] * (row - len(values)))
            values.append(value)
        if len(self._ids) == _ROWS:
            self._finish_block()

    def metrics(self) -> tuple[str, ...]:
        """Return the names of all metrics, those of the translation first."""
        return metrics_of(self._columns())

    def parts(self, metric: str) -> tuple[str, ...]:
        """Return the columns that a metric's score is summed up from; none if it is a mean."""
        return parts_of(metric, self._columns())

    def column(self, name: str) -> "NDArray[np.float64]":
        """Return each article's number; not a number where an article has none."""
        import numpy as np  # noqa: PLC0415

        self._columns()
        found = np.full(sum(block.rows for block in self._blocks), _NAN)
        start = 0
        for block in self._blocks:
            if name in block.columns:
                found[start : start + block.rows] = self._numbers(block, name)
            start += block.rows
        return found

    def table(self) -> ArticleStatistics:
        """Return everything added so far, in memory."""
        columns = {name: self.column(name) for name in sorted(self._columns())}
        heads = [self._heads(block) for block in self._blocks]
        return ArticleStatistics(
            tuple(name for ids, _ in heads for name in ids),
            tuple(version for _, versions in heads for version in versions),
            columns,
        )

    def write(self, path: Path) -> None:
        """Write everything added so far as Parquet; what is not a number becomes null.

        Raises:
            OSError: if the file system refuses.
        """
        write_blocks(path, sorted(self._columns()), self._read_blocks())

    def _columns(self) -> set[str]:
        """Return the names of all columns; whatever was added is in blocks then."""
        if self._ids:
            self._finish_block()
        return self._names

    def _finish_block(self) -> None:
        rows = len(self._ids)
        heads = json.dumps([self._ids, self._versions]).encode()
        self._spool.seek(0, 2)
        at = self._spool.tell()
        self._spool.write(heads)
        columns = {}
        for name, values in self._values.items():
            values.extend([_NAN] * (rows - len(values)))
            columns[name] = self._spool.tell()
            self._spool.write(values.tobytes())
        self._names |= columns.keys()
        self._blocks.append(_Block(rows, (at, len(heads)), columns))
        self._ids, self._versions, self._values = [], [], {}

    def _read_blocks(self) -> Iterator[ArticleStatistics]:
        for block in self._blocks:
            ids, versions = self._heads(block)
            columns = {name: self._numbers(block, name) for name in block.columns}
            yield ArticleStatistics(tuple(ids), tuple(versions), columns)

    def _heads(self, block: _Block) -> tuple[list[str], list[int | None]]:
        ids, versions = json.loads(self._read(*block.heads))
        return ids, versions

    def _numbers(self, block: _Block, name: str) -> "NDArray[np.float64]":
        import numpy as np  # noqa: PLC0415

        content = self._read(block.columns[name], block.rows * np.dtype(np.float64).itemsize)
        return np.frombuffer(content, np.float64)

    def _read(self, start: int, length: int) -> bytes:
        self._spool.seek(start)
        return self._spool.read(length)


def _numbered(summed: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, float]]:
    for metric, numbers in summed.items():
        for number, value in enumerate(numbers):
            yield f"{metric}{SUMMED}{number}", value
