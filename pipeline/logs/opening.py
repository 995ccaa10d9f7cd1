"""Have log lines go where the settings say, for as long as a job lasts."""

import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.events import event, origin, trace
from pipeline.logs.lines import OWN, HumanLines, JsonLines, is_own
from pipeline.logs.settings import LogFormat, LogLevel, LogSettings

LOG = logging.getLogger(__name__)

_TOLD_BY_COMMAND = frozenset({"run_failed", "run_stopped"})
"""In words of its own, on the same terminal."""


class _Stream(logging.Handler):
    """Writes to what standard error is at the moment, as progress bars exchange it."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody reads on
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Lose the line: no run ends for it."""


class _File(logging.FileHandler):
    """Writes behind what the file holds."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Lose the line: no run ends for it."""


@contextmanager
def logged(settings: LogSettings, run: str, *, is_watch: bool = False) -> Iterator[None]:
    """Within, log lines are written; how a job ended that failed is the last one.

    Args:
        settings: how.
        run: the folder that the job writes into.
        is_watch: it has no progress bars, so that lines are all there is to see.

    Raises:
        ConfigError: if the file cannot be opened.
    """
    handlers = [_terminal(settings, run, is_watch=is_watch)]
    if settings.file is not None:
        handlers.append(_file(settings, Path(settings.file), run))
    with ExitStack() as stack:
        for handler in handlers:
            stack.callback(handler.close)
            stack.enter_context(_added(handler))
        stack.enter_context(_levelled(min(handler.level for handler in handlers)))
        try:
            yield
        except BaseException as error:
            _tell_end(error)
            raise


def _terminal(settings: LogSettings, run: str, *, is_watch: bool) -> logging.Handler:
    handler = _Stream()
    is_json = settings.format is LogFormat.json
    handler.setFormatter(JsonLines(run) if is_json else HumanLines())
    usual = logging.INFO if is_json or is_watch else logging.WARNING
    handler.setLevel(_level(settings.level, usual))
    handler.addFilter(_is_told)
    if not is_json:
        handler.addFilter(lambda record: getattr(record, "event", None) not in _TOLD_BY_COMMAND)
    return handler


def _file(settings: LogSettings, path: Path, run: str) -> logging.Handler:
    try:
        handler = _File(path, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"log.file={path}: cannot be opened ({error.strerror}). Name a file in a folder that "
            "is there and may be written to, or leave log.file out."
        ) from error
    handler.setFormatter(JsonLines(run))
    handler.setLevel(_level(settings.level, logging.INFO))
    handler.addFilter(_is_told)
    return handler


def _level(chosen: LogLevel, usual: int) -> int:
    return usual if chosen is LogLevel.auto else logging.getLevelNamesMapping()[chosen.name.upper()]


def _is_told(record: logging.LogRecord) -> bool:
    """Tell whether a record becomes a line: those of libraries only from warnings on."""
    return is_own(record) or record.levelno >= logging.WARNING


@contextmanager
def _added(handler: logging.Handler) -> Iterator[None]:
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


@contextmanager
def _levelled(level: int) -> Iterator[None]:
    own = logging.getLogger(OWN)
    before = own.level
    own.setLevel(level)
    try:
        yield
    finally:
        own.setLevel(before)


def _tell_end(error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt):
        LOG.info("stopped", extra=event("run_stopped"))
        return
    fields = event("run_failed", error=type(error).__name__, trace=[*trace(error)])
    LOG.error("failed: %s", origin(error), extra=fields)
