"""Take deliveries in: read them slice by slice, so that nothing urgent waits for a large one."""

import hashlib
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.codec import encode
from pipeline.desk.database import DeskDatabase
from pipeline.desk.quarantine import Quarantine
from pipeline.desk.reading import FileReader
from pipeline.desk.spool import DONE, Delivery, Stamp, path_of, written
from pipeline.desk.stories import URGENT, StoryBook
from pipeline.desk_settings import DoneFiles
from pipeline.events import event, origin, trace
from pipeline.feed.faults import fault
from pipeline.feed.folders import shown
from pipeline.records import Article, Fault, Place

LOG = logging.getLogger(__name__)

_REFUSED = "refused:"
"""In front of the path of a file that has no digest, as it may not be read."""


@dataclass(slots=True)
class _Reading:
    """A file that is being read.

    Attributes:
        source: where it was delivered.
        path: where its bytes are; elsewhere, if they come out of quarantine.
        stamp: what it was when the reading began; `None` out of quarantine.
        arrived: in seconds since 1970.
        closing: what is to be done in the end.
    """

    source: Path
    path: Path
    stamp: Stamp | None
    sha256: str
    arrived: float
    outcomes: Iterator[Article | Fault]
    closing: ExitStack = field(default_factory=ExitStack)


class Tray:
    """Deliveries on their way into the database.

    Args:
        database: what everything goes into.
        book: decides what a version means.
        quarantine: keeps what cannot be read.
        reader: reads files.
        done: what becomes of files that were read.
    """

    def __init__(
        self,
        database: DeskDatabase,
        book: StoryBook,
        quarantine: Quarantine,
        reader: FileReader,
        done: DoneFiles,
    ) -> None:
        self._database, self._book, self._quarantine = database, book, quarantine
        self._reader, self._done = reader, done
        rows = database.rows("SELECT path, size, modified, inode FROM files")
        self._known = {path_of(path): Stamp(*stamp) for path, *stamp in rows}
        refused = database.rows("SELECT sha256 FROM faults WHERE sha256 LIKE ?", (f"{_REFUSED}%",))
        self._refused = {name for (name,) in refused}
        self._pending: list[Delivery] = []
        self._readings: list[_Reading] = []
        self._finished: list[Path] = []
        self.waits = False
        """A file changed while it was looked at: the next look at the spool finds it again."""

        if done is not DoneFiles.keep:  # a kill may have come before this was done
            for path in list(self._known):
                self._put_away(path)

    @property
    def is_empty(self) -> bool:
        """Tell whether everything that was put in is in the database."""
        return not self._pending and not self._readings

    def knows(self, path: Path, stamp: Stamp) -> bool:
        """Tell whether a file was read as it is now, or is being read."""
        if self._known.get(path) == stamp:
            return True
        return any((one.source, one.stamp) == (path, stamp) for one in self._readings)

    def put(self, deliveries: Sequence[Delivery]) -> None:
        """Take over what a look at the spool found, in place of what the last one found."""
        self._pending = list(deliveries)
        self.waits = False

    def work(self, seconds: float) -> None:
        """Read for so long, the newest deliveries first; stop early for an urgent article.

        Raises:
            OutputError: if the disk is full, or similar; what was read since is read again.
        """
        until = time.monotonic() + seconds
        self._take_out_of_quarantine()
        with self._database.transaction():
            while not self.is_empty and time.monotonic() < until:
                if self._pending:
                    self._begin(self._pending.pop(0))
                if self._readings and self._step(self._readings[-1], until):
                    break
        self._quarantine.tidy()
        for path in self._finished:
            self._put_away(path)
        self._finished = []

    def _begin(self, delivery: Delivery) -> None:
        path = delivery.path
        if self.knows(path, delivery.stamp):  # it was read since that look
            return
        try:
            sha256 = _digest(path)
            is_same = Stamp.of(path) == delivery.stamp
        except FileNotFoundError:
            return
        except OSError as error:
            self._refuse(path, error)
            return
        self._accept(path)
        self.waits |= not is_same
        if is_same:
            arrived = delivery.stamp.modified / 1e9
            outcomes = self._reader.read(path)
            self._open(_Reading(path, path, delivery.stamp, sha256, arrived, outcomes))

    def _take_out_of_quarantine(self) -> None:
        for sha256, source, arrived in self._quarantine.marked():
            if all(reading.sha256 != sha256 for reading in self._readings):
                closing = ExitStack()
                path = closing.enter_context(self._quarantine.taken_out(sha256, source))
                outcomes = self._reader.read(path)
                with self._database.transaction():
                    self._open(_Reading(source, path, None, sha256, arrived, outcomes, closing))

    def _open(self, reading: _Reading) -> None:
        self._quarantine.begin(reading.source, reading.sha256, time.time())
        self._readings.append(reading)

    def _step(self, reading: _Reading, until: float) -> bool:
        """Read on in a file, to its end or for so long; tell whether it brought a flash."""
        while time.monotonic() < until:
            try:
                outcome = next(reading.outcomes, None)
            except Exception as error:  # noqa: BLE001 - the file ends here, and no other
                _tell_defect(reading.source, error)
                outcome = _defect(reading.path, error)
                reading.outcomes = iter([])
            if outcome is None:
                self._finish(reading)
                return False
            if isinstance(outcome, Fault):
                self._keep(reading, outcome)
                continue
            place = _delivered(outcome.place, reading)
            standing = self._book.take(replace(outcome, place=place), reading.arrived)
            if standing == "queued" and (outcome.wire.urgency or URGENT + 1) <= URGENT:
                return True
        return False

    def _keep(self, reading: _Reading, fault: Fault) -> None:
        if fault.is_set_aside:
            self._database.count("set_aside")
            return
        place = _delivered(fault.place, reading)
        fields = event(
            "fault",
            article=fault.article_id,
            stage=fault.stage,
            reason=fault.reason,
            place=str(place),
        )
        LOG.warning("%s: %s", place, fault.reason, extra=fields)
        self._database.count("unreadable")
        self._quarantine.add(
            replace(fault, place=place), reading.source, reading.path, reading.sha256, time.time()
        )

    def _finish(self, reading: _Reading) -> None:
        self._readings.remove(reading)
        reading.closing.close()
        self._quarantine.end(reading.sha256)
        if reading.stamp is None:
            return
        stamp = reading.stamp
        self._database.change(
            "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, 'read')",
            (
                written(reading.source),
                stamp.size,
                stamp.modified,
                stamp.inode,
                reading.sha256,
                time.time(),
            ),
        )
        self._database.count("files")
        self._known[reading.source] = stamp
        if self._done is not DoneFiles.keep:
            self._finished.append(reading.source)

    def _refuse(self, path: Path, error: OSError) -> None:
        """Tell once of a file that may not be read; each look at the spool tries it again."""
        name = f"{_REFUSED}{shown(path)}"
        if name in self._refused:
            return
        self._refused.add(name)
        LOG.warning("%s: cannot be read: %s", path, error.strerror)
        message = f"cannot be read: {error.strerror}"
        remedy = "Give permission; the file is tried again with each look at the spool."
        found = fault(Place(shown(path)), "unreadable_file", message, remedy)
        self._database.insert(
            "INSERT INTO faults (sha256, fault, since) VALUES (?, ?, ?)",
            (name, encode(found), time.time()),
        )

    def _accept(self, path: Path) -> None:
        name = f"{_REFUSED}{shown(path)}"
        if name in self._refused:
            self._refused.remove(name)
            self._database.change("DELETE FROM faults WHERE sha256 = ?", (name,))

    def forget_vanished(self) -> None:
        """Forget files that are no more in the spool."""
        for path in [path for path in self._known if not path.exists()]:
            del self._known[path]
            self._database.change("DELETE FROM files WHERE path = ?", (written(path),))

    def _put_away(self, path: Path) -> None:
        """Move or delete a file that is in the database, unless it has changed since."""
        try:
            if Stamp.of(path) != self._known.get(path):
                return
            if self._done is DoneFiles.move:
                target = path.parent / DONE / path.name
                target.parent.mkdir(exist_ok=True)
                path.replace(target)
            else:
                path.unlink()
        except FileNotFoundError:
            pass
        except OSError as error:
            LOG.warning("%s: cannot be put away: %s", path, error.strerror)
            return
        self._known.pop(path, None)
        self._database.change("DELETE FROM files WHERE path = ?", (written(path),))


def _delivered(place: Place, reading: _Reading) -> Place:
    """Return a place by where it was delivered, and by the file within it if it is an archive."""
    member = place.source.removeprefix(shown(reading.path))
    inside = member if member.startswith("!/") else ""
    return replace(place, source=f"{shown(reading.source)}{inside}")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _defect(path: Path, error: Exception) -> Fault:
    message = f"{type(error).__name__}: {error}"
    remedy = "This is a defect of wirebrief; please report it with this file."
    return fault(Place(str(path)), "internal_error", message, remedy)


def _tell_defect(source: Path, error: Exception) -> None:
    """Say where a reader failed; not the error's message, which may quote an article."""
    fields = event("reader_failed", place=str(source), trace=[*trace(error)])
    LOG.error("%s: the reader failed: %s", source, origin(error), extra=fields)
