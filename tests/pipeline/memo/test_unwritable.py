"""Where nothing can be written, one message says so and what was there stays."""

from contextlib import closing

import pytest

from pipeline.errors import MemoError
from pipeline.memo.store import SqliteStore


def test_a_full_disk_is_told_and_what_was_there_stays(path, key, filled, read):
    with closing(filled(path)) as store:
        store._database._connection.execute("PRAGMA max_page_count = 12")
        with pytest.raises(MemoError, match=r"cannot be written.*full.*memo\.path.*memo=none"):
            store.put_many((key(n), "z" * 1000) for n in range(1000))
        assert len(store.get_many([key(n) for n in range(1000)])) == 10
    assert len(read(path, [key(n) for n in range(10)])) == 10


def test_a_file_system_that_takes_no_more_bytes(path, key, filled, read, file_size_limit):
    filled(path).close()
    with (
        closing(SqliteStore(path, 10)) as store,
        file_size_limit(200_000),
        pytest.raises(MemoError, match=r"cannot be written.*memo=none"),
    ):
        store.put_many((key(n), "z" * 1000) for n in range(1000))
    assert len(read(path, [key(n) for n in range(1000)])) == 10


def test_a_path_that_cannot_be_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "memo.sqlite", tmp_path):
        with pytest.raises(MemoError, match=r"cannot be opened.*memo\.path"):
            SqliteStore(path, 10).open()


PUT = """
import sys
from pathlib import Path
from pipeline.errors import MemoError
from pipeline.memo.store import SqliteStore
try:
    store = SqliteStore(Path(sys.argv[1]), 10)
    store.open()
    store.put_many([(b"k", "a")])
except MemoError as error:
    print(error)
"""


@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_permission(path, filled, without_rights, what):
    filled(path).close()
    target = path if what == "file" else path.parent
    target.chmod(0o444 if what == "file" else 0o555)
    if what == "folder":
        path.with_name("memo.sqlite.lock").unlink()
    result = without_rights(PUT, path)
    path.parent.chmod(0o755)
    assert str(path) in result.stdout, result.stderr
    assert "memo.path" in result.stdout


def test_reading_goes_on_when_uses_cannot_be_noted(path, caplog, key, filled, raw):
    filled(path, 300).close()
    with raw(path) as connection:
        connection.execute("UPDATE outputs SET used = 1")
    store = SqliteStore(path, 100)
    store.open()
    store._database._connection.execute("PRAGMA query_only = 1")
    assert len(store.get_many([key(n) for n in range(300)])) == 300
    store.close()
    assert "uses were not noted" in caplog.text
