"""Write log records as lines, for people or as JSON."""

import json
import logging
from datetime import UTC, datetime

from pipeline.events import origin, trace

OWN = "pipeline"
"""The logger of everything that wirebrief says itself."""


class HumanLines(logging.Formatter):
    """Time, level and message, on one line whatever an id holds."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created).astimezone()
        message = message_of(record)
        error = _error(record)
        if error is not None:
            message += f" ({origin(error)})"
        line = f"{moment:%Y-%m-%d %H:%M:%S} {record.levelname.lower()}: {message}"
        return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)


class JsonLines(logging.Formatter):
    """One object per line.

    Args:
        run: the folder that the run writes into, told in each line.
    """

    def __init__(self, run: str) -> None:
        super().__init__()
        self._run = run

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", None),
            "message": message_of(record),
            "logger": record.name,
            "run": self._run,
        }
        error = _error(record)
        if error is not None:
            line |= {"error": type(error).__name__, "trace": trace(error)}
        return json.dumps({**line, **getattr(record, "fields", {})})


def message_of(record: logging.LogRecord) -> str:
    """Return the message; that of a library, which may quote anything, is withheld."""
    if is_own(record):
        return record.getMessage()
    return (
        f"{record.name} says something at {record.module}:{record.lineno}; it is withheld, since "
        "it may quote an article"
    )


def is_own(record: logging.LogRecord) -> bool:
    """Tell whether a record is wirebrief's."""
    return record.name == OWN or record.name.startswith(f"{OWN}.")


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None
