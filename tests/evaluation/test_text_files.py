"""Reading lines and records, and what each complaint says."""

import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evaluation.text_files import Entry, LineFile, RecordFile, TextError, holds_records


def records(path, field="abstractive.text"):
    return RecordFile(str(path), field, "id", "prediction_field")


def test_the_name_says_what_a_file_holds():
    assert all(map(holds_records, ("a.jsonl", "a.JSONL.gz", "b/a.ndjson", "a.parquet")))
    assert not any(map(holds_records, ("a.txt", "a.de", "a", "jsonl", "a.txt.gz")))


def test_lines(tmp_path):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress("eins<n>zwei \n\nüß".encode("latin-1")))
    assert list(LineFile(str(path), "latin-1", "<n>").entries()) == [
        Entry(1, "1", ("eins\nzwei",)),
        Entry(2, "2", ("",)),
        Entry(3, "3", ("üß",)),
    ]


def test_records_as_json_and_as_a_table(tmp_path):
    rows = [
        {"id": 7, "abstractive": {"text": "a"}, "flat.text": "f", "many": ["x", "", "y"]},
        {"id": 8, "abstractive": None, "flat.text": None, "many": []},
    ]
    lines, table = tmp_path / "a.jsonl", tmp_path / "a.parquet"
    lines.write_text("\n\n".join(json.dumps(row) for row in rows), "utf-8")
    pq.write_table(pa.Table.from_pylist(rows), table)
    for field, texts in (
        ("abstractive.text", ("a",)),
        ("flat.text", ("f",)),
        ("many", ("x", "y")),
    ):
        for path, second in ((lines, 3), (table, 2)):
            assert list(records(path, field).entries()) == [
                Entry(1, "7", texts),
                Entry(second, "8", ()),
            ]


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("p.jsonl", b'{"id": 1, "abstr', "p.jsonl:1: not valid JSON"),
        ("p.jsonl", b"[1]", "p.jsonl:1: not a JSON object"),
        ("p.jsonl", b'\n{"abstractive": {"text": "a"}}', "p.jsonl:2: no 'id'; set id_field"),
        ("p.jsonl", b'{}\n"\xff"', "p.jsonl:1: no 'id'"),
        ("p.parquet", b"nothing", "p.parquet: cannot be read"),
        ("p.jsonl.gz", b"nothing", "p.jsonl.gz: cannot be read"),
        ("p.jsonl.gz", gzip.compress(b"{}" * 9)[:-9], "p.jsonl.gz: cannot be read"),
    ],
)
def test_records_that_cannot_be_read(tmp_path, name, data, complaint):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TextError, match=complaint):
        list(records(tmp_path / name).entries())


def test_a_table_without_the_column(tmp_path):
    pq.write_table(pa.table({"id": ["1"], "summary": ["a"]}), tmp_path / "p.parquet")
    with pytest.raises(TextError, match="no column 'abstractive' but id, summary; set prediction_"):
        list(records(tmp_path / "p.parquet").entries())


@pytest.mark.parametrize(
    ("encoding", "complaint"),
    [
        ("utf-8", "p.txt:2: byte 4 of the line is not utf-8 .* set encoding"),
        ("utf-9", "encoding=utf-9: there is no such encoding"),
    ],
)
def test_bytes_that_are_no_text(tmp_path, encoding, complaint):
    (tmp_path / "p.txt").write_bytes(b"abc\nabc\xff\n")
    with pytest.raises(TextError, match=complaint):
        list(LineFile(str(tmp_path / "p.txt"), encoding).entries())


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(TextError, match="nowhere: cannot be read \\(No such file"):
        list(LineFile(str(tmp_path / "nowhere")).entries())
