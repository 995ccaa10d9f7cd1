import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.memo.store import SqliteStore


@pytest.fixture
def path(tmp_path) -> Path:
    """Return where a memo shall be; its folder is not there yet."""
    return tmp_path / "deep" / "memo.sqlite"


@pytest.fixture
def key() -> Callable[[object], bytes]:
    """Return the key of a name."""
    return lambda name: sha256(str(name).encode()).digest()


@pytest.fixture
def filled(key) -> Callable[..., SqliteStore]:
    """Make a store with outputs of the keys 0, 1, 2, ..."""

    def fill(path, count=10, size=20, megabytes=100):
        store = SqliteStore(path, megabytes)
        store.put_many((key(n), f"{n} " + "y" * size) for n in range(count))
        return store

    return fill


@pytest.fixture
def read() -> Callable[..., dict[bytes, str]]:
    """Return what a file remembers of keys."""

    def find(path, keys):
        with closing(SqliteStore(path, 100)) as store:
            return store.get_many(keys)

    return find


@pytest.fixture
def raw() -> Callable[[Path], AbstractContextManager[sqlite3.Connection]]:
    """Open a file behind the store's back."""

    @contextmanager
    def connect(path) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(path)) as connection, connection:
            yield connection

    return connect
