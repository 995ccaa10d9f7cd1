"""The SQLite file behind the memo: opening, format, transactions, damage."""

import fcntl
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from pipeline.errors import MemoError
from pipeline.events import event

LOG = logging.getLogger(__name__)

_VERSION = 2
_LAST_VERSION = 1000
"""No wirebrief will count so far: what is beyond is no version but damage."""
_BUSY_SECONDS = 30.0
_TRIES = 3
_COMPANIONS = ("", "-wal", "-shm")
_HEADER = b"SQLite format 3\0"
_SCHEMA = """
CREATE TABLE outputs (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    output BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    used INTEGER NOT NULL
)
"""


class DamageError(MemoError):
    """The file is no whole SQLite database any more."""


class _HeaderError(sqlite3.DatabaseError):
    """SQLite takes the file for whole, and it cannot be."""


class Database:
    """One process's connection to a file that several processes may use at once.

    Threads take turns; who uses it sees to that.

    While it is open, a shared lock is held on `<name>.lock`; whoever sets a damaged file aside
    needs that lock alone, since SQLite breaks when a file is renamed under other connections.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._lock: IO[str] | None = None

    def open(self) -> None:
        """Open the file; begin a new one if there is none or it is damaged.

        Raises:
            MemoError: if it cannot be used, or is not wirebrief's, or a newer wirebrief's.
        """
        if self._connection is not None:
            return
        try:
            with self._explained("cannot be opened"):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._lock = self.path.with_name(f"{self.path.name}.lock").open("a")
                alone = self._take(fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not alone:
                    self._take(fcntl.LOCK_SH)
                else:
                    self._free_companions()
                try:
                    self._connection = self._connect()
                except DamageError as damage:
                    self._set_aside(damage)
                    self._connection = self._connect()
                self._take(fcntl.LOCK_SH)
        except BaseException:
            self.close()
            raise

    def read(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a query finds.

        Raises:
            DamageError: if the file turns out damaged.
            MemoError: if it cannot be read.
        """
        with self._explained("cannot be read"):
            return self._opened.execute(query, values).fetchall()

    def write(self, statement: str, rows: Iterable[Sequence[Any]] = ((),)) -> int:
        """Change rows in one transaction, waiting for other writers; return how many changed.

        Raises:
            DamageError: if the file turns out damaged.
            MemoError: if it cannot be written: a full disk, no permission.
        """
        rows = list(rows)
        with self._explained("cannot be written"):
            for _ in range(_TRIES - 1):
                try:
                    return self._write(statement, rows)
                except sqlite3.OperationalError as error:
                    if _code(error) != sqlite3.SQLITE_BUSY:
                        raise
            return self._write(statement, rows)

    def shrink(self) -> None:
        """Give free pages back to the file system.

        Raises:
            DamageError: if the file turns out damaged.
            MemoError: if it cannot be written.
        """
        with self._explained("cannot be made smaller"):
            # execute() would stop after one page
            self._opened.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint")

    def begin_anew(self, damage: DamageError) -> None:
        """Set the damaged file aside and open a new one.

        Raises:
            MemoError: if other processes use the file.
        """
        self._close_connection()
        with self._explained("cannot be set aside"):
            self._set_aside(damage)
        self.close()
        self.open()

    def close(self) -> None:
        """Close the file and release the lock."""
        self._close_connection()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def file_bytes(self) -> int:
        """Return the size of the file."""
        return self._pragma("page_count") * self._pragma("page_size")

    @property
    def live_bytes(self) -> int:
        """Return the size of the pages in use; the others are filled before the file grows."""
        pages = self._pragma("page_count") - self._pragma("freelist_count")
        return pages * self._pragma("page_size")

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self.open()
        if self._connection is None:
            raise MemoError(f"memo {self.path}: not open")
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            with self._explained("cannot be opened"):
                connection.execute("PRAGMA synchronous = NORMAL")
                if not self._is_ready(connection):
                    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("BEGIN IMMEDIATE")
                    with connection:
                        self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _free_companions(self) -> None:
        """Give the log the rights of the file: it got fewer if the file had fewer for a while."""
        if not self.path.exists():
            return
        mode = self.path.stat().st_mode
        for suffix in _COMPANIONS[1:]:
            companion = self.path.with_name(f"{self.path.name}{suffix}")
            if companion.exists() and companion.stat().st_mode != mode:
                companion.chmod(mode)

    def _is_ready(self, connection: sqlite3.Connection) -> bool:
        """Tell whether our table is there in our format; complain about a foreign file."""
        ((found,),) = connection.execute("PRAGMA user_version").fetchall()
        tables = {name for (name,) in connection.execute("SELECT tbl_name FROM sqlite_master")}
        if tables and (found == 0 or "outputs" not in tables):
            raise MemoError(
                f"memo {self.path}: this is another program's database. Set memo.path to another "
                "file."
            )
        if not 0 <= found <= _LAST_VERSION and "outputs" in tables:
            raise _HeaderError("its header is overwritten")
        if found > _VERSION:
            raise MemoError(
                f"memo {self.path}: a newer wirebrief wrote it, in format {found} where this one "
                f"knows {_VERSION}. Get the newer one, or set memo.path to another file."
            )
        return bool(found == _VERSION)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the table; outputs in an older format are forgotten."""
        if self._is_ready(connection):  # another process was faster
            return
        connection.execute("DROP TABLE IF EXISTS outputs")
        connection.execute(_SCHEMA)
        connection.execute(f"PRAGMA user_version = {_VERSION}")

    def _write(self, statement: str, rows: list[Sequence[Any]]) -> int:
        connection = self._opened
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            return connection.executemany(statement, rows).rowcount

    def _set_aside(self, damage: DamageError) -> None:
        if not self._take(fcntl.LOCK_EX | fcntl.LOCK_NB):
            raise MemoError(
                f"memo {self.path}: damaged ({damage.__cause__}), and other runs have it open. "
                "Start again when they have ended, set memo.path to another file, or run with "
                "memo=none."
            )
        if not self.path.is_file():
            raise MemoError(f"memo {self.path}: this is no file. Set memo.path to another one.")
        if not self._may_be_a_memo():
            raise MemoError(f"memo {self.path}: this is no memo. Set memo.path to another file.")
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        for suffix in _COMPANIONS:
            companion = self.path.with_name(f"{self.path.name}{suffix}")
            if companion.exists():
                companion.replace(aside.with_name(f"{aside.name}{suffix}"))
        reason = damage.__cause__
        LOG.warning(
            "memo %s is damaged (%s): set aside as %s",
            self.path,
            reason,
            aside.name,
            extra=event("memo_damaged"),
        )

    def _may_be_a_memo(self) -> bool:
        """Tell a damaged memo from a file of another kind that `memo.path` names by mistake."""
        with self.path.open("rb") as stream:
            return stream.read(len(_HEADER)) == _HEADER or self.path.suffix == ".sqlite"

    def _take(self, how: int) -> bool:
        if self._lock is None:
            raise MemoError(f"memo {self.path}: not open")
        try:
            fcntl.flock(self._lock, how)
        except BlockingIOError:
            return False
        return True

    def _close_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _pragma(self, name: str) -> int:
        return int(self.read(f"PRAGMA {name}")[0][0])

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            if _is_damage(error):
                raise DamageError(
                    f"memo {self.path}: damaged ({error}). Delete it, set memo.path to another "
                    "file, or run without it: memo=none."
                ) from error
            raise MemoError(
                f"memo {self.path}: {what} ({error}). Make room or give permission there, set "
                "memo.path to another file, or run without it: memo=none."
            ) from error


def _is_damage(error: Exception) -> bool:
    """Tell damage from what else goes wrong; a header can break so that no code tells."""
    broken = isinstance(error, _HeaderError) or str(error) == "unsupported file format"
    return broken or _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _code(error: Exception) -> int:
    """Return SQLite's primary error code, 0 if there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
