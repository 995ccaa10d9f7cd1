"""A lock that keeps two runs from writing into one folder."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from pipeline.errors import OutputError

_NAME = ".lock"


class FolderLock:
    """Held by one run at a time; a killed run holds it no more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / _NAME
        self._stream: IO[str] | None = None

    def take(self) -> None:
        """Take the lock.

        Raises:
            OutputError: if another run has it.
            OSError: if the file system refuses.
        """
        while self._stream is None:
            stream = self._path.open("a")
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if self._is_current(stream):
                    self._stream = stream
            except BlockingIOError:
                raise OutputError(
                    f"{self._folder}: another run is writing there (it holds {self._path}). Wait "
                    "for it, or set output_dir to another folder."
                ) from None
            finally:
                if self._stream is None:
                    stream.close()

    def release(self) -> None:
        """Remove the file, then let go: in this order nobody else's file is removed."""
        if self._stream is not None:
            with suppress(OSError):
                self._path.unlink()
            self._stream.close()
            self._stream = None

    def _is_current(self, stream: IO[str]) -> bool:
        """Tell whether the file is still there, not removed by a run that just ended."""
        try:
            return os.path.samestat(os.fstat(stream.fileno()), self._path.stat())
        except FileNotFoundError:
            return False
