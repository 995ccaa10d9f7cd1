"""NITF: bylines, datelines, bodies, and what of them is said once."""

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.records import Place
from tests.pipeline.feed.formats.nitf_documents import FIXTURES, document, read
from tests.pipeline.feed.formats.told import blocks_of


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_captions_notes_and_keys_are_nowhere(path):
    written = repr(read(path.read_bytes()))
    for words in ("5550123", "GEHEIM", "Foto:", "Ida Moser", "Spalten", "Quelle", "For global"):
        assert words not in written


@pytest.mark.parametrize(
    ("head", "byline", "signature"),
    [
        ("<byline>By BEN WICK<byttl>AP Writer</byttl></byline>", "By BEN WICK, AP Writer", None),
        ("<byline>Von <person>Ute Groß</person>, dpa</byline>", "Von Ute Groß, dpa", None),
        ("<byline><bytag>Von Ute Groß</bytag></byline>", "Von Ute Groß", None),
        ("<byline>Ute</byline><byline>Ida</byline>", "Ute; Ida", None),
        ("<byline>gr/bp</byline>", None, "gr/bp"),
        ("<byline/>", None, None),
    ],
)
def test_bylines(head, byline, signature):
    item = read(document(head=head))
    assert (item.wire.byline, item.signature) == (byline, signature)


@pytest.mark.parametrize(
    ("head", "body", "dateline", "places"),
    [
        ("<dateline><location>ULM</location></dateline>", "Text.", "ULM", ("ULM",)),
        ("<dateline><location>ULM</location></dateline>", "ULM (AP) — Text.", None, ("ULM",)),
        ("<dateline>Oslo (NTB) - </dateline>", "Text.", "Oslo (NTB)", ()),
        ("<dateline><location><city>Ulm</city></location>, 1. März</dateline>", "Text.",
         "Ulm, 1. März", ("Ulm",)),
        ("<dateline><story.date norm='x'>20170102T222800+0000</story.date></dateline>", "Text.",
         None, ()),
    ],
)  # fmt: skip
def test_datelines(head, body, dateline, places):
    item = read(document(f"<p>{body}</p>", head=head))
    assert (item.dateline, item.wire.located) == (dateline, places)


def test_a_dateline_that_the_text_repeats_is_there_once():
    head = "<dateline><location>NEW YORK</location></dateline>"
    item = read(document("<p>NEW YORK (AP) — Text.</p>", head=head))
    article = ArticleMaker("de").make(item, Place("feed"))
    assert article.dateline == "NEW YORK (AP)"
    assert article.blocks[0].text == "Text."


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>Er <em>sagte</em> nichts.</p>", [("text", "Er sagte nichts.")]),
        ("<block><p>a</p><block><p>b</p></block></block>", [("text", "a"), ("text", "b")]),
        ("<hl2>Zwischenzeile</hl2><p>a</p>", [("subhead", "Zwischenzeile"), ("text", "a")]),
        ("<hl2>Titel</hl2><p>a</p>", [("text", "a")]),
        ("<ol><li>a</li><li><p>b</p></li></ol>", [("item", "a"), ("item", "b")]),
        ("<p>a</p><p>ends</p>", [("text", "a")]),
        ("<p>a</p><p>___</p><p/>", [("text", "a")]),
        ("<p>a<media><media-caption>c</media-caption></media>b</p>", [("text", "ab")]),
        ("<p>a</p><media-caption>c</media-caption>", [("text", "a")]),
        ("<p>a <note><p>Desk</p></note>b</p>", [("text", "a b")]),
        ("loser Text", [("text", "loser Text")]),
        ("", []),
    ],
)
def test_bodies(body, blocks):
    assert blocks_of(read(document(body))) == blocks


def test_a_teaser_that_opens_the_text_is_not_told_twice():
    head = "<abstract><p>Die Ministerin</p></abstract>"
    assert read(document("<p>Die Ministerin geht.</p>", head=head)).wire.teaser is None
    assert read(document("<p>Sie geht.</p>", head=head)).wire.teaser == "Die Ministerin"


def test_the_title_stands_in_for_a_headline():
    content = (
        document()
        .replace("<hl1>Titel</hl1>", "")
        .replace("<head>", "<head><title>Aus dem Kopf</title>")
    )
    assert read(content).title == "Aus dem Kopf"
