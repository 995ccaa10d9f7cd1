"""Write what stands of a story: its newest brief, or the tombstone of a withdrawn one.

A story's file is made of the story's row in the database and of nothing else, so it may be written
again at any time, to the same bytes: a row marked `unwritten` outlives a kill, the file follows.
"""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pipeline.desk.atomic import write_whole
from pipeline.desk.codec import decode
from pipeline.desk.database import DeskDatabase
from pipeline.feed.faults import STAGE
from pipeline.output.briefs import brief_record
from pipeline.output.json_text import json_text
from pipeline.records import Caution, Draft, Json

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80
_DIGEST = 10
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


class JsonFiles:
    """One JSON file a story: the record of `briefs.jsonl`, `status` and `stale`, or a tombstone.

    Args:
        folder: `briefs/` of the output folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def publish(self, draft: Draft, stale: Stale | None) -> None:
        """Write the brief."""
        told: Json = None
        if stale is not None:
            told = {"newer_version": stale.newer_version, "since": stale.since.isoformat()}
        article = draft.article
        record = {"status": "usable", "stale": told, **brief_record(draft)}
        self._write(article.provider, article.id, record)

    def retract(self, tombstone: Tombstone) -> None:
        """Write the tombstone."""
        record: dict[str, Json] = {
            "status": "canceled",
            "id": tombstone.id,
            "provider": tombstone.provider,
            "version": tombstone.version,
            "reason": tombstone.reason,
            "time": tombstone.time.isoformat(),
        }
        self._write(tombstone.provider, tombstone.id, record)

    def _write(self, provider: str | None, name: str, record: dict[str, Json]) -> None:
        content = json_text(record, indent=2) + "\n"
        path = self._folder / file_of(provider, name)
        write_whole(path, content.encode("utf-8", "backslashreplace"))


def file_of(provider: str | None, name: str) -> Path:
    """Return a story's file within the folder of briefs, whatever its id is made of."""
    house = (provider or "").casefold()
    digest = hashlib.sha256(f"{house}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()
    return Path(_safe(house) or "unknown") / f"{_safe(name) or 'story'}-{digest[:_DIGEST]}.json"


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text).strip(".-")[:_LONGEST].rstrip(".-")


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
            self._publisher.publish(_reinstated(made) if killed else made, stale)
        elif kill is not None and brief is None:
            notice = json.loads(kill)
            time = datetime.fromisoformat(notice.pop("time"))
            self._publisher.retract(Tombstone(**notice, time=time))

    def _stale(self, newest: int) -> Stale:
        query = "SELECT version, arrived FROM items WHERE number = ?"
        ((version, arrived),) = self._database.rows(query, (newest,))
        return Stale(int(version), datetime.fromtimestamp(arrived, UTC))


def _reinstated(draft: Draft) -> Draft:
    article = draft.article
    message = "an earlier version was withdrawn; this one is newer"
    warnings = (*article.warnings, Caution("reinstated", STAGE, message))
    return replace(draft, article=replace(article, warnings=warnings))
