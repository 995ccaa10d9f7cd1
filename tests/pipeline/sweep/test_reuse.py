"""Results of an earlier start are taken for current ones only if a run would write the same."""

import json
import shutil

import pytest

from pipeline import load_settings, run
from pipeline.errors import FeedError
from pipeline.sweep.reuse import is_finished


@pytest.fixture
def settings(tmp_path, feed, common):
    """Settings of a run over a feed that is there."""
    path = feed()

    def load(*more):
        where = f"feed.path={path}", f"output_dir={tmp_path / 'run'}"
        return load_settings(*common, *where, "extractive=lead", *more)

    return load


@pytest.fixture
def finished(settings, tmp_path):
    """A finished run."""
    run(settings())
    return tmp_path / "run"


def edit(path, change):
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record), "utf-8")


def test_the_same_is_reused(finished, settings):
    assert is_finished(settings())
    assert is_finished(settings("offline=false", "objective=x", "sweep.compare=false"))


@pytest.mark.parametrize(
    "override",
    ["extractive=mmr", "extractive.sentences=2", "feed.limit=1", "order=extract_first"],
)
def test_another_configuration_is_not(finished, settings, override):
    assert not is_finished(settings(override))


def test_another_content_of_the_feed_is_not(finished, settings, feed):
    feed(figure="4")
    assert not is_finished(settings())
    feed(figure="3")
    assert is_finished(settings())


def test_a_feed_that_is_gone_is_told(finished, settings, tmp_path):
    (tmp_path / "feed.jsonl").unlink()
    with pytest.raises(FeedError):
        is_finished(settings())


def test_another_package_is_not(finished, settings, monkeypatch):
    monkeypatch.setattr("pipeline.identity.versions", lambda: {"wirebrief": "9"})
    assert not is_finished(settings())


def test_another_code_is_not(finished, settings, monkeypatch):
    monkeypatch.setattr("pipeline.identity.digest_code", lambda: "other")
    assert not is_finished(settings())


@pytest.mark.parametrize("name", ["run.json", "briefs.jsonl", "briefs.parquet", "scores.json"])
def test_what_is_not_whole_is_not(finished, settings, name):
    (finished / name).unlink()
    assert not is_finished(settings())


def test_a_run_without_a_fingerprint_is_not(finished, settings):
    edit(finished / "run.json", lambda record: record.pop("fingerprint"))
    assert not is_finished(settings())


def test_a_faulty_run_is_not(finished, settings):
    edit(finished / "run.json", lambda record: record["counts"].update(faults=2))
    assert not is_finished(settings())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"fingerprint": 1, "counts": 2}', "\0"])
def test_a_damaged_run_is_not(finished, settings, text):
    (finished / "run.json").write_text(text, "utf-8")
    assert not is_finished(settings())


def test_what_waited_for_its_embargo_is_not(finished, settings):
    (finished / "set_aside.jsonl").write_text('{"reason": "embargoed"}\n', "utf-8")
    assert not is_finished(settings())


def test_a_changed_model_is_not(tiny_marian, tmp_path, feed, common):
    model = shutil.copytree(tiny_marian, tmp_path / "model")
    settings = load_settings(
        *common, f"feed.path={feed()}", f"output_dir={tmp_path / 'run'}", "extractive=lead",
        "translation=opus_mt", f"translation.model={model}", "translation.max_tokens=16",
        "translation.beams=1", "translation.retries=0", "feed.limit=1",
    )  # fmt: skip
    run(settings)
    assert is_finished(settings)
    edit(model / "vocab.json", lambda words: words.update({"neu": len(words)}))
    assert not is_finished(settings)
