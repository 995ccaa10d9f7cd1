import shutil
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evaluation.score import Score
from pipeline.output.json_text import json_text
from pipeline.output.ledger import Counts, RunLedger, StageLine, scores_record
from pipeline.records import Maker
from pipeline.tracking.quiet import quiet_mlflow
from pipeline.tracking.settings import MlflowTracking

SCORES = (
    Score("abstractive.rouge1.f", 0.41, 0.39, 0.43, 40, "rouge1|stem|v1"),
    Score("translation.bleu", 24.5, None, None, 1, "nrefs:1|tok:13a"),
)


@pytest.fixture
def finished() -> Callable[..., Path]:
    """Write what a finished run leaves, as far as it can be logged."""

    def write(folder, **configuration):
        folder.mkdir(parents=True)
        ledger = RunLedger(
            configuration={
                "translation": {"model": "starter", "beams": 4, "prefix": None},
                "stages": ["translate", "score"],
                "offline": True,
                **configuration,
            },
            counts=Counts(briefs=39, faults=1),
            unscored=0,
            stages=[
                StageLine("feed", 40, 40, 0, 0, 0.5),
                StageLine("translate", 40, 7, 3, 1, 2.25),
            ],
            makers={"translation": Maker("starter", "abc123", "ctranslate2", "{}")},
            started=datetime(2026, 5, 4, 12, 0, tzinfo=UTC),
            seconds=90.5,
        )
        (folder / "run.json").write_text(json_text(ledger.record()))
        (folder / "scores.json").write_text(json_text(scores_record(SCORES)))
        for name in ("report.html", "faults.jsonl", "briefs.jsonl"):
            (folder / name).write_text(name)
        return folder

    return write


@pytest.fixture
def settings(tmp_path, empty_database) -> Callable[..., MlflowTracking]:
    """Return settings for a store of the test's own."""
    shutil.copy(empty_database, tmp_path / "mlflow.db")
    return lambda **more: MlflowTracking(uri=f"sqlite:///{tmp_path / 'mlflow.db'}", **more)


@pytest.fixture
def logged(tmp_path) -> Callable[..., list[object]]:
    """Return the runs of an experiment, and their artifacts, in the order of their names."""

    @contextmanager
    def client():
        with quiet_mlflow():
            from mlflow.tracking import MlflowClient

            yield MlflowClient(f"sqlite:///{tmp_path / 'mlflow.db'}")

    def read(experiment="wirebrief"):
        with client() as found:
            known = found.get_experiment_by_name(experiment)
            runs = found.search_runs([known.experiment_id]) if known else []
            return [
                (run, sorted(file.path for file in found.list_artifacts(run.info.run_id)))
                for run in sorted(runs, key=lambda run: run.info.run_name)
            ]

    return read
