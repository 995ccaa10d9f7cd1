"""Reading predictions and references: what matches, and what each complaint says."""

import json

import pytest

from evaluation.pairs import Fields, Pair, PairError, read_pairs

FIELDS = Fields("abstractive.text", "references.summaries", "id")


def jsonl(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def test_records_are_matched_by_id_in_the_order_of_the_predictions(tmp_path):
    left = jsonl(
        tmp_path / "p.jsonl",
        {"id": 2, "abstractive": {"text": "b"}},
        {"id": 1, "abstractive": {"text": "a"}},
    )
    right = jsonl(
        tmp_path / "r.jsonl",
        {"id": 1, "references": {"summaries": ["x", "y"]}},
        {"id": 2, "references": {"summaries": "z"}},
    )
    assert read_pairs(left, right, FIELDS) == [Pair("b", ("z",)), Pair("a", ("x", "y"))]


def test_a_run_is_its_own_reference(tmp_path):
    record = {"id": "1", "abstractive": {"text": "a"}, "references": {"summaries": ["x"]}}
    path = jsonl(tmp_path / "briefs.jsonl", record)
    assert read_pairs(path, path, FIELDS) == [Pair("a", ("x",))]


def test_text_files_go_line_by_line(tmp_path):
    (tmp_path / "p.txt").write_text("a\nb\n", "utf-8")
    (tmp_path / "r.txt").write_text("x\ny\n", "utf-8")
    found = read_pairs(tmp_path / "p.txt", tmp_path / "r.txt", FIELDS)
    assert found == [Pair("a", ("x",)), Pair("b", ("y",))]


@pytest.mark.parametrize(
    ("left", "right", "complaint"),
    [
        ("a\n", "x\ny\n", "line by line"),
        ("a\n", None, "cannot be read"),
    ],
)
def test_text_files_that_do_not_fit(tmp_path, left, right, complaint):
    (tmp_path / "p.txt").write_text(left, "utf-8")
    if right is not None:
        (tmp_path / "r.txt").write_text(right, "utf-8")
    with pytest.raises(PairError, match=complaint):
        read_pairs(tmp_path / "p.txt", tmp_path / "r.txt", FIELDS)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": 1, "abstr', "p.jsonl:1: not valid JSON"),
        ("[1]", "p.jsonl:1: not a JSON object"),
        ('{"abstractive": {"text": "a"}}', "p.jsonl:1: no 'id'; set id_field"),
        ('{"id": 9, "abstractive": {"text": "a"}}', "id '9' is not in"),
        ('{"id": 1, "abstract": "a"}', "set prediction_field"),
    ],
)
def test_records_that_do_not_fit(tmp_path, line, complaint):
    (tmp_path / "p.jsonl").write_text(line + "\n", "utf-8")
    right = jsonl(tmp_path / "r.jsonl", {"id": 1, "references": {"summaries": ["x"]}})
    with pytest.raises(PairError, match=complaint):
        read_pairs(tmp_path / "p.jsonl", right, FIELDS)


def test_bytes_that_are_no_utf8(tmp_path):
    (tmp_path / "p.txt").write_bytes(b"\xff\n")
    with pytest.raises(PairError, match="not UTF-8"):
        read_pairs(tmp_path / "p.txt", tmp_path / "p.txt", FIELDS)
