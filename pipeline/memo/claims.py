"""Who makes which output now, so that processes which share a memo make each of them once.

A claim is a POSIX lock on one byte of `<memo>.claims`, at a place that the key gives. Nothing is
written: the file stays empty, and the kernel drops the locks of a process however that ends.
"""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import IO

from pipeline.errors import MemoError

_PRESENCE = 0
"""The byte that everybody shares who has the file open."""
_FIRST = 1
_UNUSED_BITS = 2
"""Keys give places of 62 bits: a place and what follows must fit into a signed 64-bit number. Two
keys that share one wait for each other without need, and that is all."""


class Claims:
    """The claims of one process on the outputs of one memo.

    Claims of the same process never conflict: a process cannot wait for itself. Its threads claim
    different keys, since no two of its stages run the same model in the same way.

    Args:
        memo: the memo's file; its folder is there.
    """

    def __init__(self, memo: Path) -> None:
        self._path = memo.with_name(f"{memo.name}.claims")
        self._file: IO[bytes] | None = None
        self._lock = Lock()

    def open(self) -> None:
        """Be seen by others.

        Raises:
            MemoError: if the file cannot be opened.
        """
        with self._explained():
            self._try(fcntl.LOCK_SH, _PRESENCE)

    @contextmanager
    def taken(self, keys: Sequence[bytes]) -> Iterator[list[bytes]]:
        """Claim what nobody else has claimed, and give it up afterwards.

        Raises:
            MemoError: if the system refuses locks.
        """
        mine: list[bytes] = []
        try:
            with self._explained():
                mine += (key for key in keys if self._try(fcntl.LOCK_EX, _place(key)))
            yield mine
        finally:
            self.give_up(mine)

    def give_up(self, keys: Sequence[bytes]) -> None:
        """Give up claims, held or not."""
        with self._lock:
            if self._file is not None:
                for key in keys:
                    fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _place(key))

    @property
    def alone(self) -> bool:
        """Tell whether no other process has the memo open."""
        with self._explained():
            alone = self._try(fcntl.LOCK_EX, _PRESENCE)
            self._try(fcntl.LOCK_SH, _PRESENCE)
            return alone

    def close(self) -> None:
        """Give up everything."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _try(self, how: int, place: int) -> bool:
        with self._lock:
            if self._file is None:
                self._file = self._path.open("a+b")
            file = self._file
        try:
            fcntl.lockf(file, how | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):  # POSIX allows either for a lock that is taken
            return False
        return True

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise MemoError(
                f"memo {self._path}: cannot be locked ({error}). Give permission there, set "
                "memo.path to a file on a local disk, or run without it: memo=none."
            ) from error


def _place(key: bytes) -> int:
    return _FIRST + (int.from_bytes(key[:8]) >> _UNUSED_BITS)
