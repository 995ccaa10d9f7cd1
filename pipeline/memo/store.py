"""The stores behind the memo: one in an SQLite file, and one that remembers nothing."""

import logging
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Protocol, TypeVar

from pipeline.errors import MemoError
from pipeline.events import event
from pipeline.memo.claims import Claims
from pipeline.memo.database import DamageError, Database

LOG = logging.getLogger(__name__)

Found = TypeVar("Found")

_QUESTIONS = 500
_FRESH_SECONDS = 3600
_NOTED_USES = 10_000
_EVICTED_AT_ONCE = 10_000
_LEFT = 0.9
_SHRINK = 1.2
_SELECT = "SELECT key, output, checksum, used FROM outputs WHERE key IN ({})"
_INSERT = "INSERT OR REPLACE INTO outputs (key, output, checksum, used) VALUES (?, ?, ?, ?)"
_DELETE = "DELETE FROM outputs WHERE key = ?"
# A row that is used moves to the end, so that the order of ids is the order of use, and the rows
# to evict lie together: deleting them frees whole pages.
_TOUCH = """
INSERT OR REPLACE INTO outputs (key, output, checksum, used)
SELECT key, output, checksum, ? FROM outputs WHERE key = ?
"""
_EVICT = "DELETE FROM outputs WHERE id IN (SELECT id FROM outputs ORDER BY id LIMIT ?)"


class MemoStore(Protocol):
    """A place for outputs by key.

    Attributes:
        patience_seconds: how long to wait, without any progress, for what others are making.
    """

    patience_seconds: float

    def open(self) -> None:
        """Get ready."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Return the outputs that are remembered."""

    def put_many(self, items: Iterable[tuple[bytes, str]]) -> None:
        """Remember outputs."""

    def claimed(self, keys: Sequence[bytes]) -> AbstractContextManager[list[bytes]]:
        """Within, nobody else makes the outputs of the keys that are given back."""

    def give_up(self, keys: Sequence[bytes]) -> None:
        """Give up claims early: their outputs are there."""

    @property
    def alone(self) -> bool:
        """Tell whether nobody else may be waiting for an output."""

    def close(self) -> None:
        """Finish."""


class NoStore:
    """Remembers nothing."""

    patience_seconds = 0.0
    alone = True

    def open(self) -> None:
        """Need nothing."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Know nothing."""
        del keys
        return {}

    def put_many(self, items: Iterable[tuple[bytes, str]]) -> None:
        """Forget it."""

    @contextmanager
    def claimed(self, keys: Sequence[bytes]) -> Iterator[list[bytes]]:
        """Give back all of them: nobody shares what is not remembered."""
        yield list(keys)

    def give_up(self, keys: Sequence[bytes]) -> None:
        """Hold no claim."""

    def close(self) -> None:
        """Hold nothing."""


@dataclass(frozen=True, slots=True)
class MemoStatistics:
    """What a store holds.

    Attributes:
        entries: remembered outputs.
        file_bytes: size of the file.
        oldest_use: when the output unused for longest was used, in seconds since 1970.
        newest_use: when an output was last used.
    """

    entries: int
    file_bytes: int
    oldest_use: int | None
    newest_use: int | None


class SqliteStore:
    """Outputs in an SQLite file in WAL mode.

    Writes come in batches, each a transaction, so that a kill loses the batch and no more. Each
    row has a checksum; a row that does not match is forgotten. A file that is no database any more
    is set aside and a new one begun. Threads may share a store: they take turns.

    Args:
        path: the file; its folder is made.
        max_megabytes: above this the outputs used longest ago are dropped.
        patience_seconds: how long to wait, without any progress, for what other processes make.
    """

    def __init__(self, path: Path, max_megabytes: int, patience_seconds: float = 0.0) -> None:
        self.path = path
        self.patience_seconds = patience_seconds
        self._database = Database(path)
        self._claims = Claims(path)
        self._max_bytes = max_megabytes * 1_000_000
        self._used: set[bytes] = set()
        self._evicts = True
        self._turn = RLock()

    def open(self) -> None:
        """Open the file, or begin a new one.

        Raises:
            MemoError: if it cannot be used, or a newer wirebrief wrote it.
        """
        with self._turn:
            self._database.open()
            self._claims.open()

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Return the outputs that are remembered and whole.

        Raises:
            MemoError: if the file cannot be read.
        """
        with self._turn:
            return self._get_many(keys)

    def _get_many(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        stale = time.time() - _FRESH_SECONDS
        found: dict[bytes, str] = {}
        damaged: list[tuple[bytes]] = []
        for start in range(0, len(keys), _QUESTIONS):
            part = keys[start : start + _QUESTIONS]
            query = _SELECT.format(",".join("?" * len(part)))
            rows = self._guarded(lambda: self._database.read(query, part))  # noqa: B023 - called now
            for key, output, checksum, used in rows or ():
                if not isinstance(output, bytes) or _checksum(key, output) != checksum:
                    damaged.append((key,))
                    continue
                found[key] = output.decode("utf-8", "surrogatepass")
                if not stale <= used <= stale + 2 * _FRESH_SECONDS:  # or the clock was moved back
                    self._used.add(key)
        if damaged:
            LOG.warning(
                "memo %s: %d damaged outputs dropped",
                self.path,
                len(damaged),
                extra=event("memo_damaged", outputs=len(damaged)),
            )
            self._guarded(lambda: self._database.write(_DELETE, damaged))
        if len(self._used) >= _NOTED_USES:
            self._note_uses()
        return found

    def put_many(self, items: Iterable[tuple[bytes, str]]) -> None:
        """Remember outputs in one transaction.

        Raises:
            MemoError: if the file cannot be written: a full disk, no permission.
        """
        now = int(time.time())
        pairs = ((key, output.encode("utf-8", "surrogatepass")) for key, output in items)
        rows = [(key, output, _checksum(key, output), now) for key, output in pairs]
        with self._turn:
            if self._guarded(lambda: self._database.write(_INSERT, rows)) is None:
                self._database.write(_INSERT, rows)
            self._bound()

    def claimed(self, keys: Sequence[bytes]) -> AbstractContextManager[list[bytes]]:
        """Within, no other process makes the outputs of the keys that are given back.

        Nothing waits here, so that processes which want the same keys cannot block each other.

        Raises:
            MemoError: if the file system does not lock.
        """
        with self._turn:
            self._database.open()
        return self._claims.taken(keys)

    def give_up(self, keys: Sequence[bytes]) -> None:
        """Give up claims early: their outputs are there."""
        self._claims.give_up(keys)

    @property
    def alone(self) -> bool:
        """Tell whether no other process has the file open."""
        with self._turn:
            self._database.open()
            return self._claims.alone

    def close(self) -> None:
        """Note what was used, drop what is too much, and close the file."""
        with self._turn:
            if self._used:
                self._note_uses()
                self._bound()
            self._claims.close()
            self._database.close()

    def inspect(self) -> MemoStatistics:
        """Return what the store holds.

        Raises:
            MemoError: if the file cannot be read.
        """
        query = "SELECT COUNT(*), MIN(used), MAX(used) FROM outputs"
        with self._turn:
            rows = self._guarded(lambda: self._database.read(query)) or self._database.read(query)
            entries, oldest, newest = rows[0]
            return MemoStatistics(entries, self._database.file_bytes, oldest, newest)

    def _guarded(self, action: Callable[[], Found]) -> Found | None:
        """Return the action's result; `None` if the file was damaged and a new one begun."""
        try:
            return action()
        except DamageError as damage:
            self._database.begin_anew(damage)
            return None

    def _note_uses(self) -> None:
        """Note what was used; a failure is no reason to stop."""
        now = int(time.time())
        rows = [(now, key) for key in self._used]
        self._used.clear()
        try:
            self._guarded(lambda: self._database.write(_TOUCH, rows))
        except MemoError as error:
            LOG.warning("uses were not noted: %s", error)

    def _bound(self) -> None:
        """Drop the outputs used longest ago if there are too many; a failure is no reason to stop.

        Room that outputs leave is used again; only a file far above the bound is made smaller.
        """
        if not self._evicts:
            return
        try:
            if self._database.live_bytes <= self._max_bytes:
                return
            while self._database.live_bytes > _LEFT * self._max_bytes:
                if not self._database.write(_EVICT, [(_EVICTED_AT_ONCE,)]):
                    break
            if self._database.file_bytes > _SHRINK * self._max_bytes:
                self._database.shrink()
        except MemoError as error:
            LOG.warning("not made smaller: %s", error)
            self._evicts = False


def _checksum(key: bytes, output: bytes) -> int:
    return zlib.crc32(output, zlib.crc32(key))
