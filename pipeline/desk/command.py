"""`wirebrief watch` and `wirebrief retry`: put a desk together, and run it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from configs.arguments import UsageError
from pipeline.assemble import Journey, assemble
from pipeline.backends.offline import network
from pipeline.desk.agenda import Agenda
from pipeline.desk.atomic import explained
from pipeline.desk.briefing import Briefing, recipe_of
from pipeline.desk.database import NAME, DeskDatabase
from pipeline.desk.desk import Desk, Parts
from pipeline.desk.files import BriefFiles
from pipeline.desk.lookout import Lookout
from pipeline.desk.metrics import metrics
from pipeline.desk.paper import Paper
from pipeline.desk.quarantine import Quarantine
from pipeline.desk.reading import FileReader, file_reader
from pipeline.desk.source import Source, nothing_new, open_source
from pipeline.desk.spool import Spool
from pipeline.desk.status import Pulse, StatusThread
from pipeline.desk.stopping import StopSignal
from pipeline.desk.stories import StoryBook
from pipeline.desk.tray import Tray
from pipeline.errors import ConfigError, FailedRunError, OutputError, WirebriefError
from pipeline.execution.local import LocalExecution
from pipeline.feed.planner import Planner
from pipeline.logs.opening import logged
from pipeline.memo.opening import DESK_PATIENCE
from pipeline.output.lock import FolderLock
from pipeline.output.newsroom.formats import brief_formats
from pipeline.records import Article, Fault
from pipeline.settings import Settings, load_settings
from pipeline.staging import incoming_language

RETRY_HELP = """wirebrief retry: take up again what wirebrief watch could not read or brief.

Usage: wirebrief retry [output_dir=FOLDER] [key=value]... [--release ID]...

Examples:
  wirebrief retry output_dir=desk
      read the files in quarantine again, and brief again what failed in a stage
  wirebrief retry output_dir=desk feed.encoding=cp1252
      the same with a setting changed; the others are those of the last watch
  wirebrief retry output_dir=desk --release urn:newsml:dpa.com:20090101:1
      release what is held only because its text speaks of an embargo

While a watch runs in the folder, that one takes it up, with its own settings."""

_OVERRIDES = "overrides"
_RELEASE = "--release"


class _NoFeed:
    """Articles come from the spool."""

    def read(self) -> Iterator[Article | Fault]:
        """Yield nothing."""
        return iter(())


def follow(settings: Settings, overrides: Sequence[str]) -> int:
    """Follow a spool until told to stop, or until idle; return the exit status.

    Args:
        settings: all of them.
        overrides: what they were composed from, for `wirebrief retry`.

    Raises:
        WirebriefError: if that cannot be done.
    """
    folder = Path(settings.output_dir)
    with StopSignal() as stop:
        source = open_source(settings, stop)
        reader = file_reader(settings.feed, incoming_language(settings))
        with _own(folder), DeskDatabase(folder) as database:
            database.note(_OVERRIDES, json.dumps(list(overrides)))
            return _work(settings, database, source, reader, stop)


def take_up_again(arguments: Sequence[str]) -> int:
    """Do what `wirebrief retry` is asked to; return the exit status.

    Raises:
        UsageError: if an argument means nothing.
        WirebriefError: if it cannot be done.
    """
    if {"--help", "-h"} & set(arguments):
        print(RETRY_HELP)  # noqa: T201
        return 0
    overrides, names = _parted(arguments)
    chosen = [text.partition("=")[2] for text in overrides if text.startswith("output_dir=")]
    folder = Path(chosen[-1] if chosen else "out")
    if not (folder / NAME).exists():
        raise OutputError(f"{folder}: no watch has worked here. Set output_dir to a folder of one.")
    with DeskDatabase(folder) as database:
        _mark(database, folder, names)
        settings = _settings(database, overrides, folder)
        with ExitStack() as stack:
            try:
                stack.enter_context(_own(folder))
            except OutputError as error:
                if not isinstance(error.__context__, BlockingIOError):
                    raise
                print("the watch that runs there takes it up")  # noqa: T201
                return 0
            stop = stack.enter_context(StopSignal())
            reader = file_reader(settings.feed, incoming_language(settings))
            return _work(settings, database, nothing_new(), reader, stop)


def _work(
    settings: Settings,
    database: DeskDatabase,
    source: Source,
    reader: FileReader,
    stop: StopSignal,
) -> int:
    """Run a desk with all that belongs to it."""
    folder, pulse = Path(settings.output_dir), Pulse(datetime.now(UTC))
    with ExitStack() as stack:
        stack.enter_context(logged(settings.log, settings.output_dir, is_watch=True))
        stack.enter_context(network(offline=settings.offline))
        stack.enter_context(StatusThread(folder, pulse, settings.watch.status_seconds))
        stack.enter_context(metrics(folder, pulse, settings.watch.metrics_port))
        journey = stack.enter_context(closing(assemble(settings, _NoFeed(), DESK_PATIENCE)))
        try:
            journey.open()
            stack.enter_context(source.follow(pulse))
            tray = _tray(settings, database, source, reader)
            lookout = Lookout(source.spool, tray, settings.watch.poll_seconds)
            stack.enter_context(lookout)
            parts = _parts(settings, database, lookout, tray, stop, pulse, journey)
            Desk(parts, settings.watch).run()
        except WirebriefError as error:
            pulse.state, pulse.last_error = "failed", str(error)
            raise
    return 0


def _tray(settings: Settings, database: DeskDatabase, source: Source, reader: FileReader) -> Tray:
    quarantine = Quarantine(Path(settings.output_dir) / "quarantine", database)
    return Tray(database, StoryBook(database, _now), quarantine, reader, source.done)


def _parts(
    settings: Settings,
    database: DeskDatabase,
    spool: Spool,
    tray: Tray,
    stop: StopSignal,
    pulse: Pulse,
    journey: Journey,
) -> Parts:
    watch = settings.watch
    return Parts(
        spool=spool,
        tray=tray,
        agenda=Agenda(database, recipe_of(settings)),
        briefing=Briefing(
            _here(journey),
            Planner(settings.treatment, settings.languages.target),
            incoming_language(settings),
            watch.retries,
            watch.retry_seconds,
            stop,
        ),
        paper=Paper(database, _files(settings)),
        stop=stop,
        pulse=pulse,
        stages=journey.stages,
        now=_now,
    )


def _here(journey: Journey) -> LocalExecution:
    if not isinstance(journey.execution, LocalExecution):
        raise ConfigError("wirebrief watch works on one machine: leave executor=ray out")
    return journey.execution


def _files(settings: Settings) -> BriefFiles:
    formats = brief_formats(settings.output.formats(), settings.languages.target)
    return BriefFiles(Path(settings.output_dir) / "briefs", formats)


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _own(folder: Path) -> Iterator[None]:
    """Within, no other run or watch writes into the folder."""
    lock = FolderLock(folder)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock.take()
    try:
        yield
    finally:
        lock.release()


def _parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part overrides from ids to release."""
    overrides, names, rest = [], [], list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == _RELEASE and rest:
            names.append(rest.pop(0))
        elif argument.startswith(f"{_RELEASE}="):
            names.append(argument.partition("=")[2])
        elif argument.startswith("-") or "=" not in argument:
            raise UsageError(f"retry takes no {argument!r}. wirebrief retry --help shows usage.")
        else:
            overrides.append(argument)
    return overrides, names


def _mark(database: DeskDatabase, folder: Path, names: Sequence[str]) -> None:
    """Mark in the database what is to be taken up."""
    agenda = Agenda(database, "")
    with database.transaction():
        if names:
            freed = agenda.free(names)
            missing = [name for name in names if name not in freed]
            if missing:
                raise FailedRunError(
                    f"{', '.join(missing)}: not held for what its text says. An embargo with a "
                    "time ends by itself; what is withheld comes with a newer version."
                )
            print(f"{len(freed)} released")  # noqa: T201
            return
        files = Quarantine(folder / "quarantine", database).try_again()
        items = agenda.try_again()
    print(f"{files} files and {items} articles are taken up again")  # noqa: T201


def _settings(database: DeskDatabase, overrides: Sequence[str], folder: Path) -> Settings:
    """Compose the settings of the last watch, with what was changed."""
    before: list[str] = json.loads(database.noted(_OVERRIDES) or "[]")
    settings = load_settings(*before, *overrides)
    settings.output_dir = str(folder)
    settings.watch.until_idle = True
    settings.watch.metrics_port = None
    return settings
