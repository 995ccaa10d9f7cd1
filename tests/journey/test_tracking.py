"""A run that is done is logged; whether that works, its results are there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import load_settings, run
from pipeline.tracking.quiet import quiet_mlflow

ROOT = Path(__file__).parents[2]
CALL = [sys.executable, "-m", "pipeline", "offline=true", "stages=[extract]", "feed.limit=2"]


def logged(path, experiment="wirebrief"):
    with quiet_mlflow():
        from mlflow.tracking import MlflowClient

        client = MlflowClient(f"sqlite:///{path}")
        found = client.get_experiment_by_name(experiment)
        runs = client.search_runs([found.experiment_id])
    return sorted(runs, key=lambda run: run.info.run_name)


def wirebrief(*arguments):
    return subprocess.run(
        [*CALL[:3], *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_multirun_becomes_a_run_with_children(tmp_path, empty_database):
    sweep, store = tmp_path / "sweep", tmp_path / "mlflow.db"
    shutil.copy(empty_database, store)
    result = subprocess.run(
        [*CALL, "--multirun", "extractive=lead,mmr", "tracking=mlflow", "+tracking.tags.desk=a",
         f"tracking.uri=sqlite:///{store}", f"output_dir={sweep}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    first, second, parent = logged(store)
    assert [run.info.run_name for run in (first, second)] == sorted(
        folder.name for folder in sweep.iterdir() if (folder / "run.json").exists()
    )
    assert "extractive.balance" not in first.data.params
    assert second.data.params["extractive.balance"] == "0.7"
    assert {run.data.tags["mlflow.parentRunId"] for run in (first, second)} == {parent.info.run_id}
    assert parent.info.run_name == "sweep"
    assert {run.data.tags["desk"] for run in (first, second, parent)} == {"a"}
    assert first.data.metrics["counts.articles"] == second.data.metrics["counts.articles"] == 2
    again = wirebrief("track", str(sweep), "tracking.experiment=again")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.count("logged ") == 2
    assert len(logged(store, "again")) == 3


def test_a_run_that_cannot_be_logged_is_a_run_all_the_same(tmp_path, empty_database):
    shutil.copy(empty_database, tmp_path / "mlflow.db")
    (tmp_path / "feed.db").write_text("no database\n" * 100)
    out = tmp_path / "out"
    result = subprocess.run(
        [*CALL, "tracking=mlflow", f"tracking.uri=sqlite:///{tmp_path / 'feed.db'}",
         f"output_dir={out}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert "2 articles: 2 briefs, 0 faults" in result.stdout
    assert f"{out}: the results are there, but were not logged" in result.stderr
    assert (out / "run.json").exists()
    later = wirebrief("track", str(out), f"tracking.uri=sqlite:///{tmp_path / 'mlflow.db'}")
    assert (later.returncode, later.stdout) == (0, f"logged {out}\n")
    (only,) = logged(tmp_path / "mlflow.db")
    assert only.data.params["stages"] == '["extract"]'


def test_the_api_says_what_was_not_logged(tmp_path):
    (tmp_path / "feed.db").write_text("no database\n" * 100)
    overrides = [
        "offline=true", "stages=[extract]", "feed.limit=1", f"output_dir={tmp_path / 'out'}",
        "tracking=mlflow", f"tracking.uri=sqlite:///{tmp_path / 'feed.db'}",
    ]  # fmt: skip
    result = run(load_settings(*overrides))
    assert result.status == 0
    assert result.untracked is not None
    assert "wirebrief track" in result.untracked


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--now"], "track takes no '--now'"),
        (["nowhere"], "nowhere: no finished run is there, nor in a folder below it"),
    ],
)
def test_what_track_does_not_understand(arguments, message):
    result = wirebrief("track", *arguments)
    assert result.returncode == 2
    assert message in result.stderr


def test_a_setting_that_tracking_does_not_have(tmp_path):
    (tmp_path / "run.json").write_text('{"configuration": {}}')
    result = wirebrief("track", str(tmp_path), "tracking.url=sqlite:///x.db")
    assert result.returncode == 2
    assert "tracking.url" in result.stderr
