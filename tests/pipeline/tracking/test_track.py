"""What was logged is read back through MLflow's own client."""

import json
import multiprocessing
import os
import subprocess
import sys

import pytest

from pipeline.errors import FailedRunError, OutputError
from pipeline.tracking.settings import MlflowTracking
from pipeline.tracking.track import track

SPAWN = multiprocessing.get_context("spawn")


def test_parameters_metrics_with_intervals_tags_and_artifacts(tmp_path, finished, settings, logged):
    folder = finished(tmp_path / "out")
    track(folder, settings(tags={"desk": "economy"}))
    ((run, artifacts),) = logged()
    assert run.info.run_name == "out"
    assert run.info.status == "FINISHED"
    assert (run.info.start_time, run.info.end_time) == (1777896000000, 1777896090500)
    assert run.data.params == {
        "translation.model": "starter",
        "translation.beams": "4",
        "translation.prefix": "null",
        "stages": '["translate", "score"]',
        "offline": "true",
    }
    metrics = run.data.metrics
    rouge = {name: value for name, value in metrics.items() if name.startswith("abstractive")}
    assert rouge == {
        "abstractive.rouge1.f": 0.41,
        "abstractive.rouge1.f.low": 0.39,
        "abstractive.rouge1.f.high": 0.43,
        "abstractive.rouge1.f.count": 40,
    }
    assert {name for name in metrics if name.startswith("translation")} == {
        "translation.bleu",
        "translation.bleu.count",
    }
    assert (metrics["counts.articles"], metrics["counts.faults"]) == (40, 1)
    assert metrics["counts.stages.translate.made"] == 7
    assert (metrics["seconds.translate"], metrics["seconds.total"]) == (2.25, 90.5)
    assert run.data.tags["signature.abstractive.rouge1.f"] == "rouge1|stem|v1"
    assert run.data.tags["model.translation"] == "starter abc123"
    assert run.data.tags["wirebrief.folder"] == str(folder)
    assert run.data.tags["desk"] == "economy"
    assert artifacts == ["faults.jsonl", "report.html", "run.json", "scores.json"]


def test_briefs_are_logged_only_if_asked(tmp_path, finished, settings, logged):
    chosen = settings(run_name="asked", artifacts=["briefs.jsonl", "set_aside.jsonl"])
    track(finished(tmp_path / "out"), chosen)
    ((run, artifacts),) = logged()
    assert run.info.run_name == "asked"
    assert artifacts == ["briefs.jsonl"]


def test_jobs_of_a_sweep_are_children_of_one_run(tmp_path, finished, settings, logged):
    sweep = tmp_path / "sweep"
    for name in ("extractive=lead", "extractive=mmr"):
        track(finished(sweep / name), settings(run_name="rankers"), sweep)
    (lead, _), (mmr, _), (parent, artifacts) = logged()
    assert [run.info.run_name for run in (lead, mmr)] == ["extractive=lead", "extractive=mmr"]
    assert (parent.info.run_name, parent.info.status, artifacts) == ("rankers", "FINISHED", [])
    assert {run.data.tags["mlflow.parentRunId"] for run in (lead, mmr)} == {parent.info.run_id}
    assert "mlflow.parentRunId" not in parent.data.tags


def test_another_sweep_in_another_folder_has_another_parent(tmp_path, finished, settings, logged):
    for sweep in ("one", "two"):
        track(finished(tmp_path / sweep / "job"), settings(), tmp_path / sweep)
    (first, _), (second, _), *_ = logged()
    parents = [run.data.tags["mlflow.parentRunId"] for run in (first, second)]
    assert len(set(parents)) == 2


def log_job(folder, settings, sweep):
    track(folder, settings, sweep)


def test_processes_that_come_at_once_find_one_parent(tmp_path, finished, settings, logged):
    sweep, chosen = tmp_path / "sweep", settings()
    folders = [finished(sweep / f"job-{number}") for number in range(2)]
    workers = [SPAWN.Process(target=log_job, args=(folder, chosen, sweep)) for folder in folders]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(100)
    assert [worker.exitcode for worker in workers] == [0, 0]
    *jobs, (parent, _) = logged()
    assert len(jobs) == 2
    assert {run.data.tags["mlflow.parentRunId"] for run, _ in jobs} == {parent.info.run_id}


def test_a_sweep_whose_store_was_deleted_gets_a_new_parent(tmp_path, finished, settings, logged):
    sweep = tmp_path / "sweep"
    folder = finished(sweep / "job")
    (sweep / ".mlflow-parent").write_text("0123456789abcdef0123456789abcdef\n")
    track(folder, settings(), sweep)
    (job, _), (parent, _) = logged()
    assert job.data.tags["mlflow.parentRunId"] == parent.info.run_id


def test_long_values_and_odd_names_fit(tmp_path, finished, settings, logged):
    odd = {"chat_template_kwargs/enable:thinking?": True}
    folder = finished(tmp_path / "out", abstractive={"system": "x" * 9000, "extra_body": odd})
    track(folder, settings(tags={"note": "y" * 9000}))
    ((run, _),) = logged()
    value = run.data.params["abstractive.system"]
    assert len(value) == 6000
    assert value.endswith(" …")
    assert run.data.params["abstractive.extra_body.chat_template_kwargs_enable_thinking_"] == "true"
    assert len(run.data.tags["note"]) == 8000


def test_many_parameters_travel_in_several_requests(tmp_path, finished, settings, logged):
    many = {f"key{number}": number for number in range(250)}
    track(finished(tmp_path / "out", many=many), settings())
    ((run, _),) = logged()
    assert sum(name.startswith("many.") for name in run.data.params) == 250


def test_how_runs_are_logged_is_no_parameter_of_theirs(tmp_path, finished, settings, logged):
    track(finished(tmp_path / "out", tracking={"uri": "sqlite:///x"}), settings())
    ((run, _),) = logged()
    assert not [name for name in run.data.params if name.startswith("tracking")]


def test_a_failure_says_how_to_log_later_and_leaves_no_half_run(
    tmp_path, finished, settings, logged
):
    folder = finished(tmp_path / "out")
    (tmp_path / "mlruns").write_text("a file where artifacts belong")
    with pytest.raises(FailedRunError, match=r"results are there, but.*wirebrief track \S+out"):
        track(folder, settings())
    assert logged() == []


def test_a_store_that_is_no_store_is_told(tmp_path, finished):
    (tmp_path / "feed.db").write_text("no database\n" * 100)
    with pytest.raises(FailedRunError, match=r"not logged at sqlite:.*not a database"):
        track(finished(tmp_path / "out"), MlflowTracking(uri=f"sqlite:///{tmp_path / 'feed.db'}"))
    assert (tmp_path / "feed.db").read_text() == "no database\n" * 100


def test_a_folder_without_a_run_is_told(tmp_path, settings):
    with pytest.raises(OutputError, match=r"no finished run is there: run\.json is missing"):
        track(tmp_path, settings())
    (tmp_path / "run.json").write_text("{}")
    (tmp_path / "scores.json").write_text("[]")
    with pytest.raises(OutputError, match="cannot be read"):
        track(tmp_path, settings())


def test_nothing_is_said_and_nothing_is_changed(tmp_path, finished, empty_database):
    folder = finished(tmp_path / "out")
    code = (
        "import os, sys, threading\n"
        "from pathlib import Path\n"
        "from pipeline.tracking.settings import MlflowTracking\n"
        "from pipeline.tracking.track import track\n"
        "import socket\n"
        "def refuse(*_, **__): raise OSError('a socket')\n"
        "socket.socket.connect = refuse\n"
        "before = dict(os.environ)\n"
        "track(Path(sys.argv[1]), MlflowTracking(uri=f'sqlite:///{sys.argv[2]}'))\n"
        "assert dict(os.environ) == before\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
        "from mlflow.telemetry import get_telemetry_client\n"
        "assert get_telemetry_client() is None\n"
    )
    environment = {k: v for k, v in os.environ.items() if k not in {"CI", "PYTEST_CURRENT_TEST"}}
    result = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(tmp_path / "new" / "mlflow.db")],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert json.loads((folder / "run.json").read_text())["seconds"]["total"] == 90.5
