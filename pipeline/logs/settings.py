"""Settings of `log`."""

from dataclasses import dataclass
from enum import Enum


class LogFormat(Enum):
    """How log lines on standard error are written."""

    human = "human"
    json = "json"


class LogLevel(Enum):
    """What is told at least."""

    auto = "auto"
    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


@dataclass
class LogSettings:
    """What is logged, and how; never an article's text.

    Attributes:
        format: of the lines on standard error.
        level: the least that is told.
        file: gets the same lines as JSON, behind what it holds; `None` for none.
    """

    format: LogFormat = LogFormat.human
    level: LogLevel = LogLevel.auto
    file: str | None = None
