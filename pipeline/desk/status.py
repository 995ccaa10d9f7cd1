"""How the desk is: `status.json` and `faults.jsonl`, made from the database by a thread."""

import json
import logging
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Event, Thread
from typing import Self

from pipeline.codec import decode
from pipeline.desk.atomic import write_whole
from pipeline.desk.database import DeskDatabase
from pipeline.errors import OutputError
from pipeline.output.briefs import fault_record
from pipeline.output.json_text import json_text
from pipeline.records import Fault

LOG = logging.getLogger(__name__)
_MOST_HELD = 1000
_STATES = ("queued", "held", "done", "superseded", "killed", "kill", "faulted", "set_aside")


@dataclass(slots=True)
class Pulse:
    """What the command tells of itself while it works; other threads read it.

    Attributes:
        started: when the command began.
        state: `starting`, `running`, `stopped`, `idle` (ended as everything was done), `failed`.
        last_poll: when the spool was last looked at, in seconds since 1970.
        last_brief_seconds: from the arrival of the last brief's article in the desk to its brief.
        model_outputs: made by models since the start.
        reused_outputs: taken from the memo since then.
        last_error: the last thing that went wrong.
    """

    started: datetime
    state: str = "starting"
    last_poll: float | None = None
    last_brief_seconds: float | None = None
    model_outputs: int = 0
    reused_outputs: int = 0
    last_error: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A version that is held back: its id, nothing of its text."""

    provider: str
    id: str
    version: int
    until: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """How the desk is.

    Attributes:
        items: versions by state.
        queue: versions to be briefed, by urgency.
        oldest_waiting_seconds: since the one that waits for longest was taken in.
        held: at most 1,000 of what is held back.
        faults: what could not be read or briefed, and waits for `wirebrief retry`.
        stories: stories known; `tombstones` of them are withdrawn.
        counts: what happened since the folder was begun.
    """

    version: str
    pid: int
    state: str
    started: str
    written: str
    last_poll: str | None
    items: dict[str, int]
    queue: dict[str, int]
    oldest_waiting_seconds: float | None
    held: list[Held]
    faults: int
    stories: int
    tombstones: int
    counts: dict[str, int]
    last_brief_seconds: float | None
    model_outputs: int
    reused_outputs: int
    last_error: str | None


class Gauge:
    """Reads the status; one for each thread.

    Args:
        database: this thread's connection.
        pulse: what the main thread tells.
    """

    def __init__(self, database: DeskDatabase, pulse: Pulse) -> None:
        self._database, self._pulse = database, pulse

    def read(self) -> Status:
        """Return how the desk is now.

        Raises:
            OutputError: if the database cannot be read.
        """
        rows, pulse, now = self._database.rows, self._pulse, datetime.now(UTC)
        items = dict.fromkeys(_STATES, 0)
        items |= dict(rows("SELECT state, COUNT(*) FROM items GROUP BY state"))
        waiting = rows(
            "SELECT urgency, COUNT(*), MIN(entered) FROM items WHERE state = 'queued' "
            "GROUP BY urgency"
        )
        oldest = min((entered for _, _, entered in waiting), default=None)
        held = rows(
            "SELECT provider, id, version, held_until FROM items WHERE state = 'held' "
            "ORDER BY held_until IS NULL, held_until, number LIMIT ?",
            (_MOST_HELD,),
        )
        ((stories, tombstones),) = rows(
            "SELECT COUNT(*), COUNT(kill) - COUNT(CASE WHEN brief IS NOT NULL THEN kill END) "
            "FROM stories"
        )
        return Status(
            version=_version(),
            pid=os.getpid(),
            state=pulse.state,
            started=pulse.started.isoformat(timespec="seconds"),
            written=now.isoformat(timespec="seconds"),
            last_poll=_time(pulse.last_poll),
            items=items,
            queue={str(urgency): count for urgency, count, _ in waiting},
            oldest_waiting_seconds=None if oldest is None else round(now.timestamp() - oldest, 1),
            held=[Held(house, name, int(v), _time(until)) for house, name, v, until in held],
            faults=rows("SELECT COUNT(*) FROM faults")[0][0],
            stories=stories,
            tombstones=tombstones,
            counts=dict(rows("SELECT name, value FROM counters ORDER BY name")),
            last_brief_seconds=pulse.last_brief_seconds,
            model_outputs=pulse.model_outputs,
            reused_outputs=pulse.reused_outputs,
            last_error=pulse.last_error,
        )


class StatusThread:
    """Writes `status.json` and `faults.jsonl` every few seconds; used as a context manager.

    Args:
        folder: the output folder.
        pulse: what the main thread tells.
        seconds: between two writings.
    """

    def __init__(self, folder: Path, pulse: Pulse, seconds: float) -> None:
        self._folder, self._pulse, self._seconds = folder, pulse, seconds
        self._ended = Event()
        self._thread = Thread(target=self._run, name="status", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Write once more, and end."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            is_last = self._ended.is_set()
            try:
                with DeskDatabase(self._folder) as database:
                    write_status(self._folder, Gauge(database, self._pulse).read())
                    write_faults(self._folder, database)
            except OutputError as error:  # the main thread will meet it, and ends the command
                LOG.warning("%s", error)
            if is_last:
                return
            self._ended.wait(self._seconds)


def write_status(folder: Path, status: Status) -> None:
    """Write `status.json`.

    Raises:
        OutputError: if the disk is full, or similar.
    """
    content = json.dumps(asdict(status), ensure_ascii=True, indent=2) + "\n"
    write_whole(folder / "status.json", content.encode())


def write_faults(folder: Path, database: DeskDatabase) -> None:
    """Write `faults.jsonl`: one record for each fault that stands, in the order they came.

    Raises:
        OutputError: if the disk is full, or similar.
    """
    lines = []
    query = "SELECT fault, since, sha256 FROM faults ORDER BY number"
    for text, since, sha256 in database.rows(query):
        record = fault_record(decode(Fault, text))
        record |= {"since": _time(since), "quarantine": sha256}
        del record["position"]
        lines.append(json_text(record) + "\n")
    path, content = folder / "faults.jsonl", "".join(lines).encode("utf-8", "backslashreplace")
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)


def _time(moment: float | None) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def _version() -> str:
    try:
        return version("wirebrief")
    except PackageNotFoundError:
        return "unknown"
