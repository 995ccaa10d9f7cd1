"""Files of another shape than expected are read, or told by one fault that names the shape."""

import gzip
import io
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed, ParquetFeed, PlaintextFeed
from pipeline.records import Article, Fault

RECORDS = [{"id": name, "text": "Größe zählt."} for name in "abc"]


def read(settings):
    return list(open_feed(settings, "de").read())


def jsonl(path, content, **more):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(JsonlFeed(path=str(path), **more))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_unicode_that_names_itself_is_read(tmp_path, encoding):
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
    for setting in ("utf-8", "cp1252"):
        if setting == "utf-8" or encoding != "utf-8-sig":
            outcomes = jsonl(tmp_path / "a.jsonl", text.encode(encoding), encoding=setting)
            assert [item.blocks[0].text for item in outcomes] == ["Größe zählt."] * 3
            assert [item.place.line for item in outcomes] == [1, 2, 3]
    (tmp_path / "a.txt").write_bytes("Größe zählt.".encode(encoding))
    (article,) = read(PlaintextFeed(path=str(tmp_path / "a.txt")))
    assert article.blocks[0].text == "Größe zählt."


def test_utf_16_without_a_mark_is_named(tmp_path):
    (fault,) = jsonl(tmp_path / "a.jsonl", json.dumps(RECORDS[0]).encode("utf-16-le"))
    assert "UTF-16" in fault.message
    assert "iconv" in fault.remedy


def test_utf_16_that_breaks_off_is_a_fault(tmp_path):
    text = "".join(json.dumps(record) + "\n" for record in RECORDS)
    outcomes = jsonl(tmp_path / "a.jsonl", text.encode("utf-16")[:-1])
    assert outcomes[-1].reason == "unreadable_file"


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORDS, indent=2),
        "\n" + json.dumps(RECORDS, indent=1),
        "[\n]",
        '[{"id": 1},\n1]',
    ],
)
def test_an_array_over_several_lines_is_one_fault(tmp_path, content):
    (fault,) = jsonl(tmp_path / "a.jsonl", content)
    assert (fault.reason, "JSON array" in fault.message) == ("unreadable_record", True)
    assert "jq -c '.[]'" in fault.remedy


def test_an_object_over_several_lines_is_one_fault(tmp_path):
    (fault,) = jsonl(tmp_path / "a.jsonl", json.dumps(RECORDS[0], indent=2))
    assert "JSON object" in fault.message
    assert "jq -c '.'" in fault.remedy


def test_an_array_in_one_line_names_the_remedy(tmp_path):
    (fault,) = jsonl(tmp_path / "a.jsonl", json.dumps(RECORDS))
    assert "jq -c '.[]'" in fault.remedy


@pytest.mark.parametrize("first", ['{"id": "x", "te', '["x', '{"id": "x",'])
def test_a_first_line_that_was_cut_hides_no_other(tmp_path, first):
    outcomes = jsonl(tmp_path / "a.jsonl", f"{first}\n{json.dumps(RECORDS[0])}\n")
    assert [type(item) for item in outcomes] == [Fault, Article]


def test_a_number_that_is_too_large_is_named(tmp_path):
    (fault,) = jsonl(tmp_path / "a.jsonl", '{"id": "a", "text": "x", "n": 1e999}')
    assert "1e999 is too large" in fault.message
    assert "NaN" not in fault.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_that_is_too_long_stops_no_other(tmp_path, encoding):
    records = [RECORDS[0], {"id": "long", "text": "x" * 3_000_000}, RECORDS[1]]
    text = "".join(json.dumps(record) + "\n" for record in records)
    outcomes = jsonl(tmp_path / "a.jsonl", text.encode(encoding), max_characters=1000)
    assert [getattr(item, "reason", "ok") for item in outcomes] == ["ok", "too_long", "ok"]
    assert outcomes[1].place.line == 2
    assert "feed.max_characters" in outcomes[1].remedy


def test_a_long_line_in_an_archive_and_at_the_end(tmp_path):
    text = json.dumps(RECORDS[0]) + "\n" + "x" * 200_000
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as stream:
        stream.write(text)
    outcomes = read(JsonlFeed(path=str(tmp_path / "a.jsonl.gz"), max_characters=100))
    assert [getattr(item, "reason", "ok") for item in outcomes] == ["ok", "too_long"]


def test_the_limit_holds_for_text_files_standard_input_and_tables(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("ä" * 2000, encoding="utf-8")
    (tmp_path / "b.txt").write_text("ä" * 200, encoding="utf-8")
    outcomes = read(PlaintextFeed(path=str(tmp_path / "*.txt"), max_characters=1000))
    assert [getattr(item, "reason", "ok") for item in outcomes] == ["too_long", "ok"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 5000)))
    (fault,) = read(PlaintextFeed(path="-", max_characters=1000))
    assert fault.reason == "too_long"
    pq.write_table(pa.table({"id": ["a"], "text": ["x" * 2000]}), tmp_path / "a.parquet")
    (fault,) = read(ParquetFeed(path=str(tmp_path / "a.parquet"), max_characters=1000))
    assert fault.reason == "too_long"


@pytest.mark.timeout(30)
def test_a_giant_word_is_a_fault_in_no_time(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x" * 20_000_000)
    (fault,) = read(PlaintextFeed(path=str(tmp_path / "a.txt")))
    assert (fault.reason, fault.article_id) == ("too_long", "a")
