"""Write a run's files so that they appear whole or not at all.

Everything is written into a hidden folder beside the results. Committing removes the old `run.json`
and moves the new files into place, `run.json` last: a folder with a `run.json` is one whole run.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from evaluation.score import Score
from pipeline.errors import OutputError
from pipeline.output.briefs import brief_record, fault_record, makers
from pipeline.output.ledger import RunLedger, scores_record
from pipeline.output.parquet import ParquetBriefs
from pipeline.records import Draft, Fault, Json, Maker

FILES = ("briefs.jsonl", "briefs.parquet", "faults.jsonl", "scores.json", "report.html", "run.json")
_STAGING = ".unfinished"
_LOCK = ".lock"

Report = Callable[[Path], None]
"""Writes `report.html` into a folder that holds the run's other files."""


class RunWriter:
    """Writes one run's results; used as a context manager.

    Attributes:
        makers: what made the parts of the briefs written so far.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / _STAGING
        self._stack = ExitStack()
        self.makers: dict[str, Maker] = {}

    def __enter__(self) -> Self:
        """Take the folder.

        Raises:
            OutputError: if it cannot be written, or another run is writing there.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock()
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging.mkdir()
            self._briefs = self._stack.enter_context(_lines(self._staging / "briefs.jsonl"))
            self._faults = self._stack.enter_context(_lines(self._staging / "faults.jsonl"))
            self._table = self._stack.enter_context(ParquetBriefs(self._staging / "briefs.parquet"))
        except OSError as error:
            self._stack.close()
            raise self._error(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._stack.__exit__(kind, error, trace)
        except OSError as problem:
            if kind is None:
                raise self._error(problem) from problem
        finally:
            shutil.rmtree(self._staging, ignore_errors=True)
            (self._folder / _LOCK).unlink(missing_ok=True)

    def write(self, outcome: Draft | Fault) -> None:
        """Write a brief or a fault.

        Raises:
            OutputError: if the disk is full, or similar.
        """
        try:
            if isinstance(outcome, Fault):
                _put(self._faults, fault_record(outcome))
                return
            record = brief_record(outcome)
            _put(self._briefs, record)
            self._table.write(record)
            for part, maker in makers(outcome).items():
                if part not in self.makers or self.makers[part].engine == "wirebrief":
                    self.makers[part] = maker
        except OSError as error:
            raise self._error(error) from error

    def commit(self, ledger: RunLedger, scores: Sequence[Score], report: Report | None) -> None:
        """Finish all files and move them into place.

        Raises:
            OutputError: if that is not possible; older results then stay as they are, unless the
                move itself fails, in which case there is no `run.json`.
        """
        try:
            self._stack.close()
            self._stack = ExitStack()
            _whole(self._staging / "scores.json", scores_record(scores))
            _whole(self._staging / "run.json", ledger.record())
            if report is not None:
                report(self._staging)
            for path in self._staging.iterdir():
                _sync(path)
            (self._folder / "run.json").unlink(missing_ok=True)
            for name in FILES:
                if (self._staging / name).exists():
                    (self._staging / name).replace(self._folder / name)
                else:
                    (self._folder / name).unlink(missing_ok=True)
            _sync(self._folder)
        except OSError as error:
            raise self._error(error) from error

    def _lock(self) -> None:
        lock = self._stack.enter_context((self._folder / _LOCK).open("w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._stack.close()
            raise OutputError(
                f"{self._folder}: another run is writing there. Wait for it, or set output_dir."
            ) from None

    def _error(self, error: OSError) -> OutputError:
        reason = error.strerror or str(error)
        return OutputError(
            f"{self._folder}: results cannot be written ({reason}). Make room or give permission "
            "there, or set output_dir to another folder. What models made is in the memo: the same "
            "command goes on from there."
        )


def _lines(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")


def _put(stream: IO[str], record: dict[str, Json]) -> None:
    stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def _whole(path: Path, value: Json) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
