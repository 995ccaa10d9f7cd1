"""A file that `memo.path` names by mistake, or that another version wrote, is left alone."""

from contextlib import closing

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


def test_a_file_of_a_newer_wirebrief_is_refused_and_kept(path, filled, raw):
    filled(path).close()
    with raw(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(MemoError, match=r"format 99 .*memo\.path"):
        SqliteStore(path, 10).open()
    assert path.read_bytes() == before


def test_a_file_of_an_older_wirebrief_is_begun_anew(path, key, filled, read, raw):
    filled(path).close()
    with raw(path) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("ALTER TABLE outputs DROP COLUMN checksum")
    with closing(SqliteStore(path, 10)) as store:
        assert store.inspect().entries == 0
        store.put_many([(key(1), "a")])
    assert read(path, [key(1)]) == {key(1): "a"}


def test_a_database_of_another_program_is_refused_and_kept(path, raw):
    path.parent.mkdir()
    with raw(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(MemoError, match=r"another program's database.*memo\.path"):
        SqliteStore(path, 10).open()
    with raw(path) as connection:
        assert connection.execute("SELECT tbl_name FROM sqlite_master").fetchall() == [
            ("bookmarks",)
        ]
