"""A document is decoded and parsed once; what is no JSON is one error."""

import json

import pytest

from pipeline.errors import ArticleError
from pipeline.feed.document import Document, Entry
from pipeline.feed.item import Broken

VALUE = {"id": "a", "text": "Grüne Äpfel – 5 €"}


def items(text, keys=("items",), mark="id"):
    content = text if isinstance(text, bytes) else text.encode()
    return list(Document("feed", content).json_items(keys, lambda value: mark in value))


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings(encoding, charset):
    document = Document("feed", json.dumps(VALUE, ensure_ascii=False).encode(encoding))
    assert document.json == VALUE
    assert document.json_text[1] == charset


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"{",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a": 1} {"a": 2}',
        b"\x00\xff\xfe",
        b"\xff\xfe\x00",
        b"<xml/>",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_no_json_is_one_error(content):
    document = Document("feed", content)
    for _ in range(2):
        with pytest.raises(ArticleError) as refused:
            list(document.json_items((), lambda _: True))
        assert refused.value.reason == "unreadable_file"


@pytest.mark.parametrize("content", ["5", '"text"', "null", "true"])
def test_a_value_that_is_no_object_is_refused(content):
    with pytest.raises(ArticleError):
        items(content)


def test_one_object_has_no_number():
    assert items('{"id": 1}') == [Entry({"id": 1})]
    assert items('{"items": 5}') == [Entry({"items": 5})]


def test_arrays_with_junk_in_them():
    found = items('[{"id": 1}, 5, null, [{"id": 2}], {"id": 3}]')
    assert [entry.index for entry in found] == [1, 2, 3, 4, 5]
    assert [isinstance(entry, Broken) for entry in found] == [False, True, True, True, False]
    listed = items('{"items": [{"id": 1}, 5, null, [{"id": 2}], {"id": 3}]}')
    assert [entry.index for entry in listed] == [1, 2, 3, 4, 5]
    assert (listed[0], listed[4]) == (found[0], found[4])


def test_an_item_with_such_a_key_is_itself():
    assert [entry.value["id"] for entry in items('{"id": 1, "items": [{"id": 2}]}')] == [1]


def test_lines():
    found = items('\ufeff{"id": 1}\r\n\n{"id": 2, "text": "a\u2028b\x85c"}\n{"id": \n7\n')
    assert [getattr(entry, "line", None) or entry.index for entry in found] == [1, 3, 4, 5]
    assert [isinstance(entry, Broken) for entry in found] == [False, False, True, True]
    assert found[1].value["text"] == "a\u2028b\x85c"
    assert found[2].error.reason == "unreadable_record"
    assert "line 4" in str(found[2].error)


def test_a_line_has_a_digest_of_its_own():
    first, second, third = items('{"id": 1}\n{"id": 2}\n{"id": 1}\n')
    assert first.sha256 == third.sha256 != second.sha256
    assert first.sha256 == Document("line", b'{"id": 1}').sha256


def test_one_broken_object_is_not_taken_for_lines():
    for text in ('{\n"a": [\n{"x": 1}\n],\n"id": 1', '{"id": 1'):
        with pytest.raises(ArticleError):
            items(text)


def test_holds_json():
    def holds(text):
        return Document("feed", text.encode()).holds_json(("items",), lambda value: "id" in value)

    assert holds('{"id": 1}')
    assert holds('[5, {"id": 1}]')
    assert holds('{"x": 1}\n{"id": 1}')
    assert not holds('{"x": 1}')
    assert not holds('{"x": {"id": 1}}')
    assert not holds('{"id": ')
    assert not holds('id "id"')
    assert not holds("")
