"""The desk's SQLite file: opening, format, transactions."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pipeline.errors import OutputError

NAME = "desk.sqlite"
_VERSION = 1
_BUSY_SECONDS = 60.0
_SCHEMA = """
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER, modified INTEGER, inode INTEGER, sha256 TEXT, read REAL,
    outcome TEXT
) WITHOUT ROWID;
CREATE TABLE stories (
    provider TEXT, id TEXT, newest INTEGER, brief INTEGER, draft TEXT, recipe TEXT, killed TEXT,
    kill TEXT, unwritten INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (provider, id)
) WITHOUT ROWID;
CREATE TABLE items (
    number INTEGER PRIMARY KEY AUTOINCREMENT, provider TEXT, id TEXT, version TEXT, rank TEXT,
    arrived REAL, entered REAL, finished REAL, content TEXT, text TEXT, urgency INTEGER,
    state TEXT, held_until REAL, article TEXT, source TEXT
);
CREATE TABLE faults (
    number INTEGER PRIMARY KEY, sha256 TEXT, item INTEGER, fault TEXT, since REAL
);
CREATE TABLE quarantine (
    sha256 TEXT PRIMARY KEY, source TEXT, first REAL, last REAL, tries INTEGER,
    again INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE INDEX items_by_story ON items (provider, id);
CREATE INDEX items_by_state ON items (state, urgency, arrived, number);
CREATE INDEX stories_unwritten ON stories (unwritten) WHERE unwritten;
CREATE INDEX faults_by_file ON faults (sha256);
CREATE INDEX faults_by_item ON faults (item);
"""

Row = tuple[Any, ...]


class DeskDatabase:
    """One thread's connection; used as a context manager.

    Args:
        folder: the desk's output folder, on a local disk.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        """Open the file, or make it, for the user only.

        Raises:
            OutputError: if it cannot be used, or a newer wirebrief wrote it.
        """
        with self._explained():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            self.path.chmod(0o600)
            self._connection = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None
            )
            try:
                self._prepare(self._connection)
            except BaseException:
                self._connection.close()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return what a query finds.

        Raises:
            OutputError: if the file cannot be read.
        """
        with self._explained():
            return self._opened.execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[Any] = ()) -> Row | None:
        """Return the first row that a query finds."""
        found = self.rows(query, values)
        return found[0] if found else None

    def change(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Change rows; return how many.

        Raises:
            OutputError: if the disk is full, or similar.
        """
        with self._explained():
            return self._opened.execute(statement, values).rowcount

    def insert(self, statement: str, values: Sequence[Any]) -> int:
        """Insert a row; return its number.

        Raises:
            OutputError: if the disk is full, or similar.
        """
        with self._explained():
            return int(self._opened.execute(statement, values).lastrowid or 0)

    def count(self, name: str) -> None:
        """Add one to a counter that outlives the process."""
        self.change(
            "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
            (name,),
        )

    def note(self, name: str, value: str) -> None:
        """Remember a text under a name."""
        self.change("REPLACE INTO notes VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """Return the text that was remembered."""
        found = self.row("SELECT value FROM notes WHERE name = ?", (name,))
        return None if found is None else str(found[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Within, either everything is changed or nothing.

        Raises:
            OutputError: if the disk is full, or similar.
        """
        with self._explained():
            self._opened.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._opened.in_transaction:
                self._opened.execute("ROLLBACK")
            raise
        with self._explained():
            self._opened.execute("COMMIT")

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise AssertionError(f"{self.path} is not open")
        return self._connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if connection.execute("PRAGMA user_version").fetchone() == (_VERSION,):
            return
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            ((found,),) = connection.execute("PRAGMA user_version").fetchall()
            if found == 0:
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            elif found != _VERSION:
                raise OutputError(
                    f"{self.path}: another wirebrief wrote it, in format {found} where this one "
                    f"knows {_VERSION}. Use that one, or set output_dir to another folder."
                )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"{self.path}: cannot be used ({error}). Make room or give permission there; the "
                "folder has to lie on a local disk. The same command goes on where it stopped."
            ) from error
