"""What was damaged is noticed, set aside and never given out."""

import logging
from contextlib import closing

import pytest

from pipeline.errors import MemoError
from pipeline.memo.store import SqliteStore


@pytest.fixture
def damage_pages(filled):
    """Overwrite everything behind the first two pages, which hold header and schema."""

    def damage(path):
        filled(path, 5000).close()
        with path.open("r+b") as stream:
            size = stream.seek(0, 2)
            stream.seek(2 * 4096)
            stream.write(b"\xa5" * (size - 2 * 4096))

    return damage


def test_a_row_that_does_not_match_its_checksum_is_a_miss(path, caplog, key, filled, raw):
    filled(path).close()
    with raw(path) as connection:
        connection.execute("UPDATE outputs SET output = ? WHERE key = ?", (b"2 yyz", key(2)))
        connection.execute("UPDATE outputs SET output = ? WHERE key = ?", ("text", key(3)))
        connection.execute("UPDATE outputs SET key = ? WHERE key = ?", (key("moved"), key(4)))
    with closing(SqliteStore(path, 10)) as store, caplog.at_level(logging.WARNING):
        found = store.get_many([key(n) for n in (0, 1, 2, 3, 4, "moved")])
        assert set(found) == {key(0), key(1)}
        assert "3 damaged outputs dropped" in caplog.text
        assert store.inspect().entries == 7


@pytest.mark.parametrize("content", [b"this is no database" * 500, b"\1" * 100])
def test_a_file_that_is_no_database_is_set_aside(path, content, caplog, key):
    path.parent.mkdir()
    path.write_bytes(content)
    path.with_name("memo.sqlite.damaged-1").write_bytes(b"an earlier one")
    with closing(SqliteStore(path, 10)) as store:
        store.put_many([(key(1), "a")])
        assert store.get_many([key(1)]) == {key(1): "a"}
    assert path.with_name("memo.sqlite.damaged-2").read_bytes() == content
    assert path.with_name("memo.sqlite.damaged-1").read_bytes() == b"an earlier one"
    assert "set aside as memo.sqlite.damaged-2" in caplog.text


@pytest.mark.parametrize("start", [0, 16, 40, 60])
def test_a_file_whose_header_is_overwritten_is_set_aside(path, key, filled, start):
    filled(path).close()
    with path.open("r+b") as stream:
        stream.seek(start)
        stream.write(b"\x5a" * 24)
    with closing(SqliteStore(path, 10)) as store:
        store.put_many([(key("new"), "a")])
        assert store.get_many([key("new")]) == {key("new"): "a"}
    assert path.with_name("memo.sqlite.damaged-1").exists()


def test_a_log_that_may_not_be_written_does_not_outlive_its_reason(path, key, filled):
    with closing(filled(path)) as store:
        log = path.with_name("memo.sqlite-wal")
        content, index = log.read_bytes(), path.with_name("memo.sqlite-shm")
        assert store.inspect().entries == 10
    for companion in (log, index):
        companion.write_bytes(content if companion == log else b"")
        companion.chmod(0o444)
    with closing(SqliteStore(path, 10)) as store:
        store.put_many([(key("new"), "a")])
        assert log.stat().st_mode == index.stat().st_mode == path.stat().st_mode


def test_damage_found_while_reading_starts_a_new_file(path, key, damage_pages):
    damage_pages(path)
    with closing(SqliteStore(path, 10)) as store:
        assert store.get_many([key(n) for n in range(5000)]) == {}
        store.put_many([(key(1), "a")])
        assert store.get_many([key(1)]) == {key(1): "a"}
    assert path.with_name("memo.sqlite.damaged-1").exists()


def test_damage_found_while_writing_loses_nothing_of_the_batch(path, key, damage_pages):
    damage_pages(path)
    with closing(SqliteStore(path, 10)) as store:
        store.put_many((key(n), str(n)) for n in range(2000))
        assert len(store.get_many([key(n) for n in range(2000)])) == 2000
    assert path.with_name("memo.sqlite.damaged-1").exists()


def test_a_truncated_file_starts_a_new_one(path, key, filled):
    filled(path, 5000).close()
    with path.open("r+b") as stream:
        stream.truncate(stream.seek(0, 2) // 2 // 4096 * 4096)
    with closing(SqliteStore(path, 10)) as store:
        found = store.get_many([key(n) for n in range(5000)])
        assert all(text.startswith(f"{n} ") for n in range(5000) if (text := found.get(key(n))))
        store.put_many([(key(1), "a")])
        assert store.get_many([key(1)]) == {key(1): "a"}


def test_a_damaged_file_is_not_pulled_from_under_another_run(path, key, damage_pages):
    damage_pages(path)
    with closing(SqliteStore(path, 10)) as other, closing(SqliteStore(path, 10)) as store:
        other.open()
        with pytest.raises(MemoError, match=r"other runs have it open.*memo\.path.*memo=none"):
            store.get_many([key(n) for n in range(5000)])
    assert not path.with_name("memo.sqlite.damaged-1").exists()
