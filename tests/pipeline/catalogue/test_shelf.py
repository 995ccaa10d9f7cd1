import pytest

from pipeline.backends.architecture import Task
from pipeline.backends.location import locate
from pipeline.catalogue.cards import Card
from pipeline.catalogue.shelf import bytes_on_disk, find

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def card(model="acme/small", revision=COMMIT, option="translation=small"):
    return Card(option, "A model.", model, revision, "MIT", "1 GB", "German")


@pytest.fixture
def cached(own_caches):
    """Lay files out as the hub's cache does."""
    repository = own_caches.parent / "huggingface" / "models--acme--small"
    snapshot = repository / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT)
    (snapshot / "config.json").write_text("{}")
    (repository / "blob").write_bytes(b"\0" * 1000)
    (snapshot / "model.safetensors").symlink_to(repository / "blob")
    return snapshot


def test_it_finds_what_a_run_would_load(cached):
    for revision in (COMMIT, None, "main"):
        found = find(card(revision=revision))
        assert found == locate("acme/small", revision, Task.translation, offline=True) == cached
    assert bytes_on_disk(cached) == 1002


def test_another_revision_is_not_here(cached):
    assert find(card(revision="f" * 40)) is None
    assert find(card(model="acme/large")) is None


def test_half_a_download_is_not_here(cached):
    (cached / "model.safetensors").unlink()
    assert find(card()) is None


@pytest.mark.parametrize("group", ["translation", "abstractive"])
def test_the_starters_are_installed(group):
    found = find(card("starter", None, f"{group}=starter"))
    assert (found / "model.safetensors").exists()
