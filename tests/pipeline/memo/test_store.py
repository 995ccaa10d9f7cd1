"""The store keeps what it was given, notices what it can no longer trust, and stays bounded."""

import logging
import resource
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing, contextmanager
from hashlib import sha256

import pytest

from pipeline.errors import MemoError
from pipeline.memo import store as store_module
from pipeline.memo.store import NoStore, SqliteStore

HOSTILE = {
    "empty": "",
    "umlauts": "Größenwahn „Ärger“ – 1,2 Mrd. €",
    "zero": "before\0after",
    "emoji": "🙂\u200f\u202e",
    "half": "\ud83d",
    "long": "x" * 300_000,
}


def key(name: object) -> bytes:
    return sha256(str(name).encode()).digest()


def filled(path, count=10, size=20, megabytes=100) -> SqliteStore:
    store = SqliteStore(path, megabytes)
    store.put_many((key(n), f"{n} " + "y" * size) for n in range(count))
    return store


def read(path, keys):
    with closing(SqliteStore(path, 100)) as store:
        return store.get_many(keys)


@contextmanager
def raw(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "memo.sqlite"


def test_what_is_put_is_got_by_the_next_process(path):
    with closing(SqliteStore(path, 10)) as store:
        store.put_many((key(name), text) for name, text in HOSTILE.items())
    with closing(SqliteStore(path, 10)) as store:
        found = store.get_many([key(name) for name in (*HOSTILE, "unknown")])
    assert found == {key(name): text for name, text in HOSTILE.items()}


def test_many_keys_at_once(path):
    with closing(filled(path, 1703)) as store:
        assert len(store.get_many([key(n) for n in range(3000)])) == 1703


def test_a_second_output_replaces_the_first(path):
    with closing(filled(path)) as store:
        store.put_many([(key(3), "new")])
        assert store.get_many([key(3)]) == {key(3): "new"}
        assert store.inspect().entries == 10


def test_no_store_remembers_nothing():
    store = NoStore()
    store.open()
    store.put_many([(key(1), "a")])
    assert store.get_many([key(1)]) == {}


def test_a_row_that_does_not_match_its_checksum_is_a_miss(path, caplog):
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
def test_a_file_that_is_no_database_is_set_aside(path, content, caplog):
    path.parent.mkdir()
    path.write_bytes(content)
    path.with_name("memo.sqlite.damaged-1").write_bytes(b"an earlier one")
    with closing(SqliteStore(path, 10)) as store:
        store.put_many([(key(1), "a")])
        assert store.get_many([key(1)]) == {key(1): "a"}
    assert path.with_name("memo.sqlite.damaged-2").read_bytes() == content
    assert path.with_name("memo.sqlite.damaged-1").read_bytes() == b"an earlier one"
    assert "set aside as memo.sqlite.damaged-2" in caplog.text


def damage_pages(path):
    """Overwrite everything behind the first two pages, which hold header and schema."""
    filled(path, 5000).close()
    with path.open("r+b") as stream:
        size = stream.seek(0, 2)
        stream.seek(2 * 4096)
        stream.write(b"\xa5" * (size - 2 * 4096))


def test_damage_found_while_reading_starts_a_new_file(path):
    damage_pages(path)
    with closing(SqliteStore(path, 10)) as store:
        assert store.get_many([key(n) for n in range(5000)]) == {}
        store.put_many([(key(1), "a")])
        assert store.get_many([key(1)]) == {key(1): "a"}
    assert path.with_name("memo.sqlite.damaged-1").exists()


def test_damage_found_while_writing_loses_nothing_of_the_batch(path):
    damage_pages(path)
    with closing(SqliteStore(path, 10)) as store:
        store.put_many((key(n), str(n)) for n in range(2000))
        assert len(store.get_many([key(n) for n in range(2000)])) == 2000
    assert path.with_name("memo.sqlite.damaged-1").exists()


def test_a_truncated_file_starts_a_new_one(path):
    filled(path, 5000).close()
    with path.open("r+b") as stream:
        stream.truncate(stream.seek(0, 2) // 2 // 4096 * 4096)
    with closing(SqliteStore(path, 10)) as store:
        found = store.get_many([key(n) for n in range(5000)])
        assert all(text.startswith(f"{n} ") for n in range(5000) if (text := found.get(key(n))))
        store.put_many([(key(1), "a")])
        assert store.get_many([key(1)]) == {key(1): "a"}


def test_a_damaged_file_is_not_pulled_from_under_another_run(path):
    damage_pages(path)
    with closing(SqliteStore(path, 10)) as other, closing(SqliteStore(path, 10)) as store:
        other.open()
        with pytest.raises(MemoError, match=r"other runs have it open.*memo\.path.*memo=none"):
            store.get_many([key(n) for n in range(5000)])
    assert not path.with_name("memo.sqlite.damaged-1").exists()


def test_a_file_of_a_newer_wirebrief_is_refused_and_kept(path):
    filled(path).close()
    with raw(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(MemoError, match=r"format 99 .*memo\.path"):
        SqliteStore(path, 10).open()
    assert path.read_bytes() == before


def test_a_file_of_an_older_wirebrief_is_begun_anew(path):
    filled(path).close()
    with raw(path) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("ALTER TABLE outputs DROP COLUMN checksum")
    with closing(SqliteStore(path, 10)) as store:
        assert store.inspect().entries == 0
        store.put_many([(key(1), "a")])
    assert read(path, [key(1)]) == {key(1): "a"}


def test_a_database_of_another_program_is_refused_and_kept(path):
    path.parent.mkdir()
    with raw(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(MemoError, match=r"another program's database.*memo\.path"):
        SqliteStore(path, 10).open()
    with raw(path) as connection:
        assert connection.execute("SELECT tbl_name FROM sqlite_master").fetchall() == [
            ("bookmarks",)
        ]


def test_a_full_disk_is_told_and_what_was_there_stays(path):
    with closing(filled(path)) as store:
        store._database._connection.execute("PRAGMA max_page_count = 12")
        with pytest.raises(MemoError, match=r"cannot be written.*full.*memo\.path.*memo=none"):
            store.put_many((key(n), "z" * 1000) for n in range(1000))
        assert len(store.get_many([key(n) for n in range(1000)])) == 10
    assert len(read(path, [key(n) for n in range(10)])) == 10


def test_a_file_system_that_takes_no_more_bytes(path):
    filled(path).close()
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    with closing(SqliteStore(path, 10)) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, allowed[1]))
        try:
            with pytest.raises(MemoError, match=r"cannot be written.*memo=none"):
                store.put_many((key(n), "z" * 1000) for n in range(1000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert len(read(path, [key(n) for n in range(1000)])) == 10


def test_a_path_that_cannot_be_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "memo.sqlite", tmp_path):
        with pytest.raises(MemoError, match=r"cannot be opened.*memo\.path"):
            SqliteStore(path, 10).open()


NO_RIGHTS = """
import ctypes, sys
from pathlib import Path
from pipeline.errors import MemoError
from pipeline.memo.store import SqliteStore
libc = ctypes.CDLL(None)
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
assert libc.capset(header, (ctypes.c_uint32 * 6)()) == 0  # root's right to write anywhere
try:
    store = SqliteStore(Path(sys.argv[1]), 10)
    store.open()
    store.put_many([(b"k", "a")])
except MemoError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="drops the rights of root by a Linux call")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_permission(path, what):
    filled(path).close()
    target = path if what == "file" else path.parent
    target.chmod(0o444 if what == "file" else 0o555)
    if what == "folder":
        path.with_name("memo.sqlite.lock").unlink()
    command = [sys.executable, "-c", NO_RIGHTS, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    path.parent.chmod(0o755)
    assert str(path) in result.stdout, result.stderr
    assert "memo.path" in result.stdout


def test_the_outputs_used_longest_ago_are_dropped(path, monkeypatch):
    monkeypatch.setattr(store_module, "_EVICTED_AT_ONCE", 100)
    with closing(filled(path, 1000, size=900, megabytes=10)) as store:
        assert store.inspect().entries == 1000
    with raw(path) as connection:
        connection.execute("UPDATE outputs SET used = used - 100000")
    with closing(SqliteStore(path, 10)) as store:
        assert len(store.get_many([key(n) for n in range(200)])) == 200
    with closing(SqliteStore(path, 1)) as store:
        store.put_many([(key("newest"), "x" * 900)])
    with closing(SqliteStore(path, 1)) as store:
        left = store.get_many([key(n) for n in range(1000)])
        used_lately = [n for n in range(200) if key(n) in left]
        assert len(used_lately) == 200
        assert 500 < len(left) < 900
        assert store.get_many([key("newest")])


def test_the_file_stays_near_its_bound_while_it_is_written(path, monkeypatch):
    monkeypatch.setattr(store_module, "_EVICTED_AT_ONCE", 100)
    with closing(SqliteStore(path, 1)) as store:
        for batch in range(60):
            names = [f"{batch}-{n}" for n in range(100)]
            store.put_many((key(name), zlib.crc32(name.encode()).to_bytes(4).hex() * 100)
                           for name in names)  # fmt: skip
            assert len(store.get_many([key(name) for name in names])) == 100
            assert store._database.file_bytes < 1_300_000
        assert store.inspect().entries >= 800


def test_a_lowered_bound_makes_the_file_smaller(path, monkeypatch):
    monkeypatch.setattr(store_module, "_EVICTED_AT_ONCE", 100)
    filled(path, 5000, size=900, megabytes=100).close()
    before = path.stat().st_size
    with closing(SqliteStore(path, 1)) as store:
        store.put_many([(key("newest"), "x")])
    assert before > 4_000_000
    assert path.stat().st_size < 1_300_000


def test_reading_goes_on_when_uses_cannot_be_noted(path, caplog):
    filled(path, 300).close()
    with raw(path) as connection:
        connection.execute("UPDATE outputs SET used = 1")
    store = SqliteStore(path, 100)
    store.open()
    store._database._connection.execute("PRAGMA query_only = 1")
    assert len(store.get_many([key(n) for n in range(300)])) == 300
    store.close()
    assert "uses were not noted" in caplog.text


def test_statistics(path):
    with closing(SqliteStore(path, 10)) as store:
        assert store.inspect().entries == 0
        assert store.inspect().oldest_use is None
    with closing(filled(path)) as store:
        found = store.inspect()
    assert found.entries == 10
    assert 1_700_000_000 < found.oldest_use <= found.newest_use
    assert found.file_bytes == path.stat().st_size


def test_reading_writes_nothing_while_uses_are_fresh(path):
    filled(path).close()
    before = path.read_bytes()
    with closing(SqliteStore(path, 100)) as store:
        assert len(store.get_many([key(n) for n in range(10)])) == 10
    assert path.read_bytes() == before
