"""The store keeps what it was given, and tells what it holds."""

from contextlib import closing

from pipeline.memo.store import NoStore, SqliteStore

HOSTILE = {
    "empty": "",
    "umlauts": "Größenwahn „Ärger“ – 1,2 Mrd. €",
    "zero": "before\0after",
    "emoji": "🙂\u200f\u202e",
    "half": "\ud83d",
    "long": "x" * 300_000,
}


def test_what_is_put_is_got_by_the_next_process(path, key):
    with closing(SqliteStore(path, 10)) as store:
        store.put_many((key(name), text) for name, text in HOSTILE.items())
    with closing(SqliteStore(path, 10)) as store:
        found = store.get_many([key(name) for name in (*HOSTILE, "unknown")])
    assert found == {key(name): text for name, text in HOSTILE.items()}


def test_many_keys_at_once(path, key, filled):
    with closing(filled(path, 1703)) as store:
        assert len(store.get_many([key(n) for n in range(3000)])) == 1703


def test_a_second_output_replaces_the_first(path, key, filled):
    with closing(filled(path)) as store:
        store.put_many([(key(3), "new")])
        assert store.get_many([key(3)]) == {key(3): "new"}
        assert store.inspect().entries == 10


def test_no_store_remembers_nothing(key):
    store = NoStore()
    store.open()
    store.put_many([(key(1), "a")])
    assert store.get_many([key(1)]) == {}


def test_statistics(path, filled):
    with closing(SqliteStore(path, 10)) as store:
        assert store.inspect().entries == 0
        assert store.inspect().oldest_use is None
    with closing(filled(path)) as store:
        found = store.inspect()
    assert found.entries == 10
    assert 1_700_000_000 < found.oldest_use <= found.newest_use
    assert found.file_bytes == path.stat().st_size


def test_reading_writes_nothing_while_uses_are_fresh(path, key, filled):
    filled(path).close()
    before = path.read_bytes()
    with closing(SqliteStore(path, 100)) as store:
        assert len(store.get_many([key(n) for n in range(10)])) == 10
    assert path.read_bytes() == before
