"""Bringing files together: what matches, and what each complaint says."""

import json

import pytest

from evaluation.pairs import Item, MatchedRecords, ParallelLines
from evaluation.text_files import LineFile, RecordFile, TextError


def jsonl(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def ours(path):
    return RecordFile(str(path), "abstractive.text", "id", "prediction_field")


def theirs(path):
    return RecordFile(str(path), "references.summaries", "id", "reference_field")


def lines(path, text):
    path.write_text(text, "utf-8")
    return LineFile(str(path))


def brief(name, text):
    return {"id": name, "abstractive": {"text": text}}


def reference(name, *texts):
    return {"id": name, "references": {"summaries": list(texts)}}


def test_records_are_matched_by_id_with_their_place_among_the_predictions(tmp_path):
    left = jsonl(tmp_path / "p.jsonl", brief(2, "b"), brief(1, "a"), brief(3, "c"))
    right = jsonl(tmp_path / "r.jsonl", reference(1, "x", "y"), reference(3), reference(2, "z"))
    found = MatchedRecords([ours(left)], [theirs(right)])
    assert sorted(found.read(), key=lambda item: item.place) == [
        Item("2", 0, ("b",), ("z",)),
        Item("1", 1, ("a",), ("x", "y")),
        Item("3", 2, ("c",), ()),
    ]
    assert found.remainder.unused == 0


def test_several_systems_references_and_a_source(tmp_path):
    systems = [
        jsonl(tmp_path / "a.jsonl", brief(1, "a1"), brief(2, "a2")),
        jsonl(tmp_path / "b.jsonl", brief(2, "b2"), brief(1, "")),
    ]
    references = [
        jsonl(tmp_path / "r.jsonl", reference(1, "x"), reference(2, "y"), reference(9, "unused")),
        jsonl(tmp_path / "s.jsonl", reference(2, "z")),
    ]
    source = jsonl(tmp_path / "feed.jsonl", {"id": 2, "text": "t"})
    found = MatchedRecords(
        [ours(path) for path in systems],
        [theirs(path) for path in references],
        RecordFile(str(source), "text", "id", "source_field"),
    )
    assert sorted(found.read(), key=lambda item: item.place) == [
        Item("1", 0, ("a1", ""), ("x",)),
        Item("2", 1, ("a2", "b2"), ("y", "z"), "t"),
    ]
    assert found.remainder.unused == 1


def test_items_come_as_soon_as_they_are_whole(tmp_path):
    records = [brief(number, "p") | reference(number, "r") for number in range(50)]
    path = jsonl(tmp_path / "briefs.jsonl", *records)
    stream = MatchedRecords([ours(path)], [theirs(path)]).read()
    assert next(stream) == Item("0", 0, ("p",), ("r",))
    stream.close()


def test_text_files_go_line_by_line(tmp_path):
    left, right = lines(tmp_path / "p", "a \n\nc"), lines(tmp_path / "r", "x\ny\x0b\r\nz\u2028z\n")
    assert list(ParallelLines([left], [right, left], left).read()) == [
        Item("1", 0, ("a",), ("x", "a"), "a"),
        Item("2", 1, ("",), ("y", ""), ""),
        Item("3", 2, ("c",), ("z\u2028z", "c"), "c"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "complaint"),
    [
        ("a\n", "x\ny\nz\n", "p has 1 lines, .*r has 3 lines: they must be parallel"),
        ("a\n\nb\nc\n", "x\ny\nz\n", "p has 4 lines, .*r has 3 .*look at line 2, which is blank"),
        ("", "x\n", "p has 0 lines"),
    ],
)
def test_text_files_that_do_not_fit(tmp_path, left, right, complaint):
    files = lines(tmp_path / "p", left), lines(tmp_path / "r", right)
    with pytest.raises(TextError, match=complaint):
        list(ParallelLines(files[:1], files[1:]).read())


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        ([brief(1, "a"), brief(9, "b")], "r.jsonl: has no record with id '9'$"),
        ([brief(8, "a"), brief(9, "b")], "r.jsonl: has no record with id '8' and 1 more"),
        (
            [brief(1, "a"), brief(1, "b")],
            "p.jsonl:2: id '1' is there twice, first in line or row 1",
        ),
    ],
)
def test_records_that_do_not_fit(tmp_path, records, complaint):
    left = jsonl(tmp_path / "p.jsonl", *records)
    right = jsonl(tmp_path / "r.jsonl", reference(1, "x"))
    with pytest.raises(TextError, match=complaint):
        list(MatchedRecords([ours(left)], [theirs(right)]).read())


def test_systems_must_have_the_same_articles(tmp_path):
    systems = [
        jsonl(tmp_path / "a.jsonl", brief(1, "a"), brief(2, "a")),
        jsonl(tmp_path / "b.jsonl", brief(1, "a")),
    ]
    right = jsonl(tmp_path / "r.jsonl", reference(1, "x"), reference(2, "x"))
    for one, other in (systems, reversed(systems)):
        with pytest.raises(TextError, match=r"b.jsonl: has no prediction with id '2'"):
            list(MatchedRecords([ours(one), ours(other)], [theirs(right)]).read())
