"""NITF: documents that are no XML are repaired without loss, or refused."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.item import Item
from tests.pipeline.feed.formats.mutations import assert_usable, spliced
from tests.pipeline.feed.formats.nitf_documents import FIXTURES, FORMAT, document, items, read
from tests.pipeline.feed.formats.told import blocks_of


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("R&D und A & B", "R&D und A & B"),
        ("?a=1&b=2&copy=3", "?a=1&b=2&copy=3"),
        ("Gr&uuml;n&nbsp;&amp; &#228;lter &lt;rot", "Grün & älter <rot"),
        ("stieg um <5 Prozent", "stieg um <5 Prozent"),
        ("a < b und c > d", "a < b und c > d"),
        ("<![CDATA[A & B &uuml;]]> & C", "A & B &uuml; & C"),
    ],
)
def test_what_was_not_escaped_is_repaired_without_loss(written, text):
    item = read(document(f"<p>Eins {written} zwei.</p><p>Ende gut &.</p>"))
    assert blocks_of(item) == [("text", f"Eins {text} zwei."), ("text", "Ende gut &.")]
    assert [caution.code for caution in item.cautions] == ["repaired_xml"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Ein Wort <von vielen.</p><p>Ende gut.</p>",
        "<p>Ein <em>Wort.</p><p>Ende gut.</p>",
        "<p>Ein Wort.</em></p></block><p>Ende gut.</p>",
        "<p class=x>Ein Wort.</p><p>Ende gut.</p>",
        "<p title='a' title='b'>Ein Wort.</p><p>Ende gut.</p>",
        "<p>Ein \x00 Wort.</p><p>Ende gut.</p>",
    ],
)
def test_a_repair_loses_no_word(body):
    with contextlib.suppress(ArticleError):
        item = read(document(body))
        assert [caution.code for caution in item.cautions] == ["repaired_xml"]
        written = " ".join(text for _, text in blocks_of(item))
        plain = body
        for tag in ("<p>", "</p>", "<em>", "</em>", "</block>", "<p class=x>", "\x00"):
            plain = plain.replace(tag, " ")
        assert set(plain.replace("<p title='a' title='b'>", "").split()) <= set(written.split())


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_what_was_cut_off_is_never_repaired(share):
    content = document("<p>Eins & zwei.</p>" * 20).encode()
    with pytest.raises(ArticleError, match=r"cut off|not well-formed"):
        read(content[: int(len(content) * share)])


def test_entities_are_never_resolved():
    declared = "<!DOCTYPE nitf [<!ENTITY a 'geheim'>]>" + document("<p>&a; & b</p>")
    with pytest.raises(ArticleError) as caught:
        read(declared)
    assert caught.value.reason == "unsafe_xml"


def test_a_long_document_takes_little_time():
    started = time.perf_counter()
    for filler in ("<p>R&D</p>", "<!--", "<![CDATA[", "& ", "<p", "<em>"):
        with contextlib.suppress(ArticleError):
            read(document(filler * 20_000))
    assert time.perf_counter() - started < 15


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from(FIXTURES),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=12)), max_size=4),
)
def test_disturbed_documents_give_an_item_or_an_error(path, noise):
    content = spliced(path.read_bytes(), noise)
    FORMAT.recognises(Document("feed", content))
    try:
        outcomes = items(content)
    except ArticleError:
        return
    assert_usable(outcomes, Item)
