import pytest

from evaluation.report.fields import Fields, ReportError, read_lines


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda f: f.text("none"), "a.json: no `none`; write the run's files again"),
        (lambda f: f.text("number"), "a.json: `number` is of type int, not a string"),
        (lambda f: f.whole("flag"), "a.json: `flag` is of type bool, not a whole number"),
        (lambda f: f.whole("text"), "a.json: `text` is of type str, not a whole number"),
        (lambda f: f.number("flag"), "a.json: `flag` is of type bool, not a number"),
        (lambda f: f.number("null"), "a.json: no `null`; write the run's files again"),
        (lambda f: f.child("list"), "a.json: `list` is of type list, not an object"),
        (lambda f: f.texts("list"), "a.json: `list` is of type list, not a list of strings"),
        (
            lambda f: f.wholes("flags"),
            "a.json: `flags` is of type list, not a list of whole numbers",
        ),
        (lambda f: f.children("list"), "a.json: list: holds int, not a JSON object"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(read, message):
    fields = Fields(
        {"number": 1, "flag": True, "text": "a", "null": None, "list": [1, "a"], "flags": [True]},
        "a.json",
    )
    with pytest.raises(ReportError) as error:
        read(fields)
    assert str(error.value) == message


def test_what_may_be_absent_is_none_or_empty():
    fields = Fields({"null": None}, "a.json")
    for key in ("null", "none"):
        assert fields.text_or_none(key) is None
        assert fields.number_or_none(key) is None
        assert fields.child_or_none(key) is None
        assert fields.children(key) == []
        assert fields.texts(key) == ()


def test_lines_are_read_one_at_a_time(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n\n{"a": 2}\nbroken\n')
    lines = read_lines(path)
    assert [next(lines).whole("a"), next(lines).whole("a")] == [1, 2]
    with pytest.raises(ReportError, match=r"a\.jsonl:4: no JSON"):
        next(lines)


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": "\xff"}\n')
    with pytest.raises(ReportError, match=r"cannot read .*a\.jsonl"):
        next(read_lines(path))
