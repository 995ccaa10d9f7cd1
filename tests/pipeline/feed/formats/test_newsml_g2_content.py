"""NewsML-G2: which of the renditions is the text, and what of its markup is no body."""

import base64
import itertools

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.item import Broken
from pipeline.records import Article, Place
from tests.pipeline.feed.formats.newsml_g2_items import (
    NITF,
    PRIVATE,
    XHTML,
    items,
    news_item,
    read,
    rendition,
)
from tests.pipeline.feed.formats.told import texts


def test_the_text_is_chosen_whatever_its_place_among_the_renditions():
    renditions = [
        XHTML.format("<section class='main'><p>Der ganze Text.</p></section>"),
        rendition("headline", "Titel"),
        rendition("teaser", "Anriss."),
        rendition("text", "Nur als Ersatz."),
        rendition("nonpublic", "Autor/in: Erna Geheim, geheim@example.org"),
    ]
    for order in itertools.permutations(renditions):
        item = read("".join(order))
        assert texts(item) == ["Der ganze Text."]
        assert "Geheim" not in repr(item)


def test_the_plain_rendition_is_the_fallback_and_others_fill_gaps():
    content = rendition("public", "# Notizblock") + rendition(
        "text", "Ulm (dpa) - Erster Absatz.\n\nZweiter Absatz."
    )
    item = read(content + rendition("teaser", "Kurz gesagt.") + rendition("nonpublic", "Geheim"))
    assert item.text == "Ulm (dpa) - Erster Absatz.\n\nZweiter Absatz."
    assert item.wire.teaser == "Kurz gesagt."
    assert "Geheim" not in repr(item)
    article = ArticleMaker("de").make(item, Place("feed"))
    assert isinstance(article, Article)
    assert article.dateline == "Ulm (dpa)"
    assert [block.text for block in article.blocks] == ["Erster Absatz.", "Zweiter Absatz."]


def test_without_a_public_text_there_is_no_story():
    (broken,) = items(news_item(rendition("nonpublic", "Geheim") + rendition("teaser", "Anriss")))
    assert isinstance(broken, Broken)
    assert (broken.error.reason, broken.id) == ("no_text", "a-1")
    assert "Geheim" not in str(broken.error)


@pytest.mark.parametrize(
    "content",
    [
        "<inlineData contenttype='text/html'>&lt;p&gt;Ein &amp;amp; zwei.&lt;/p&gt;</inlineData>",
        "<inlineData>&lt;div&gt;&lt;p&gt;Ein &amp;amp; zwei.&lt;/p&gt;&lt;/div&gt;</inlineData>",
        "<inlineData contenttype='text/html' encoding='enc:base64'>{}</inlineData>".format(
            base64.b64encode(b"<p>Ein &amp; zwei.</p>").decode()
        ),
        "<inlineXML><p>Ein &amp; zwei.</p></inlineXML>",
        "<inlineXML contenttype='application/xhtml+html'><x:html xmlns:x='xhtml'><x:body>"  # noqa: ISC004
        "<x:p>Ein &amp; zwei.</x:p></x:body></x:html></inlineXML>",
        "<inlineXML><w><html><body><p>Ein &amp; zwei.</p></body></html></w></inlineXML>",
        NITF.format("<block><p>Ein &amp; zwei.</p></block>"),
    ],
)
def test_text_in_every_wrapping(content):
    assert texts(read(content)) == ["Ein & zwei."]


def test_german_goes_first_then_the_markup_that_tells_more():
    english = XHTML.format("<p>A long English text of many words.</p>").replace(
        "<inlineXML", "<inlineXML xml:lang='en'"
    )
    german = NITF.format("<p>Deutscher Text.</p>").replace("<inlineXML", "<inlineXML xml:lang='de'")
    item = read(english + german, about="<language tag='en'/>")
    assert (texts(item), item.language) == (["Deutscher Text."], "de")
    both = NITF.format("<p>Als NITF, mit mehr Wörtern.</p>") + XHTML.format("<p>Als XHTML.</p>")
    assert texts(read(both)) == ["Als XHTML."]
    assert texts(read(NITF.format("<p>Kurz.</p>") + NITF.format("<p>Viel länger.</p>"))) == [
        "Viel länger."
    ]


@pytest.mark.parametrize(
    ("meta", "content", "held"),
    [
        (
            "<itemClass qcode='ninat:picture'/>",
            "<remoteContent contenttype='image/jpeg'/>",
            "image",
        ),
        ("<itemClass qcode='ninat:video'/>", "<remoteContent href='x'/>", "remoteContent"),
        ("", "<inlineXML><sports-content><p/></sports-content></inlineXML>", "sports-content"),
        ("<itemClass qcode='ninat:text'/>", "<inlineXML> </inlineXML>", "empty inlineXML"),
        ("", "<inlineData contenttype='application/json'>{}</inlineData>", "application/json"),
        ("", "", "nothing"),
    ],
)
def test_what_is_no_text_says_what_it_is(meta, content, held):
    (broken,) = items(news_item(content, meta=meta))
    assert isinstance(broken, Broken)
    assert broken.error.reason == "no_text"
    assert held in str(broken.error)


def test_a_picture_item_with_a_text_is_read_and_its_caption_is_none():
    about = "<description role='drol:caption'>Bildtext</description>"
    meta = "<itemClass qcode='ninat:graphic'/>"
    item = read(meta=meta, about=about)
    assert (texts(item), item.wire.teaser) == (["Text."], None)


def test_a_flash_is_its_headline():
    item = read("", about="<urgency>1</urgency>")
    assert (item.title, item.blocks, item.text, item.wire.urgency) == ("Titel", (), None, 1)


def test_what_the_markup_sets_apart_is_no_body():
    body = (
        "<header><h1>Titel</h1><p class='genre'>Meldung</p></header>"
        "<p class='teaser'>Anriss.</p><p class='byline'>Von Eva Muster</p>"
        "<p><span class='dateline'>Hanau <span class='credit'>(dpa)</span> -\u00a0</span>Der Satz "
        "<b>geht</b> weiter.</p><figure><img/><figcaption>Bildtext</figcaption></figure>"
        "<section class='notepad'><section class='np-public'><p>Hinweis</p></section>"
        f"<section class='np-nonpublic'><p>{PRIVATE}</p></section></section>"
        "<strong class='embargoed'>Sperrfrist</strong><p class='closingline'>dpa xx yyhe n1 mm</p>"
    )
    item = read(XHTML.format(body))
    assert texts(item) == ["Der Satz geht weiter."]
    assert item.dateline == "Hanau (dpa)"
    assert (item.wire.teaser, item.wire.byline) == ("Anriss.", "Von Eva Muster")
    assert item.signature == "dpa xx yyhe n1 mm"


def test_a_header_without_a_headline_is_text_and_a_repeated_headline_is_none():
    assert texts(read(XHTML.format("<header><p>Eins.</p></header><p>Zwei.</p>"))) == [
        "Eins.",
        "Zwei.",
    ]
    assert texts(read(XHTML.format("<h1> TITEL </h1><p>Zwei.</p>"))) == ["Zwei."]
