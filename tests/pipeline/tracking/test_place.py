"""What would make tracking fail after the run is refused before it."""

import importlib.util

import pytest

from pipeline import load_settings, run
from pipeline.errors import ConfigError
from pipeline.tracking.place import check_tracking, find_place
from pipeline.tracking.settings import MlflowTracking, NoTracking


@pytest.fixture(autouse=True)
def where_the_user_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)


def refusal(*, offline=False, **settings):
    with pytest.raises(ConfigError) as caught:
        check_tracking(MlflowTracking(**settings), offline=offline)
    return str(caught.value)


def test_a_file_where_the_user_stands_is_the_usual_store(tmp_path):
    place = find_place(MlflowTracking())
    assert place.uri == f"sqlite:///{tmp_path / 'mlflow.db'}"
    assert place.file == tmp_path / "mlflow.db"
    assert place.artifacts == ("report.html", "scores.json", "run.json", "faults.jsonl")
    check_tracking(MlflowTracking(), offline=True)


def test_a_server_gets_no_texts_unless_asked(monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "https://mlflow.example")
    place = find_place(MlflowTracking())
    assert (place.uri, place.file) == ("https://mlflow.example", None)
    assert place.artifacts == ("scores.json", "run.json")
    assert find_place(MlflowTracking(artifacts=["report.html"])).artifacts == ("report.html",)
    assert find_place(MlflowTracking(uri="sqlite:///a.db")).file is not None


@pytest.mark.parametrize("uri", ["https://mlflow.example", "postgresql://db/mlflow", "databricks"])
def test_offline_takes_no_server(uri):
    assert f"logged at {uri}: set tracking.uri=sqlite:///mlflow.db" in refusal(
        offline=True, uri=uri
    )


def test_offline_tells_no_password_of_the_environment(monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "https://me:secret@mlflow.example")
    assert "https://mlflow.example" in refusal(offline=True)
    assert "secret" not in refusal(offline=True)


def test_a_password_in_the_settings_is_refused_and_not_told():
    told = refusal(uri="https://me:secret@mlflow.example")
    assert "MLFLOW_TRACKING_PASSWORD" in told
    assert "secret" not in told


def test_artifacts_that_no_run_leaves():
    assert "no run leaves brief.json. Choose from report.html" in refusal(artifacts=["brief.json"])


def test_a_place_that_cannot_be_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be a file" in refusal(uri=f"sqlite:///{tmp_path / 'file' / 'mlflow.db'}")
    assert "cannot be a file" in refusal(uri=f"sqlite:///{tmp_path}")


def test_a_missing_package_names_the_extra_before_any_work(tmp_path, monkeypatch):
    known = importlib.util.find_spec
    monkeypatch.setattr(
        "pipeline.tracking.place.find_spec", lambda name: None if name == "mlflow" else known(name)
    )
    with pytest.raises(ConfigError, match=r"needs mlflow: pip install 'wirebrief\[mlflow\]'"):
        run(load_settings("tracking=mlflow", "offline=true", f"output_dir={tmp_path / 'out'}"))
    assert not (tmp_path / "out").exists()


def test_without_tracking_nothing_is_looked_for(monkeypatch):
    monkeypatch.setattr("pipeline.tracking.place.find_spec", lambda _: None)
    check_tracking(NoTracking(), offline=True)
