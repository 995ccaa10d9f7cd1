"""What cannot work is refused before any work."""

import pytest

from pipeline import run
from pipeline.errors import BackendError, ConfigError, FeedError


def test_missing_models_are_all_named_before_any_work(tiny, tmp_path):
    settings = tiny("translation.model=acme/opus-mt-x", "abstractive.model=/no/such/folder")
    with pytest.raises(BackendError) as caught:
        run(settings)
    assert "acme/opus-mt-x" in str(caught.value)
    assert "/no/such/folder" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_model_of_the_wrong_type_is_refused(tiny, tiny_bart, tiny_marian):
    with pytest.raises(BackendError, match="unfit for translation"):
        run(tiny(f"translation.model={tiny_bart}"))
    with pytest.raises(BackendError, match="unfit for summarization"):
        run(tiny(f"abstractive.model={tiny_marian}"))


def test_a_missing_feed_is_told(tiny):
    with pytest.raises(FeedError, match="no such file"):
        run(tiny("feed.path=nowhere.jsonl"))


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        (("stages=[]",), "stages is empty"),
        (("order=extract_first", "extractive=none"), "extractive ranker"),
        (("stages=[abstract]",), "add translate"),
        (("extractive.sentences=null",), "extractive.sentences or extractive.words"),
        (("extractive.sentences=0",), "must be 1 or more"),
        (("feed.limit=0",), "must be 1 or more"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(tiny, overrides, expected):
    with pytest.raises(ConfigError, match=expected):
        run(tiny(*overrides))
