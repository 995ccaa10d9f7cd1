"""A row is an article, and columns are named in the settings."""

import pytest

from pipeline.errors import FeedError
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import Columns, ParquetFeed
from pipeline.records import Block


def test_parquet_with_nested_columns(tmp_path, read, parquet):
    path = parquet(
        tmp_path / "a.parquet",
        key=[1, 2],
        pair=[{"de": "Satz.", "en": "Sentence."}, {"de": None, "en": "x"}],
        notes=[["One.", "Two."], None],
    )
    columns = Columns(id="key", text="pair.de", translation="pair.en", summary="notes")
    good, bad = read(ParquetFeed(path=path, columns=columns))
    assert (good.id, good.blocks) == ("1", (Block("Satz."),))
    assert good.references.translation == "Sentence."
    assert good.references.summaries == ("One.", "Two.")
    assert bad.reason == "missing_field"
    assert bad.place.line == 2


def test_parquet_with_other_columns_names_those_there_are(tmp_path, parquet):
    path = parquet(tmp_path / "a.parquet", headline=["x"], body=["y"])
    with pytest.raises(FeedError, match=r"headline, body.*feed\.columns\.text"):
        open_feed(ParquetFeed(path=path), "de")


def test_rows_without_id_are_numbered(tmp_path, read, parquet):
    path = parquet(tmp_path / "a.parquet", text=["Eins.", "Zwei."])
    articles = read(ParquetFeed(path=path, columns=Columns()))
    assert [article.id for article in articles] == ["a-1", "a-2"]


def test_a_file_that_is_no_parquet(tmp_path):
    (tmp_path / "a.parquet").write_text("nonsense")
    with pytest.raises(FeedError, match="no readable Parquet"):
        open_feed(ParquetFeed(path=str(tmp_path / "a.parquet")), "de")


def test_other_columns_are_carried_and_embargoes_hold(tmp_path, read, parquet):
    late = "2999-01-01T00:00:00Z"
    path = parquet(
        tmp_path / "a.parquet", id=["a", "b"], text=["x", "y"], n=[1, 2], embargo=[None, late]
    )
    good, bad = read(ParquetFeed(path=path, columns=Columns(id="id")))
    assert (good.extra, bad.reason) == ({"n": 1}, "embargoed")


def test_a_missing_nested_or_reference_column_is_told(tmp_path, parquet):
    path = parquet(tmp_path / "a.parquet", pair=[{"de": "Satz."}])
    for columns in (Columns(text="pair.fr"), Columns(text="pair.de", summary="short")):
        with pytest.raises(FeedError, match=r"pair\.de"):
            open_feed(ParquetFeed(path=path, columns=columns), "de")
