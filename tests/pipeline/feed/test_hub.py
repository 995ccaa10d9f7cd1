"""A dataset is read from files, streamed or not, without a network."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import FeedError
from pipeline.feed.settings import Columns, HubFeed


@pytest.mark.parametrize("streaming", [True, False])
def test_a_dataset_from_files(tmp_path, streaming, read):
    (tmp_path / "a.json").write_text('{"article": "Satz.", "highlights": "Short."}\n')
    settings = HubFeed(
        dataset="json",
        files=str(tmp_path / "*.json"),
        streaming=streaming,
        columns=Columns(text="article", summary="highlights"),
    )
    (article,) = read(settings)
    assert article.id == "test-1"
    assert article.references.summaries == ("Short.",)


def test_a_dataset_without_the_column_names_those_there_are(tmp_path, read):
    (tmp_path / "a.json").write_text('{"article": "Satz."}\n')
    settings = HubFeed(dataset="json", files=str(tmp_path / "a.json"))
    with pytest.raises(FeedError, match=r"no column 'text'; there are article"):
        read(settings)


def test_a_missing_dataset_is_one_message(tmp_path, read):
    with pytest.raises(FeedError, match="cannot be loaded"):
        read(HubFeed(dataset=str(tmp_path / "none")))


def test_a_dataset_folder_whose_first_text_is_null(tmp_path, read, reasons):
    pq.write_table(pa.table({"text": [None, "Satz."]}), tmp_path / "test.parquet")
    assert reasons(read(HubFeed(dataset=str(tmp_path)))) == ["missing_field", "ok"]
