import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.feed.gate import Gate
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import FeedSettings, JsonlFeed
from pipeline.records import Article, Fault


@pytest.fixture
def read() -> Callable[[FeedSettings], list[Article | Fault]]:
    """Return all that a feed gives, and what is held back as a fault."""

    def read(settings):
        gate = Gate()
        return [
            item if isinstance(item, Fault) else gate.admit(item)
            for item in open_feed(settings, "de").read()
        ]

    return read


@pytest.fixture
def reasons() -> Callable[[list[Article | Fault]], list[str]]:
    """Return why each record became a fault; `ok` for an article."""
    return lambda outcomes: [getattr(outcome, "reason", "ok") for outcome in outcomes]


@pytest.fixture
def jsonl() -> Callable[..., JsonlFeed]:
    """Write records, or lines as they are, into a file and return the feed of it."""

    def write(path, *lines):
        rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(rows), encoding="utf-8")
        return JsonlFeed(path=str(path))

    return write


@pytest.fixture
def parquet() -> Callable[..., str]:
    """Write columns into a file and return its path."""

    def write(path: Path, **columns: list[object]) -> str:
        pq.write_table(pa.table(columns), path)
        return str(path)

    return write
