"""What is wrong with a record is told by its right name; no wrong type just vanishes."""

import json

import pytest

from pipeline.feed.record import RecordParser
from pipeline.records import Article, Fault, Place

PLACE = Place("feed.jsonl", 1)


def parse(**record):
    return RecordParser("de").parse({"id": "a", "text": "Der Kurs stieg.", **record}, PLACE)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (None, "has no 'id'"),
        (True, "true or false"),
        ([1], "a list"),
        ({"x": 1}, "an object"),
        ("", "no character"),
        ("  ", "no character"),
        ("\ud800", "no character"),
    ],
)
def test_an_id_that_is_none(name, words):
    fault = parse(id=name)
    assert isinstance(fault, Fault)
    assert fault.reason == "missing_field"
    assert words in fault.message
    assert fault.message.isprintable()


@pytest.mark.parametrize("status", [None, "", "usable", "USABLE", "Usable", " usable "])
def test_usable_in_any_case(status):
    assert isinstance(parse(status=status), Article)


@pytest.mark.parametrize("status", ["UNUSABLE", "withheld", False, 0, ["usable"]])
def test_any_other_status_is_held_back(status):
    assert parse(status=status).status == "withheld"


@pytest.mark.parametrize("status", ["canceled", "Cancelled"])
def test_a_kill_in_both_spellings(status):
    assert parse(status=status).status == "canceled"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("references", 5, "references is a number"),
        ("references", ["a"], "references is a list"),
        ("references", {"summaries": [5]}, "number 1 is a number"),
        ("references", {"summaries": 5}, "summaries is a number"),
        ("references", {"translation": ["a", "b"]}, "translation is a list"),
        ("references", {"summary": "a"}, "references.summary is not known"),
        ("title", ["a"], "title is a list"),
        ("provider", {"name": "x"}, "provider is an object"),
        ("dateline", True, "dateline is true or false"),
        ("signature", ["x"], "signature is a list"),
        ("language", ["de"], "language is a list"),
    ],
)
def test_a_value_of_the_wrong_type_is_a_warning(field, value, words):
    (caution,) = parse(**{field: value}).warnings
    assert (caution.code, words in caution.message) == ("ignored_value", True), caution


@pytest.mark.parametrize("value", [0, False, ["2024"], "gestern", 20241025])
def test_a_time_that_is_none_is_a_warning(value):
    assert [caution.code for caution in parse(published=value).warnings] == ["unknown_time"]


@pytest.mark.parametrize(
    "record",
    [
        {"references": None, "title": None, "published": None},
        {"references": {"translation": None, "summaries": None}, "title": "", "published": ""},
        {"references": {"summaries": ["a"], "translation": "b"}, "title": 5},
        {"references": {"summaries": "a"}},
    ],
)
def test_right_and_absent_values_are_no_warning(record):
    assert parse(**record).warnings == ()


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Der Um\x1b[31msatz\x1b[0m stieg.", "Der Umsatz stieg."),
        ("Der \x1b]0;Titel 7\x07Umsatz stieg.", "Der Umsatz stieg."),
        ("Der \x1b]8;;https://x.example/9\x1b\\Umsatz\x1b]8;;\x1b\\ stieg.", "Der Umsatz stieg."),
        ("Der \x1b[1;38;5;200mUmsatz stieg.", "Der Umsatz stieg."),
        ("Der \x9b31mUmsatz stieg.", "Der Umsatz stieg."),
        ("Der \x1b(BUmsatz stieg.", "Der Umsatz stieg."),
        ("Der Umsatz\x1b stieg.", "Der Umsatz stieg."),
        ("Der \x1b]Umsatz stieg.", "Der Umsatz stieg."),
    ],
)
def test_terminal_sequences_go_whole(text, clean):
    article = parse(text=text, title=text)
    assert (article.blocks[0].text, article.title) == (clean, clean)
    assert [caution.code for caution in article.warnings] == ["control_characters"]


def test_more_characters_than_allowed_are_a_fault():
    parser = RecordParser("de", max_characters=200)
    records = [
        {"id": "a", "text": "x" * 150},
        {"id": "b", "text": "x" * 250},
        {"id": "c", "text": "x", "references": {"translation": "y" * 250}},
        {"id": "d", "text": "x", "desk": ["y" * 250]},
    ]
    outcomes = [parser.parse(json.loads(json.dumps(record)), PLACE) for record in records]
    assert isinstance(outcomes[0], Article)
    for fault in outcomes[1:]:
        assert fault.reason == "too_long"
        assert "feed.max_characters" in fault.remedy
