"""Log finished runs with MLflow."""

import fcntl
import os
import shlex
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pipeline.errors import FailedRunError
from pipeline.tracking.entries import Entries, fit, read_entries
from pipeline.tracking.place import Place, find_place, without_password
from pipeline.tracking.quiet import quiet_mlflow
from pipeline.tracking.settings import MlflowTracking

_PARENT = "mlflow.parentRunId"
_NOTE = ".mlflow-parent"
"""In a sweep's folder: id of the run that its jobs are children of."""
_AT_ONCE = 100
"""Parameters and the like that MLflow takes in one request."""


def track(folder: Path, settings: MlflowTracking, sweep: Path | None = None) -> None:
    """Log a finished run.

    Args:
        folder: where its results are.
        settings: where and how.
        sweep: folder of the sweep that it is a job of.

    Raises:
        FailedRunError: if that is not possible; nothing in the folder has changed.
        OutputError: if the folder holds no finished run.
    """
    place, entries = find_place(settings), read_entries(folder)
    try:
        with quiet_mlflow():
            _Log(settings, place).write(folder, entries, sweep)
    except Exception as error:  # whatever the store raises: the run itself is done
        reason = without_password(str(error).strip().partition("\n")[0] or type(error).__name__)
        raise FailedRunError(
            f"{folder}: the results are there, but were not logged at "
            f"{without_password(place.uri)} ({reason}). Log them with: wirebrief track "
            f"{shlex.quote(str(folder if sweep is None else sweep))}"
        ) from error


class _Log:
    """Writes into one experiment."""

    def __init__(self, settings: MlflowTracking, place: Place) -> None:
        from mlflow.tracking import MlflowClient  # noqa: PLC0415
        from mlflow.utils import validation  # noqa: PLC0415

        self._settings, self._place = settings, place
        self._longest_tag = validation.MAX_TAG_VAL_LENGTH
        self._longest_parameter = validation.MAX_PARAM_VAL_LENGTH
        with ExitStack() as stack:
            if place.file is not None:  # MLflow does not keep two from making the tables at once
                place.file.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(_alone(place.file.parent))
            self._client = MlflowClient(tracking_uri=place.uri)
            self._experiment = self._find_experiment()

    def write(self, folder: Path, entries: Entries, sweep: Path | None) -> None:
        """Log a run, as a child of its sweep's if there is one; remove it again if that fails."""
        started = _milliseconds(entries.started)
        name, tags = self._settings.run_name or folder.absolute().name, dict(entries.tags)
        parent = None if sweep is None else self._find_parent(sweep, started)
        if parent is not None:
            name, tags[_PARENT] = folder.absolute().name, parent
        run = self._create(name, tags, started)
        try:
            self._log(run, entries)
            for artifact in self._place.artifacts:
                if (folder / artifact).exists():
                    self._client.log_artifact(run, str(folder / artifact))
        except BaseException:
            with suppress(Exception):
                self._client.delete_run(run)
            raise
        self._client.set_terminated(run, end_time=_milliseconds(entries.ended))
        if parent is not None:
            before = self._client.get_run(parent).info.end_time or 0
            ended = max(before, _milliseconds(entries.ended))
            self._client.set_terminated(parent, end_time=ended)

    def _log(self, run: str, entries: Entries) -> None:
        from mlflow.entities import Metric, Param  # noqa: PLC0415

        now = _milliseconds(entries.ended)
        metrics = [Metric(name, value, now, 0) for name, value in entries.metrics.items()]
        parameters = [
            Param(name, _cut(value, self._longest_parameter))
            for name, value in entries.parameters.items()
        ]
        for start in range(0, len(metrics), _AT_ONCE):
            self._client.log_batch(run, metrics=metrics[start : start + _AT_ONCE])
        for start in range(0, len(parameters), _AT_ONCE):
            self._client.log_batch(run, params=parameters[start : start + _AT_ONCE])

    def _find_experiment(self) -> str:
        """Return the experiment's id; make it, unless another process is faster."""
        from mlflow.exceptions import MlflowException  # noqa: PLC0415

        name, file = self._settings.experiment, self._place.file
        location = None if file is None else (file.parent / "mlruns").as_uri()
        found = self._client.get_experiment_by_name(name)
        if found is None:
            try:
                return str(self._client.create_experiment(name, artifact_location=location))
            except MlflowException:
                found = self._client.get_experiment_by_name(name)
                if found is None:
                    raise
        return str(found.experiment_id)

    def _find_parent(self, sweep: Path, started: int) -> str:
        """Return the run of a sweep, the same for all jobs in all processes."""
        note = sweep / _NOTE
        with _alone(sweep):
            known = note.read_text().strip() if note.exists() else None
            if known and self._has(known):
                return known
            name = self._settings.run_name or sweep.absolute().name
            run = self._create(name, {"wirebrief.folder": str(sweep.absolute())}, started)
            note.write_text(f"{run}\n")
            return run

    def _has(self, run: str) -> bool:
        from mlflow.exceptions import MlflowException  # noqa: PLC0415

        try:
            info = self._client.get_run(run).info
        except MlflowException:
            return False
        return info.experiment_id == self._experiment and info.lifecycle_stage == "active"

    def _create(self, name: str, tags: Mapping[str, str], started: int) -> str:
        chosen = {fit(key): value for key, value in self._settings.tags.items()}
        cut = {key: _cut(value, self._longest_tag) for key, value in {**chosen, **tags}.items()}
        run = self._client.create_run(self._experiment, started, cut, name)
        return str(run.info.run_id)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Within, no other process is in here for this folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 2]} …"


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
