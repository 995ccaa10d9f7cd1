"""Decide what a version means that came in: news, an older one, the same again, a kill.

Everything here happens within one transaction of the caller's.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from pipeline.codec import encode
from pipeline.desk.database import DeskDatabase
from pipeline.desk.sameness import content_of, text_of
from pipeline.feed.faults import STAGE
from pipeline.feed.gate import hold
from pipeline.feed.versions import digits_of, identity, rank_of, withdrawn_by
from pipeline.records import Article, Caution

Standing = Literal["queued", "held", "superseded", "killed", "kill", "repeated"]
"""To be briefed; under embargo or withheld; older than another; withdrawn; itself a withdrawal;
delivered before, and so dropped."""

URGENT = 2
"""Up to this urgency an article overtakes all others."""
_USUAL = 4
_LEAST = 9
_WAITING = "('queued', 'held', 'faulted', 'set_aside')"

Key = tuple[str, str]


class StoryBook:
    """The stories and their versions.

    Args:
        database: where they are.
        now: the clock that embargoes are checked against.
    """

    def __init__(self, database: DeskDatabase, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now

    def take(self, article: Article, arrived: float) -> Standing:
        """Take in a version; return what became of it.

        Args:
            article: as the reader gave it.
            arrived: when its delivery came, in seconds since 1970. Of versions that nothing else
                tells apart the one that arrived last counts.
        """
        key, content = identity(article), content_of(article)
        standing = self._standing(key, article, content, arrived)
        self._database.count(standing)
        return standing

    def _standing(self, key: Key, article: Article, content: str, arrived: float) -> Standing:
        known = "SELECT 1 FROM items WHERE provider = ? AND id = ? AND content = ?"
        if self._database.row(known, (*key, content)):
            return "repeated"
        self._database.change("INSERT OR IGNORE INTO stories (provider, id) VALUES (?, ?)", key)
        if article.status == "canceled":
            self._kill(key, article, content, arrived)
            return "kill"
        query = "SELECT killed, newest, brief FROM stories WHERE provider = ? AND id = ?"
        killed, newest, brief = self._database.rows(query, key)[0]
        if killed is not None and digits_of(article.version) <= killed:
            self._insert(key, article, content, arrived, "killed")
            return "killed"
        if newest is not None:
            rank, other = self._database.rows(
                "SELECT rank, arrived FROM items WHERE number = ?", (newest,)
            )[0]
            if (rank, other) > (rank_of(article), arrived):
                self._insert(key, article, content, arrived, "superseded")
                return "superseded"
            article = _doubted(article, is_same=rank.startswith(digits_of(article.version)))
        return self._lead(key, article, content, arrived, has_brief=brief is not None)

    def _lead(
        self, key: Key, article: Article, content: str, arrived: float, *, has_brief: bool
    ) -> Standing:
        """Make a version the newest one of its story."""
        self._drop(key, "superseded")
        now = self._now()
        until = article.embargo.timestamp() if article.embargo else None
        is_held = hold(article, now) is not None
        standing: Standing = "held" if is_held else "queued"
        waits = until if is_held and article.status == "usable" else None
        number = self._insert(key, article, content, arrived, standing, waits)
        self._database.change(
            "UPDATE stories SET newest = ?, unwritten = unwritten OR ? "
            "WHERE provider = ? AND id = ?",
            (number, has_brief, *key),
        )
        return standing

    def _kill(self, key: Key, article: Article, content: str, arrived: float) -> None:
        """Withdraw a version and all before it, whether they came or not; all if it names none."""
        version, database = withdrawn_by(article), self._database
        self._insert(key, article, content, arrived, "kill")
        if not article.is_numbered:  # receivers of the notice go by the version that they have
            latest = "SELECT max(version) FROM items WHERE provider = ? AND id = ?"
            article = replace(article, version=int(database.rows(latest, key)[0][0]))
        query = "SELECT killed FROM stories WHERE provider = ? AND id = ?"
        ((killed,),) = database.rows(query, key)
        database.change("UPDATE stories SET unwritten = 1 WHERE provider = ? AND id = ?", key)
        if killed is not None and killed >= version:
            return
        self._drop(key, "killed", version)
        database.change(
            "UPDATE items SET article = NULL, state = 'killed' WHERE provider = ? AND id = ? AND "
            "version <= ? AND state IN ('superseded', 'done')",
            (*key, version),
        )
        database.change(
            "UPDATE stories SET killed = ?, kill = ? WHERE provider = ? AND id = ?",
            (version, _notice(article, arrived), *key),
        )
        for column in ("newest", "brief"):
            database.change(
                f"UPDATE stories SET {column} = NULL WHERE provider = ? AND id = ? AND "  # noqa: S608
                f"(SELECT state FROM items WHERE number = {column}) = 'killed'",
                key,
            )
        database.change(
            "UPDATE stories SET draft = NULL WHERE provider = ? AND id = ? AND brief IS NULL", key
        )

    def _drop(self, key: Key, state: str, up_to: str = "~") -> None:
        """Stop what waits of a story, and forget its faults."""
        waiting = f"provider = ? AND id = ? AND version <= ? AND state IN {_WAITING}"
        of_story = (*key, up_to)
        self._database.change(
            f"DELETE FROM faults WHERE item IN (SELECT number FROM items WHERE {waiting})",  # noqa: S608
            of_story,
        )
        kept = "NULL" if state == "killed" else "article"
        self._database.change(
            f"UPDATE items SET state = ?, article = {kept} WHERE {waiting}",  # noqa: S608
            (state, *of_story),
        )

    def _insert(
        self,
        key: Key,
        article: Article,
        content: str,
        arrived: float,
        state: Standing,
        held_until: float | None = None,
    ) -> int:
        text = None if state in {"killed", "kill"} else encode(article)
        urgency = article.wire.urgency or _USUAL
        return self._database.insert(
            "INSERT INTO items (provider, id, version, rank, arrived, entered, content, text, "
            "urgency, state, held_until, article, source) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *key,
                digits_of(article.version),
                rank_of(article),
                arrived,
                self._now().timestamp(),
                content,
                text_of(article),
                max(1, min(urgency, _LEAST)),
                state,
                held_until,
                text,
                str(article.place),
            ),
        )


def _doubted(article: Article, *, is_same: bool) -> Article:
    """Warn of a version that came with other content before."""
    if not is_same:
        return article
    message = f"version {article.version} came before with other content; the later one counts"
    return replace(article, warnings=(*article.warnings, Caution("same_version", STAGE, message)))


def _notice(article: Article, arrived: float) -> str:
    """Return what a tombstone says: nothing of the text, and only notes that may be published."""
    notes = [note for note in article.wire.notes if note.role.startswith("correction")]
    reasons = [article.wire.correction, *(note.text for note in notes)]
    reason = " ".join(dict.fromkeys(text for text in reasons if text)) or None
    created = article.wire.created or datetime.fromtimestamp(arrived, UTC)
    notice = {
        "id": article.id,
        "provider": article.provider,
        "version": article.version,
        "reason": reason,
        "time": created.isoformat(),
    }
    return json.dumps(notice)
