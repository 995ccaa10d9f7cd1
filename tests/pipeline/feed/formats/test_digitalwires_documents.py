"""dpa digitalwires: answers, arrays, lines, encodings, and values of any type anywhere."""

import json

import pytest
from hypothesis import given, settings

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.item import Broken, Item
from tests.pipeline.feed.formats.digitalwires_items import FORMAT, STORY
from tests.pipeline.feed.formats.leaks import assert_keeps
from tests.pipeline.feed.formats.mutations import assert_usable, mutated
from tests.pipeline.feed.formats.told import read


def test_answers_arrays_and_lines():
    item = json.dumps(STORY, ensure_ascii=False)
    assert [found.index for found in read(FORMAT, f"[{item},{item}]")] == [1, 2]
    assert read(FORMAT, '{"entries": []}') == []
    lines = read(FORMAT, f"{item}\r\n\r\n[]\n{item[:90]}\n{item}\n")
    assert [getattr(found, "line", "broken") for found in lines] == [1, "broken", 5]
    assert (lines[0].index, lines[0].wire.sha256) == (None, lines[2].wire.sha256)
    answers = read(FORMAT, "\n".join([f'{{"entries": [{item}]}}'] * 2))
    assert [(found.line, found.index) for found in answers] == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "a", "text": "Ein Text."}',
        '{"id": "a", "text": "b"}\n{"id": "b", "text": "c"}',
        "{}",
        "[]",
        '{"entries": [{"title": "RSS as JSON"}]}',
        '{"urn": "urn:x"}',
        "<xml/>",
        "",
        "Berlin (dpa) - Ein Text.",
        "\x00\x01",
    ],
)
def test_other_documents_are_not_recognised(content):
    assert not FORMAT.recognises(Document("feed", content.encode()))


def test_documents_that_are_cut_off_are_recognised_and_refused():
    for content in (json.dumps(STORY)[:3000], json.dumps(STORY, indent=1)[:3000]):
        document = Document("feed", content.encode())
        assert FORMAT.recognises(document)
        with pytest.raises(ArticleError) as refused:
            list(FORMAT.read(document))
        assert refused.value.reason == "unreadable_file"
        assert_keeps(refused.value, ["Hellmer", "Geheimrat"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding):
    story = json.dumps(STORY, ensure_ascii=False).encode(encoding)
    (item,) = read(FORMAT, story)
    assert item.wire.teaser == STORY["teaser"]


@given(changed=mutated(STORY))
@settings(max_examples=150, deadline=None)
def test_no_type_anywhere_is_a_crash(changed):
    assert_usable(read(FORMAT, json.dumps(changed)))


@given(changed=mutated({"entries": [STORY, STORY]}))
@settings(max_examples=40, deadline=None)
def test_nor_in_an_answer(changed):
    assert all(isinstance(found, Item | Broken) for found in read(FORMAT, json.dumps(changed)))
