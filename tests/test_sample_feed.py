"""The default feed is the sample, from wherever one stands; without it one is told what to do."""

from pathlib import Path

import pytest

from pipeline import load_settings, run, sample
from pipeline.errors import ConfigError

ROOT = Path(__file__).parent.parent


def settings(folder):
    return load_settings(
        "feed.limit=1", "stages=[extract]", "memo=none", f"output_dir={folder}/out", "offline=true"
    )


def test_the_default_feed_is_the_sample():
    assert load_settings().feed.path == sample.SAMPLE
    assert (ROOT / sample.SAMPLE).exists()


def test_the_sample_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (brief,) = run(settings(tmp_path)).briefs()
    assert brief["id"] == "co-001"


def test_an_installation_without_sample_says_how_to_name_a_feed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sample, "_PLACES", (tmp_path / "nowhere",))
    with pytest.raises(ConfigError, match=r"no feed was named.*feed=jsonl feed\.path=FILE"):
        run(settings(tmp_path))
    assert not list(tmp_path.iterdir())
