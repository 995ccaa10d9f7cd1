"""Keep the bytes of what could not be read, with the place and the reason."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.codec import decode, encode
from pipeline.desk.atomic import explained, remove, write_whole
from pipeline.desk.database import DeskDatabase
from pipeline.desk.spool import path_of, written
from pipeline.feed.folders import shown
from pipeline.output.briefs import fault_record
from pipeline.output.json_text import json_text
from pipeline.records import Fault, Json

LOG = logging.getLogger(__name__)


class Quarantine:
    """Files with faults: `<sha256>.raw` as delivered, and `<sha256>.json`, which says what and why.

    Args:
        folder: `quarantine/` of the output folder; only the user may read what lies in it.
        database: knows which files are there.
    """

    def __init__(self, folder: Path, database: DeskDatabase) -> None:
        self._folder, self._database = folder, database
        self._leaving: list[str] = []

    def begin(self, source: Path, sha256: str, moment: float) -> None:
        """Prepare for a reading of a file: what an earlier one found wrong is done with."""
        self._database.change(
            "UPDATE quarantine SET tries = tries + 1, last = ? WHERE sha256 = ?", (moment, sha256)
        )
        self._database.change("DELETE FROM faults WHERE sha256 = ?", (sha256,))
        others = "SELECT sha256 FROM quarantine WHERE source = ? AND sha256 != ?"
        for (other,) in self._database.rows(others, (written(source), sha256)):
            self._database.change("DELETE FROM faults WHERE sha256 = ?", (other,))
            self._leave(other)

    def add(self, fault: Fault, source: Path, path: Path, sha256: str, moment: float) -> None:
        """Keep a fault, and the file's bytes if they are not kept yet.

        Args:
            fault: what is wrong.
            source: where the file was delivered.
            path: where its bytes are now.
            sha256: of its bytes.
            moment: now, in seconds since 1970.

        Raises:
            OutputError: if the disk is full, or similar.
        """
        raw = self._folder / f"{sha256}.raw"
        if not raw.exists():
            try:
                content = path.read_bytes()
            except OSError as error:  # the sender took it away, or the disk it is on is broken
                LOG.warning("%s: its bytes cannot be kept: %s", path, error.strerror)
            else:
                write_whole(raw, content, private=True)
        self._database.change(
            "INSERT OR IGNORE INTO quarantine (sha256, source, first, last, tries) "
            "VALUES (?, ?, ?, ?, 1)",
            (sha256, written(source), moment, moment),
        )
        self._database.insert(
            "INSERT INTO faults (sha256, fault, since) VALUES (?, ?, ?)",
            (sha256, encode(fault), moment),
        )

    def end(self, sha256: str) -> None:
        """After a reading: let go what has no fault any more, say of the rest what and why."""
        rows = self._database.rows(
            "SELECT fault FROM faults WHERE sha256 = ? ORDER BY number", (sha256,)
        )
        if not rows:
            self._leave(sha256)
            return
        source, first, last, tries = self._database.rows(
            "SELECT source, first, last, tries FROM quarantine WHERE sha256 = ?", (sha256,)
        )[0]
        self._database.change("UPDATE quarantine SET again = 0 WHERE sha256 = ?", (sha256,))
        faults: list[Json] = [fault_record(decode(Fault, text)) for (text,) in rows]
        record: dict[str, Json] = {
            "source": shown(path_of(source)),
            "sha256": sha256,
            "first": _time(first),
            "last": _time(last),
            "tries": tries,
            "faults": faults,
        }
        content = json_text(record, indent=2) + "\n"
        path = self._folder / f"{sha256}.json"
        write_whole(path, content.encode("utf-8", "backslashreplace"), private=True)

    def tidy(self) -> None:
        """Remove the files of what was let go, once that is committed.

        Raises:
            OutputError: if the system refuses.
        """
        for sha256 in self._leaving:
            for suffix in ("raw", "json"):
                remove(self._folder / f"{sha256}.{suffix}")
        self._leaving = []

    def try_again(self) -> int:
        """Mark all files to be read again; return how many there are."""
        return self._database.change("UPDATE quarantine SET again = 1")

    def marked(self) -> list[tuple[str, Path, float]]:
        """Return digest, place and time of delivery of the files to be read again."""
        rows = self._database.rows("SELECT sha256, source, first FROM quarantine WHERE again")
        kept = [row for row in rows if (self._folder / f"{row[0]}.raw").exists()]
        return [(sha256, path_of(source), first) for sha256, source, first in kept]

    @contextmanager
    def taken_out(self, sha256: str, source: Path) -> Iterator[Path]:
        """Within, the bytes lie in a file of their first name, which a plain text's id is made of.

        Raises:
            OutputError: if the disk is full, or similar.
        """
        folder = self._folder / sha256
        with explained(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / source.name
            shutil.copyfile(self._folder / f"{sha256}.raw", path)
        try:
            yield path
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _leave(self, sha256: str) -> None:
        if self._database.change("DELETE FROM quarantine WHERE sha256 = ?", (sha256,)):
            self._leaving.append(sha256)


def _time(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
