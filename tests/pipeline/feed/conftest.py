import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.feed.intake import Intake
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import FeedSettings, JsonlFeed
from pipeline.records import Article, Fault


@pytest.fixture
def read() -> Callable[[FeedSettings], list[Article | Fault]]:
    """Return what a feed gives, in whatever language."""

    return lambda settings: list(Intake(open_feed(settings, "de"), "de").admitted())


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
