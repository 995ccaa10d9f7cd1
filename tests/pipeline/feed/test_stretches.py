"""However files are cut into stretches, the records are those of reading them through."""

import gzip
import json
from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.errors import ConfigError, FeedError
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import Columns, HubFeed, JsonlFeed, ParquetFeed
from pipeline.feed.stretches import StretchReader, can_be_cut
from pipeline.records import Article


def line(number, size=1):
    return json.dumps({"id": f"a-{number}", "text": "Der Umsatz stieg. " * size})


AWKWARD = [
    "",
    line(1),
    line(2, 40),
    "{broken",
    "",
    line(3),
    "\ufeff" + line(4),
    json.dumps({"id": "no-text"}),
    line(5, 3),
    "[1, 2]",
    line(6),
]


def through(feed):
    return list(open_feed(feed, "de").read())


def in_pieces(feed, stretch_bytes, records):
    """Survey every stretch, then read every cut for itself, as a cluster does."""
    reader = StretchReader(feed, "de", stretch_bytes)
    items, counted, lines, source = [], 0, 0, None
    for stretch in reader.find():
        if stretch.source != source:
            source, lines, ended = stretch.source, 0, False
        if ended:
            continue
        survey = reader.survey(stretch, records)
        ended = survey.ends
        for cut, entries in survey.cuts:
            found = list(reader.read(replace(cut, passed=cut.passed + lines)))
            assert len(found) == len(entries) == cut.count <= records
            assert [isinstance(item, Article) for item in found] == [e is not None for e in entries]
            items += found
            counted += len(entries)
        lines += survey.lines
    assert counted == len(items)
    return items


@pytest.mark.parametrize("stretch_bytes", [1, 7, 64, 333, 1 << 20])
@pytest.mark.parametrize("records", [1, 3, 100])
def test_jsonl_is_read_alike_wherever_it_is_cut(tmp_path, stretch_bytes, records):
    path = tmp_path / "feed.jsonl"
    path.write_bytes("\n".join(AWKWARD).encode() + b"\n\xff\xfe\n" + line(7).encode())
    feed = JsonlFeed(path=str(path))
    whole = through(feed)
    assert len(whole) == 11
    assert in_pieces(feed, stretch_bytes, records) == whole


def test_a_line_that_is_too_long_is_one_fault_wherever_it_is_cut(tmp_path):
    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join([line(1), line(2, 50_000), line(3)]), encoding="utf-8")
    feed = JsonlFeed(path=str(path), max_characters=100)
    whole = through(feed)
    assert [isinstance(item, Article) for item in whole] == [True, False, True]
    for stretch_bytes in (100_000, 500_000):
        assert in_pieces(feed, stretch_bytes, 2) == whole


def test_what_follows_one_document_is_not_read(tmp_path):
    path = tmp_path / "feed.jsonl"
    path.write_text(f"[\n{line(1)},\n{line(2)}\n]\n", encoding="utf-8")
    feed = JsonlFeed(path=str(path))
    assert len(through(feed)) == 1
    assert in_pieces(feed, 20, 2) == through(feed)


@pytest.mark.parametrize("name", ["feed.jsonl.gz", "utf16.jsonl", "empty.jsonl", "cut.jsonl.gz"])
def test_files_that_cannot_be_entered_in_the_middle_are_read_from_the_start(tmp_path, name):
    text = "\n".join(AWKWARD)
    content = {
        "feed.jsonl.gz": gzip.compress(text.encode()),
        "utf16.jsonl": text.replace("\ufeff", "").encode("utf-16"),
        "empty.jsonl": b"",
        "cut.jsonl.gz": gzip.compress(text.encode())[:-20],
    }
    (tmp_path / name).write_bytes(content[name])
    feed = JsonlFeed(path=str(tmp_path / name))
    assert in_pieces(feed, 50, 2) == through(feed)


@pytest.fixture
def table(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = [None if number == 5 else f"Absatz {number}." for number in range(23)]
    columns = {"key": [f"k{number % 20}" for number in range(23)], "text": texts}
    path = tmp_path / "feed.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=4)
    return path


@pytest.mark.parametrize("records", [1, 3, 4, 50])
def test_tables_are_read_alike_from_any_row(table, records):
    for key in ("key", None):
        feed = ParquetFeed(path=str(table), columns=Columns(id=key))
        whole = through(feed)
        assert len(whole) == 23
        assert in_pieces(feed, 1, records) == whole


def test_a_damaged_table_breaks_off_at_the_same_row(table):
    import pyarrow.parquet as pq

    chunk = pq.ParquetFile(table).metadata.row_group(3).column(1)
    content = bytearray(table.read_bytes())
    at = chunk.dictionary_page_offset or chunk.data_page_offset
    content[at : at + 30] = bytes(30)
    table.write_bytes(content)
    feed = ParquetFeed(path=str(table), columns=Columns(id="key"))
    whole = through(feed)
    assert whole[-1].reason == "unreadable_file"
    assert in_pieces(feed, 1, 2) == whole


def test_an_address_is_read_as_a_path_is(tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("\n".join(AWKWARD), encoding="utf-8")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(line(9).encode()))
    by_path = through(JsonlFeed(path=str(tmp_path)))
    for path in (f"file://{tmp_path}", f"file://{tmp_path}/*.jsonl*"):
        found = in_pieces(JsonlFeed(path=path), 100, 3)
        assert found == through(JsonlFeed(path=path))
        assert [item.place.line for item in found] == [item.place.line for item in by_path]
        assert all(item.place.source.startswith("file://") for item in found)
    assert {a.place.source for a, b in pairwise(found)} >= {f"file://{tmp_path}/a.jsonl"}


def test_an_address_without_a_file_is_told(tmp_path):
    for path in (f"file://{tmp_path}/none.jsonl", "nosuch://x/y", f"file://{tmp_path}/*.jsonl"):
        with pytest.raises(FeedError, match=r"feed\.path"):
            open_feed(JsonlFeed(path=path), "de")


def test_only_lines_and_tables_can_be_cut():
    assert can_be_cut(JsonlFeed(path="a.jsonl"))
    assert can_be_cut(ParquetFeed(path="a.parquet"))
    assert not can_be_cut(JsonlFeed(path="-"))
    assert not can_be_cut(HubFeed(dataset="a"))
    with pytest.raises(ConfigError, match="cannot be cut"):
        StretchReader(HubFeed(dataset="a"), "de")
