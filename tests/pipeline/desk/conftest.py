"""A desk with real parts but for the models, the clock and the signals."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.desk.agenda import Agenda
from pipeline.desk.briefing import Briefing
from pipeline.desk.database import DeskDatabase
from pipeline.desk.desk import Desk, Parts
from pipeline.desk.paper import JsonFiles, Paper
from pipeline.desk.quarantine import Quarantine
from pipeline.desk.reading import LinesAndTexts
from pipeline.desk.spool import SpoolFolder
from pipeline.desk.status import Pulse
from pipeline.desk.stopping import StopSignal
from pipeline.desk.stories import StoryBook
from pipeline.desk.tray import Tray
from pipeline.desk_settings import WatchSettings
from pipeline.execution.local import LocalExecution
from pipeline.records import Extract, Maker
from pipeline.stage import Usage

MAKER = Maker("none", None, "wirebrief", "{}")


class FirstBlock:
    """A stage that needs no model, and notes what it saw."""

    name = "extract"

    def __init__(self):
        self.usage, self.seen, self.batches, self.raises = Usage(), [], [], []

    def open(self):
        pass

    def process(self, drafts, advance):
        from dataclasses import replace

        if self.raises:
            raise self.raises.pop(0)
        self.batches.append([draft.article.id for draft in drafts])
        self.seen += [f"{draft.article.id} v{draft.article.version}" for draft in drafts]
        self.usage.made += len(drafts)
        return [
            replace(draft, extract=Extract((0,), draft.article.blocks[0].text, MAKER))
            for draft in drafts
        ]

    def close(self):
        pass


class TestDesk:
    """A desk that is stepped by hand."""

    __test__ = False

    def __init__(self, folder: Path, **settings):
        self.spool, self.out = folder / "spool", folder / "out"
        self.spool.mkdir(exist_ok=True)
        self.time = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
        self.settings = WatchSettings(
            poll_seconds=1e-9, settle_seconds=0, until_idle=True, **settings
        )
        self.stage, self.stop = FirstBlock(), StopSignal()
        self.recipe = "as usual"
        self.start()

    def start(self):
        """Put the desk together, as after a restart."""
        self.database = DeskDatabase(self.out).__enter__()
        now = lambda: self.time  # noqa: E731
        self.pulse = Pulse(self.time)
        execution = LocalExecution([self.stage], window=256)
        briefing = Briefing(execution, "de", self.settings.retries, 0.001, self.stop)
        self.agenda = Agenda(self.database, self.recipe)
        self.quarantine = Quarantine(self.out / "quarantine", self.database)
        self.reader = LinesAndTexts("utf-8", "de", 100_000)
        book = StoryBook(self.database, now)
        self.tray = Tray(self.database, book, self.quarantine, self.reader, self.settings.done)
        self.parts = Parts(
            spool=SpoolFolder(self.spool, self.settings.settle_seconds),
            tray=self.tray,
            agenda=self.agenda,
            briefing=briefing,
            paper=Paper(self.database, JsonFiles(self.out / "briefs")),
            stop=self.stop,
            pulse=self.pulse,
            stages=[self.stage],
            now=now,
        )
        self.desk = Desk(self.parts, self.settings)

    def close(self):
        self.database.__exit__()

    def put(self, name, *records, age=0.0):
        """Deliver a JSONL file at once, `age` seconds ago."""
        import os

        lines = [json.dumps(dict(record)) for record in records]
        unfinished = self.spool / f".{name}"
        unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8")
        moment = 1_772_450_000 - age
        os.utime(unfinished, (moment, moment))
        unfinished.replace(self.spool / f"{name}.jsonl")

    def run(self):
        """Work until nothing is left to do."""
        with self.stop:
            self.desk.run()

    def wait(self, **passed):
        self.time += timedelta(**passed)

    def briefs(self):
        """Return what is published, by id of the story."""
        files = sorted((self.out / "briefs").glob("*/*.json"))
        records = [json.loads(path.read_text("utf-8")) for path in files]
        return {record["id"]: record for record in records}

    def count(self, name):
        found = self.database.row("SELECT value FROM counters WHERE name = ?", (name,))
        return found[0] if found else 0

    def published_bytes(self):
        """Return all bytes that the desk wrote outside its database."""
        paths = [p for p in self.out.rglob("*") if p.is_file() and "desk.sqlite" not in p.name]
        return b"".join(path.read_bytes() + str(path).encode() for path in paths)


def story(name="a", version=1, text=None, **fields):
    """Return a record of a feed."""
    usual = "Die Werft in Kiel stellt im Frühjahr 200 Leute ein, sagte der Vorstand am Montag."
    return {
        "id": name,
        "version": version,
        "provider": "dpa",
        "language": "de",
        "title": f"Werft stellt ein ({name})",
        "text": text or usual,
        **fields,
    }


@pytest.fixture
def desk(tmp_path):
    """Return a desk, and close it."""
    made = TestDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def make_desk(tmp_path):
    """Return a function that makes a desk with settings."""
    made = []

    def make(**settings):
        made.append(TestDesk(tmp_path, **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()
