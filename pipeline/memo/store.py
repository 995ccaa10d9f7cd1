"""The store behind the memo: an SQLite file that several processes may use at once."""

import logging
import sqlite3
import time
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import MemoError

LOG = logging.getLogger(__name__)

_VERSION = 1
_BUSY_SECONDS = 60.0
_QUESTIONS = 500
_SCHEMA = """
CREATE TABLE IF NOT EXISTS outputs (
    key BLOB PRIMARY KEY,
    output TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    used INTEGER NOT NULL
) WITHOUT ROWID;
"""


class MemoStore(Protocol):
    """A place for outputs by key."""

    def open(self) -> None:
        """Get ready."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Return the outputs that are remembered."""

    def put_many(self, items: Iterable[tuple[bytes, str]]) -> None:
        """Remember outputs."""

    def close(self) -> None:
        """Finish."""


class NoStore:
    """Remembers nothing."""

    def open(self) -> None:
        """Need nothing."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Know nothing."""
        del keys
        return {}

    def put_many(self, items: Iterable[tuple[bytes, str]]) -> None:
        """Forget it."""

    def close(self) -> None:
        """Hold nothing."""


@dataclass(frozen=True, slots=True)
class MemoStatistics:
    """What a store holds: number of outputs, bytes of the file, and time of the oldest use."""

    entries: int
    file_bytes: int
    oldest_use: float | None


class SqliteStore:
    """Outputs in an SQLite file in WAL mode.

    Writes come in batches, each a transaction, so that a kill loses the batch and no more. Each
    row has a checksum; a row that does not match is forgotten. A file that is no database any more
    is set aside and a new one begun.

    Args:
        path: the file; its folder is made.
        max_megabytes: above this the outputs used longest ago are dropped when the store closes.
    """

    def __init__(self, path: Path, max_megabytes: int) -> None:
        self.path = path
        self._max_bytes = max_megabytes * 1_000_000
        self._connection: sqlite3.Connection | None = None
        self._used: set[bytes] = set()

    def open(self) -> None:
        """Open the file, or begin a new one.

        Raises:
            MemoError: if it cannot be used, or a newer wirebrief wrote it.
        """
        if self._connection is not None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = self._connect()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self._set_aside(error)
                self._connection = self._connect()
        except (OSError, sqlite3.Error) as error:
            raise self._error("cannot be opened", error) from error

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Return the outputs that are remembered and whole."""
        found: dict[bytes, str] = {}
        damaged: list[tuple[bytes]] = []
        try:
            for start in range(0, len(keys), _QUESTIONS):
                part = keys[start : start + _QUESTIONS]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, output, checksum FROM outputs WHERE key IN ({marks})"  # noqa: S608
                for key, output, checksum in self._open.execute(query, part):
                    if _checksum(output) == checksum:
                        found[key] = output
                    else:
                        damaged.append((key,))
            if damaged:
                LOG.warning("memo %s: %d damaged outputs dropped", self.path, len(damaged))
                with self._open:
                    self._open.executemany("DELETE FROM outputs WHERE key = ?", damaged)
        except sqlite3.OperationalError as error:
            raise self._error("cannot be read", error) from error
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)
            return {}
        self._used.update(found)
        return found

    def put_many(self, items: Iterable[tuple[bytes, str]]) -> None:
        """Remember outputs in one transaction."""
        now = int(time.time())
        rows = [(key, output, _checksum(output), now) for key, output in items]
        try:
            with self._open:
                self._open.executemany("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error as error:
            raise self._error("cannot be written", error) from error

    def close(self) -> None:
        """Note what was used, drop what is too much, and close the file."""
        if self._connection is None:
            return
        try:
            with self._connection:
                now = int(time.time())
                rows = [(now, key) for key in self._used]
                self._connection.executemany("UPDATE outputs SET used = ? WHERE key = ?", rows)
            self._evict()
            self._connection.close()
        except sqlite3.Error as error:
            LOG.warning("memo %s: not tidied up (%s)", self.path, error)
        self._connection = None
        self._used.clear()

    def inspect(self) -> MemoStatistics:
        """Return what the store holds."""
        entries, oldest = self._open.execute("SELECT COUNT(*), MIN(used) FROM outputs").fetchone()
        return MemoStatistics(entries, self._size(), oldest)

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.open()
        if self._connection is None:
            raise MemoError(f"memo {self.path}: not open")
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._check_version(connection)
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_version(self, connection: sqlite3.Connection) -> None:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found > _VERSION:
            raise MemoError(
                f"memo {self.path}: a newer wirebrief wrote it, in format {found} where this one "
                f"knows {_VERSION}. Get the newer one, or set memo.path to another file."
            )

    def _begin_anew(self, error: sqlite3.Error) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._set_aside(error)
        self.open()

    def _set_aside(self, error: sqlite3.Error) -> None:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        self.path.replace(aside)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        LOG.warning("memo %s is damaged (%s): set aside as %s", self.path, error, aside.name)

    def _evict(self) -> None:
        connection = self._open
        while (size := self._size()) > self._max_bytes:
            (entries,) = connection.execute("SELECT COUNT(*) FROM outputs").fetchone()
            surplus = max(1, int(entries * (1 - 0.8 * self._max_bytes / size)))
            if not entries:
                return
            with connection:
                connection.execute(
                    "DELETE FROM outputs WHERE key IN "
                    "(SELECT key FROM outputs ORDER BY used LIMIT ?)",
                    (surplus,),
                )
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if self._size() >= size:
                return

    def _size(self) -> int:
        (pages,) = self._open.execute("PRAGMA page_count").fetchone()
        (page,) = self._open.execute("PRAGMA page_size").fetchone()
        return int(pages) * int(page)

    def _error(self, what: str, error: Exception) -> MemoError:
        return MemoError(
            f"memo {self.path}: {what} ({error}). Make room or give permission there, set "
            "memo.path to another file, or run without it: memo=none."
        )


def _checksum(output: str) -> int:
    return zlib.crc32(output.encode("utf-8", "surrogatepass"))
