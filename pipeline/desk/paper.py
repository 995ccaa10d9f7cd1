"""Write what stands of a story: its newest brief, or the tombstone of a withdrawn one.

A story's file is made of the story's row in the database and of nothing else, so it may be written
again at any time, to the same bytes: a row marked `unwritten` outlives a kill, the file follows.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from pipeline.codec import decode
from pipeline.desk.database import DeskDatabase
from pipeline.feed.gate import reinstated
from pipeline.records import Draft

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Stale:
    """A newer version came in, and is not briefed yet.

    Attributes:
        newer_version: its number.
        since: when it arrived.
    """

    newer_version: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A story that was withdrawn.

    Attributes:
        reason: what the agency says for readers, if anything.
        time: when it was withdrawn.
    """

    id: str
    provider: str | None
    version: int
    reason: str | None
    time: datetime


class Publisher(Protocol):
    """Brings the state of a story to where readers of briefs look. Doing so twice does no harm."""

    def publish(self, draft: Draft, stale: Stale | None) -> None:
        """Show this brief in place of what was there of the story."""

    def retract(self, tombstone: Tombstone) -> None:
        """Show that the story was withdrawn, in place of what was there of it."""


class Paper:
    """Publishes the stories whose rows are marked.

    Args:
        database: where the stories are.
        publisher: writes them.
    """

    def __init__(self, database: DeskDatabase, publisher: Publisher) -> None:
        self._database, self._publisher = database, publisher

    def publish(self) -> int:
        """Bring files in line with rows, withdrawals first; return how many were written.

        Raises:
            OutputError: if the disk is full, or similar; what is not written stays marked.
        """
        marked = self._database.rows(
            "SELECT provider, id FROM stories WHERE unwritten ORDER BY kill IS NULL LIMIT ?",
            (_AT_ONCE,),
        )
        for provider, name in marked:
            with self._database.transaction():
                self._write(provider, name)
                self._database.change(
                    "UPDATE stories SET unwritten = 0 WHERE provider = ? AND id = ?",
                    (provider, name),
                )
        return len(marked)

    def _write(self, provider: str, name: str) -> None:
        query = (
            "SELECT draft, killed, kill, newest, brief FROM stories WHERE provider = ? AND id = ?"
        )
        draft, killed, kill, newest, brief = self._database.rows(query, (provider, name))[0]
        if draft is not None:
            made = decode(Draft, draft)
            stale = None if newest in {None, brief} else self._stale(newest)
            if killed is not None:
                made = replace(made, article=reinstated(made.article))
            self._publisher.publish(made, stale)
        elif kill is not None and brief is None:
            notice = json.loads(kill)
            time = datetime.fromisoformat(notice.pop("time"))
            self._publisher.retract(Tombstone(**notice, time=time))

    def _stale(self, newest: int) -> Stale:
        query = "SELECT version, arrived FROM items WHERE number = ?"
        ((version, arrived),) = self._database.rows(query, (newest,))
        return Stale(int(version), datetime.fromtimestamp(arrived, UTC))
