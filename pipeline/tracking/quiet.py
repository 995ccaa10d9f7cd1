"""Use MLflow without its telemetry, its messages and its warnings."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_ENVIRONMENT = {
    "MLFLOW_DISABLE_TELEMETRY": "true",  # it is read when mlflow is imported
    "DO_NOT_TRACK": "true",
    "GIT_PYTHON_REFRESH": "quiet",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
}
_UNLESS_SET = {
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "3",  # by itself it tries for many minutes
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "30",
}
_LOGGERS = ("mlflow", "alembic")


@contextmanager
def quiet_mlflow() -> Iterator[None]:
    """Within, MLflow may be imported and used; afterwards all is as it was."""
    changed = _ENVIRONMENT | {k: v for k, v in _UNLESS_SET.items() if k not in os.environ}
    before = {name: os.environ.get(name) for name in changed}
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    os.environ.update(changed)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import mlflow  # noqa: F401, PLC0415 - sets the levels of its loggers

            for name in _LOGGERS:
                logging.getLogger(name).setLevel(logging.CRITICAL)
            yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
