"""Write a run's files so that they appear whole or not at all.

Everything is written into a hidden folder beside the results. Committing removes the old `run.json`
and moves the new files, and the folder of briefs, into place, `run.json` last: a folder with a
`run.json` is one whole run, never the briefs of one beside the scores of another. What a killed run
left in the hidden folder the next one removes; a lock keeps two runs apart.
"""

import logging
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from evaluation.score import Score
from pipeline.errors import OutputError
from pipeline.output.brief_files import NAME as FOLDER
from pipeline.output.brief_files import BriefFiles
from pipeline.output.briefs import brief_record, fault_record, makers
from pipeline.output.digests import digests
from pipeline.output.disk import refusal, sync
from pipeline.output.json_text import json_text
from pipeline.output.ledger import Counts, RunLedger, scores_record
from pipeline.output.lock import FolderLock
from pipeline.output.newsroom.format import BriefFormat
from pipeline.output.parquet import ParquetBriefs
from pipeline.records import Draft, Fault, Json, Maker

LOG = logging.getLogger(__name__)

FILES = (
    "briefs.jsonl",
    "briefs.parquet",
    "set_aside.jsonl",
    "faults.jsonl",
    "scores.json",
    "statistics.parquet",
    "report.html",
    "run.json",
)
_STAGING = ".unfinished"

Report = Callable[[Path], None]
"""Writes `report.html` into a folder that holds the run's other files."""


class Statistics(Protocol):
    """Each article's exact numbers."""

    def write(self, path: Path) -> None:
        """Write them as Parquet."""
        ...


class RunWriter:
    """Writes one run's results; used as a context manager.

    Args:
        folder: where results go.
        formats: in which each brief gets a file of its own, in the folder `briefs`.
        table: write `briefs.parquet`, too.

    Attributes:
        makers: what made the parts of the briefs written so far.
    """

    def __init__(
        self, folder: Path, formats: Sequence[BriefFormat] = (), *, table: bool = True
    ) -> None:
        self._folder = folder
        self._staging = folder / _STAGING
        self._files = BriefFiles(folder, self._staging, formats)
        self._wants_table = table
        self._table: ParquetBriefs | None = None
        self._lock = FolderLock(folder)
        self._streams = ExitStack()
        self._written = Counts()
        self.makers: dict[str, Maker] = {}

    def __enter__(self) -> Self:
        """Take the folder.

        Raises:
            OutputError: if it cannot be written, or another run is writing there.
        """
        with self._explained():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.take()
        try:
            with self._explained():
                shutil.rmtree(self._staging, ignore_errors=True)
                self._staging.mkdir()
                self._open_streams()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close, and remove what is not in place; that the disk is full is no news by now."""
        try:
            self._streams.__exit__(kind, error, trace)
        except OSError:
            LOG.debug("unfinished files in %s were not closed", self._staging, exc_info=True)
        shutil.rmtree(self._staging, ignore_errors=True)
        self._lock.release()

    def write(self, outcome: Draft | Fault) -> None:
        """Write a brief or a fault.

        Raises:
            OutputError: if the disk is full, or similar.
        """
        with self._explained():
            if isinstance(outcome, Fault):
                aside = outcome.is_set_aside
                _put(self._set_aside if aside else self._faults, fault_record(outcome))
                self._written.count(outcome)
                return
            record = brief_record(outcome)
            _put(self._briefs, record)
            if self._table is not None:
                self._table.write(record)
            self._files.write(outcome)
            self._written.count(outcome)
        for part, maker in makers(outcome).items():
            if part not in self.makers or self.makers[part].engine == "wirebrief":
                self.makers[part] = maker

    def commit(
        self,
        ledger: RunLedger,
        scores: Sequence[Score],
        statistics: Statistics | None = None,
        report: Report | None = None,
    ) -> None:
        """Finish all files and move them into place.

        Args:
            ledger: what `run.json` says.
            scores: of the corpus.
            statistics: each article's exact numbers; `None` if nothing was scored.
            report: writes the page.

        Raises:
            OutputError: if that is not possible; older results then stay as they are, unless the
                move itself fails, in which case there is no `run.json`.
        """
        if ledger.counts != self._written:
            raise AssertionError(f"ledger: {ledger.counts}; written: {self._written}")
        with self._explained():
            self._streams.close()
            _whole(self._staging / "scores.json", scores_record(scores))
            if statistics is not None:
                statistics.write(self._staging / "statistics.parquet")
            _whole(self._staging / "run.json", ledger.record())
            if report is not None:
                report(self._staging)
            made = [*(name for name in FILES if name != "run.json"), FOLDER]
            _whole(self._staging / "run.json", ledger.record(digests(self._staging, made)))
            for path in self._staging.iterdir():
                sync(path)
            self._files.sync()
            self._move()

    def _open_streams(self) -> None:
        enter = self._streams.enter_context
        self._briefs = enter(_lines(self._staging / "briefs.jsonl"))
        self._set_aside = enter(_lines(self._staging / "set_aside.jsonl"))
        self._faults = enter(_lines(self._staging / "faults.jsonl"))
        if self._wants_table:
            self._table = enter(ParquetBriefs(self._staging / "briefs.parquet"))
        self._files.open()

    def _move(self) -> None:
        (self._folder / "run.json").unlink(missing_ok=True)
        sync(self._folder)
        self._files.move()
        for name in FILES:
            if name == "run.json":
                sync(self._folder)
            if (self._staging / name).exists():
                (self._staging / name).replace(self._folder / name)
            else:
                (self._folder / name).unlink(missing_ok=True)
        sync(self._folder)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(
                f"{self._folder}: results cannot be written ({refusal(error)}). Make room or give "
                "permission there, or set output_dir to another folder. What models made is in "
                "the memo: the same command goes on from there."
            ) from error


def _lines(path: Path) -> IO[str]:
    # Half a surrogate pair, as JSON may hold it, becomes an escape: the same in JSON.
    return path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")


def _put(stream: IO[str], record: dict[str, Json]) -> None:
    stream.write(json_text(record) + "\n")


def _whole(path: Path, value: Json) -> None:
    with _lines(path) as stream:
        stream.write(json_text(value, indent=2) + "\n")
