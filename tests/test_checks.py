"""What must be mended before a run can begin is told before any work, with exit status 2."""

import pytest

from pipeline import load_settings, run
from pipeline.errors import ConfigError, FeedError


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
