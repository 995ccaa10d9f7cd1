from contextlib import nullcontext
from pathlib import Path

import pytest

from pipeline.backends import location, starter
from pipeline.backends.architecture import Task
from pipeline.backends.location import locate, model_files
from pipeline.errors import BackendError

NAME = "Helsinki-NLP/opus-mt-de-en"


def cached(home: Path, files: tuple[str, ...]) -> Path:
    """Lay files out as the hub's cache does."""
    repository = home / "huggingface" / f"models--{NAME.replace('/', '--')}"
    snapshot = repository / "snapshots" / "0123456789abcdef0123456789abcdef01234567"
    snapshot.mkdir(parents=True)
    for name in files:
        (snapshot / name).write_text("{}", encoding="utf-8")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(snapshot.name, encoding="utf-8")
    return snapshot


def test_local_folder(tmp_path):
    assert locate(str(tmp_path), None, Task.translation, offline=True) == tmp_path


def test_missing_folder(tmp_path):
    with pytest.raises(BackendError, match="there is no such folder"):
        locate(str(tmp_path / "nowhere"), None, Task.translation, offline=True)


def test_starter_of_the_task(monkeypatch, tmp_path):
    monkeypatch.setattr(starter, "STARTERS", tmp_path)
    (tmp_path / "summarization").mkdir()
    (tmp_path / "summarization" / "config.json").touch()
    found = locate("starter", None, Task.summarization, offline=True)
    assert found == tmp_path / "summarization"
    with pytest.raises(BackendError, match=r"not part of this installation. Install wirebrief"):
        locate("starter", None, Task.translation, offline=True)


def test_name_of_the_hub_offline_and_not_there():
    with pytest.raises(BackendError, match=f"offline=true.*hf download {NAME}"):
        locate(NAME, None, Task.translation, offline=True)


def test_hub_out_of_reach():
    with pytest.raises(BackendError, match=f"the hub did not give it.*hf download {NAME}"):
        locate(NAME, None, Task.translation, offline=False)


@pytest.mark.parametrize("weights", ["model.safetensors", "pytorch_model.bin"])
def test_name_of_the_hub_in_the_cache_opens_no_socket(own_caches, weights):
    snapshot = cached(own_caches.parent, ("config.json", weights))
    for offline in (True, False):
        for revision in (None, snapshot.name):
            found = locate(NAME, revision, Task.translation, offline=offline, allow_pickle=True)
            assert found == snapshot


def test_pickled_weights_in_the_cache_need_permission(own_caches):
    cached(own_caches.parent, ("config.json", "pytorch_model.bin"))
    with pytest.raises(BackendError, match=r"can run the code.*translation\.allow_pickle=true"):
        locate(NAME, None, Task.translation, offline=True)
    with pytest.raises(BackendError, match="the hub did not give it"):  # it looks for others there
        locate(NAME, None, Task.translation, offline=False)


@pytest.mark.parametrize("allowed", [True, False])
def test_pickled_weights_are_fetched_only_with_permission(monkeypatch, tmp_path, allowed):
    asked = []

    def hub(model, revision, patterns, *, offline):
        if offline:
            raise OSError("not in the cache")
        asked.append(patterns)
        (tmp_path / "config.json").write_text("{}")
        if location.PICKLED_WEIGHTS in patterns:
            (tmp_path / "pytorch_model.bin").touch()
        return tmp_path

    monkeypatch.setattr(location, "_snapshot", hub)
    with nullcontext() if allowed else pytest.raises(BackendError, match="allow_pickle"):
        locate(NAME, None, Task.summarization, offline=False, allow_pickle=allowed)
    assert location.PICKLED_WEIGHTS not in asked[0]
    assert len(asked) == 1 + allowed


def test_another_revision_than_the_cached_one_is_not_there(own_caches):
    cached(own_caches.parent, ("config.json", "model.safetensors"))
    revision = "f" * 40
    with pytest.raises(BackendError, match=f"hf download {NAME} --revision {revision}"):
        locate(NAME, revision, Task.translation, offline=True)


def test_half_a_download_is_not_there(own_caches):
    cached(own_caches.parent, ("config.json", "vocab.json"))
    with pytest.raises(BackendError, match="not in the local cache"):
        locate(NAME, None, Task.translation, offline=True)


def test_neither_folder_nor_name():
    with pytest.raises(BackendError, match="neither a folder nor a name on the hub"):
        locate("opus mt?", None, Task.translation, offline=True)


def test_model_files_leave_out_what_decides_nothing(tmp_path):
    for name in ("config.json", "source.spm", "model.safetensors", "README.md", "optimizer.pt"):
        (tmp_path / name).touch()
    (tmp_path / "checkpoint-1").mkdir()
    (tmp_path / "checkpoint-1" / "model.safetensors").touch()
    found = [path.name for path in model_files(tmp_path)]
    assert found == ["config.json", "model.safetensors", "source.spm"]


def test_a_pickle_beside_safetensors_decides_nothing(tmp_path):
    for name in ("config.json", "model.safetensors", "pytorch_model.bin"):
        (tmp_path / name).touch()
    assert "pytorch_model.bin" not in [path.name for path in model_files(tmp_path)]
    (tmp_path / "model.safetensors").unlink()
    assert "pytorch_model.bin" in [path.name for path in model_files(tmp_path)]
