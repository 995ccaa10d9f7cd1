"""Remember the newest version of every story of a delivery, in bounded memory."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import FeedError
from pipeline.feed.versions import digits_of, identity, rank_of, withdrawn_by
from pipeline.records import Article

_TABLE = """CREATE TABLE stories (
    key BLOB PRIMARY KEY, rank TEXT, number INTEGER, version TEXT, killed TEXT
) WITHOUT ROWID"""

Standing = Literal["newest", "reinstated", "killed", "duplicate", "superseded"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a version is among the versions of its story that were delivered.

    Attributes:
        standing: `reinstated` is the newest one, and follows a kill.
        newest: number of the newest version, for messages.
    """

    standing: Standing
    newest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a version decides which version counts.

    Attributes:
        key: of its story.
        rank: compares as the versions follow each other.
        version: its number.
        killed: up to which version it withdraws; `None` if it is no kill.
    """

    key: bytes
    rank: str
    version: int
    killed: str | None


def entry_of(article: Article) -> Entry:
    """Return what is to be entered of an article."""
    killed = withdrawn_by(article) if article.status == "canceled" else None
    return Entry(_key(article), rank_of(article), article.version, killed)


class Register:
    """The stories of a delivery. Enter every article first, then judge each.

    It is kept in a temporary file, so that memory does not grow with the delivery.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        with _explained():
            self._database.execute(_TABLE)

    def close(self) -> None:
        """Remove it."""
        self._database.close()

    def enter(self, entry: Entry, number: int) -> None:
        """Enter the article that was delivered as the `number`th one.

        Of equal versions the one that was touched last stands; of the same one, the first.

        Raises:
            FeedError: if the disk for temporary files is full.
        """
        key, rank, killed = entry.key, entry.rank, entry.killed
        with _explained():
            found = self._row(key)
            if found is None:
                row = (key, rank, number, str(entry.version), killed)
                self._database.execute("INSERT INTO stories VALUES (?, ?, ?, ?, ?)", row)
                return
            if killed is not None and (found[3] is None or killed > found[3]):
                change = "UPDATE stories SET killed = ? WHERE key = ?"
                self._database.execute(change, (killed, key))
            if rank > found[0]:
                change = "UPDATE stories SET rank = ?, number = ?, version = ? WHERE key = ?"
                self._database.execute(change, (rank, number, str(entry.version), key))

    def judge(self, entry: Entry, number: int) -> Verdict:
        """Tell what a version is that was entered as the `number`th one."""
        with _explained():
            found = self._row(entry.key)
        if found is None:
            raise AssertionError(f"number {number} was never entered")
        rank, first, version, killed = found
        if killed is not None and digits_of(entry.version) <= killed:
            return Verdict("killed", version)
        if number == first:
            return Verdict("newest" if killed is None else "reinstated", version)
        same = entry.rank == rank
        return Verdict("duplicate" if same else "superseded", version)

    def _row(self, key: bytes) -> tuple[str, int, str, str | None] | None:
        query = "SELECT rank, number, version, killed FROM stories WHERE key = ?"
        found: tuple[str, int, str, str | None] | None = self._database.execute(
            query, (key,)
        ).fetchone()
        return found


def _key(article: Article) -> bytes:
    return hashlib.blake2b("\0".join(identity(article)).encode(), digest_size=16).digest()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise FeedError(
            f"the versions of the feed cannot be told apart: {error}. Make room for temporary "
            "files, or set TMPDIR to a folder with more."
        ) from error
