"""A file that `memo.path` names by mistake is left alone."""

import pytest

from pipeline.errors import MemoError
from pipeline.memo.store import SqliteStore


def test_a_file_of_another_kind_is_not_set_aside(tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "1", "text": "Der Dax stieg."}\n' * 50, encoding="utf-8")
    content = feed.read_bytes()
    with pytest.raises(MemoError, match=r"feed.jsonl: this is no memo. Set memo.path"):
        SqliteStore(feed, max_megabytes=1).open()
    assert feed.read_bytes() == content
    assert not list(tmp_path.glob("*damaged*"))


def test_a_damaged_memo_of_any_name_is_set_aside(tmp_path):
    path = tmp_path / "memo.db"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    store = SqliteStore(path, max_megabytes=1)
    store.open()
    store.close()
    assert (tmp_path / "memo.db.damaged-1").exists()
