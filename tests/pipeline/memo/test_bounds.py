"""The file stays near its bound, and keeps what was used last."""

import zlib
from contextlib import closing

from pipeline.memo import store as store_module
from pipeline.memo.store import SqliteStore


def test_the_outputs_used_longest_ago_are_dropped(path, monkeypatch, key, filled, raw):
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


def test_the_file_stays_near_its_bound_while_it_is_written(path, monkeypatch, key):
    monkeypatch.setattr(store_module, "_EVICTED_AT_ONCE", 100)
    with closing(SqliteStore(path, 1)) as store:
        for batch in range(60):
            names = [f"{batch}-{n}" for n in range(100)]
            store.put_many((key(name), zlib.crc32(name.encode()).to_bytes(4).hex() * 100)
                           for name in names)  # fmt: skip
            assert len(store.get_many([key(name) for name in names])) == 100
            assert store._database.file_bytes < 1_300_000
        assert store.inspect().entries >= 800


def test_a_lowered_bound_makes_the_file_smaller(path, monkeypatch, key, filled):
    monkeypatch.setattr(store_module, "_EVICTED_AT_ONCE", 100)
    filled(path, 5000, size=900, megabytes=100).close()
    before = path.stat().st_size
    with closing(SqliteStore(path, 1)) as store:
        store.put_many([(key("newest"), "x")])
    assert before > 4_000_000
    assert path.stat().st_size < 1_300_000


def test_a_use_is_noted_when_the_last_one_lies_in_the_future(path, key, filled, raw):
    filled(path).close()
    with raw(path) as connection:
        connection.execute("UPDATE outputs SET used = used + 100000000")
    with closing(SqliteStore(path, 100)) as store:
        store.get_many([key(0)])
    with raw(path) as connection:
        rows = connection.execute("SELECT key, used FROM outputs ORDER BY id").fetchall()
    assert rows[-1][0] == key(0)
    assert rows[-1][1] < min(used for _, used in rows[:-1])
