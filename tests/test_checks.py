"""What must be mended before a run can begin is told before any work, with exit status 2."""

import os

import pytest

from pipeline import load_settings, run
from pipeline.errors import BackendError, ConfigError, FeedError


def test_a_folder_that_cannot_be_made_is_told_before_the_feed_is_opened(tmp_path):
    (tmp_path / "taken").write_text("")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "out", tmp_path / ("x" * 300)):
        with pytest.raises(ConfigError, match="output_dir="):
            run(load_settings("feed.path=nowhere.jsonl", f"output_dir={folder}"))


def test_an_empty_output_dir_is_not_where_you_stand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="output_dir is empty"):
        load_settings("output_dir=")


def test_a_missing_feed_is_the_users_to_mend(tmp_path):
    with pytest.raises(FeedError) as caught:
        run(load_settings("feed.path=nowhere.jsonl", f"output_dir={tmp_path}/out"))
    assert caught.value.status == 2
    assert not (tmp_path / "out").exists()


def test_an_unusable_memo_is_told_before_any_work(tmp_path):
    (tmp_path / "feed.jsonl").write_text('{"id": "a", "text": "Der Umsatz stieg."}\n')
    (tmp_path / "taken").write_text("")
    settings = load_settings(
        f"feed.path={tmp_path}/feed.jsonl",
        f"memo.path={tmp_path}/taken/memo",
        f"output_dir={tmp_path}/out",
    )
    with pytest.raises(ConfigError, match=r"memo\.path"):
        run(settings)


MISSING = ("translation=opus_mt", "abstractive=bart_cnn", "extractive=embedding", "offline=true")


def offline(tmp_path, *overrides):
    (tmp_path / "feed.jsonl").write_text('{"id": "a", "text": "Der Umsatz stieg."}\n')
    return load_settings(
        f"feed.path={tmp_path}/feed.jsonl",
        f"output_dir={tmp_path}/out",
        f"memo.path={tmp_path}/memo.sqlite",
        *overrides,
    )


def test_all_missing_models_are_listed_at_once(tmp_path):
    with pytest.raises(BackendError) as caught:
        run(offline(tmp_path, *MISSING))
    for name in ("opus-mt-de-en", "bart-large-cnn", "paraphrase-multilingual-MiniLM-L12-v2"):
        assert name in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["feed.jsonl"]


@pytest.mark.parametrize(
    ("feed", "setting"),
    [
        (["feed=mlsum"], "feed.files=hf://datasets/reciTAL/mlsum"),
        (["feed=wmt"], "feed.dataset=wmt"),
        (["feed=xlsum"], "feed."),
        (["feed=cnn_dailymail", "translation=none"], "feed.dataset=abisee/cnn_dailymail"),
        (["feed=hub", "feed.dataset=acme/none"], "feed.dataset=acme/none"),
        (["feed=hub", "feed.dataset=acme/none", "feed.streaming=false"], "feed.dataset=acme/none"),
    ],
)
def test_a_dataset_of_the_hub_is_missing_before_any_work(tmp_path, feed, setting):
    settings = load_settings(*feed, f"output_dir={tmp_path}/out", "memo=none", "offline=true")
    with pytest.raises(BackendError) as caught:
        run(settings)
    message = str(caught.value)
    assert message.startswith(setting)
    assert "not on this machine, and offline=true" in message
    assert "HF_HUB_OFFLINE" not in message
    assert caught.value.status == 2
    assert not list(tmp_path.iterdir())


def test_a_dataset_of_this_machine_is_read_offline(tmp_path, monkeypatch):
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    (tmp_path / "feed.jsonl").write_text('{"id": "a", "text": "Sales rose on Monday."}\n')
    settings = load_settings(
        "feed=hub",
        "feed.dataset=json",
        f"feed.files={tmp_path}/feed.jsonl",
        "translation=none",
        "abstractive=none",
        f"output_dir={tmp_path}/out",
        "memo=none",
        "offline=true",
    )
    assert run(settings).articles == 1
    assert "HF_HUB_OFFLINE" not in os.environ


@pytest.mark.parametrize("part", ["translation", "abstractive"])
def test_a_device_that_is_not_there_is_told_before_any_work(tmp_path, part):
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        pytest.skip("this machine has a GPU")
    with pytest.raises(BackendError, match=r"starter: device=cuda, but there is no CUDA device"):
        run(offline(tmp_path, f"{part}.device=cuda"))
    assert [path.name for path in tmp_path.iterdir()] == ["feed.jsonl"]


@pytest.mark.parametrize("repairs", ["true", "false"])
def test_languages_come_before_repairs(tmp_path, repairs):
    chosen = ("languages.target=fr", "extractive=lexrank", f"translation.repair_copies={repairs}")
    settings = offline(tmp_path, *chosen)
    with pytest.raises(BackendError, match=r"starter: this model was trained for translation of"):
        run(settings)


def test_repairs_need_german_and_english(tmp_path, tiny_m2m100):
    model = f"translation.model={tiny_m2m100}"
    settings = offline(
        tmp_path, model, "languages.target=ru", "extractive=lexrank", "abstractive=none"
    )
    with pytest.raises(ConfigError, match=r"repair_copies .* not de-ru"):
        run(settings)


def test_a_ranker_that_is_not_used_refuses_no_language(tmp_path, tiny_m2m100):
    model = f"translation.model={tiny_m2m100}"
    chosen = (model, "translation.repair_copies=false", "languages.target=ru", "feed.limit=1")
    result = run(offline(tmp_path, *chosen, "stages=[translate]"))
    assert len(list(result.briefs())) == 1
    with pytest.raises(ConfigError, match="extractive=learned ranks English and German"):
        run(offline(tmp_path, *chosen, "stages=[translate,extract]"))


def test_facts_are_guarded_in_english_summaries_only(tmp_path, tiny_m2m100):
    settings = offline(
        tmp_path,
        f"translation.model={tiny_m2m100}",
        "translation.repair_copies=false",
        "languages.target=ru",
        "extractive=lexrank",
        f"abstractive.model={tiny_m2m100}",
    )
    with pytest.raises(ConfigError, match=r"guard_facts knows English summaries only, not ru"):
        run(settings)


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["stages=[score]"], "stages has score, .* wirebrief-score"),
        (["stages=[extract,score]"], "stages has score, which needs the English text"),
        (["stages=[abstract,score]"], "stages has abstract, which needs the English text"),
        (["stages=[extract]", "extractive=oracle"], "extractive=oracle compares with English"),
        (["order=extract_first", "extractive=oracle"], "extractive=oracle compares with English"),
        (["stages=[extract]", "extractive=none"], r"stages=\[extract\] .* leave nothing to do"),
        (["translation=none", "extractive=none", "abstractive=none"], "leave nothing to do"),
    ],
)
def test_stages_without_what_they_need_are_refused(tmp_path, overrides, message):
    with pytest.raises(ConfigError, match=message):
        run(offline(tmp_path, *overrides))
    assert [path.name for path in tmp_path.iterdir()] == ["feed.jsonl"]


def test_extract_alone_picks_german_sentences(tmp_path):
    (brief,) = run(offline(tmp_path, "stages=[extract]")).briefs()
    assert brief["extractive"]["text"] == "Der Umsatz stieg."
