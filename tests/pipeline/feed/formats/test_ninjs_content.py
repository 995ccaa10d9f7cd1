"""ninjs: which of the renditions is the text, and what of it is no body."""

import pytest

from pipeline.feed.item import Broken
from tests.pipeline.feed.formats.ninjs_items import FLAT, arrays, body, flat, text_of


@pytest.mark.parametrize(
    ("left_out", "text"),
    [
        ((), "Der Kranbauer"),
        (("body_html",), "XHTML"),
        (("body_html", "body_xhtml"), "Andere Fassung"),
    ],
)
def test_html_comes_before_xhtml_before_plain_text(left_out, text):
    item = flat(**{"body_xhtml": "<p>XHTML-Fassung.</p>"} | dict.fromkeys(left_out))
    assert text in text_of(item)


def test_an_empty_rendition_is_no_body():
    assert text_of(flat(body_html="<p> </p>")) == "Andere Fassung ohne Auszeichnung."
    assert text_of(arrays(body(""), body("Nur Text.", "text/plain"))) == "Nur Text."


@pytest.mark.parametrize("role", ["summary", "teaser", "caption", "ednote", "contacts", "internal"])
def test_what_is_beside_the_body_is_no_body(role):
    assert (
        text_of(arrays(body("<p>Anderes.</p>", role=role), body("Text.", "text/plain"))) == "Text."
    )
    assert arrays(body("<p>Anderes.</p>", role=role)).error.reason == "no_text"


def test_the_main_body_comes_first():
    bodies = body("<p>Lang.</p>", role="html"), body("<p>Haupttext.</p>", role="main")
    assert text_of(arrays(*bodies)) == "Haupttext."


def test_nitf_is_read_where_there_is_nothing_else():
    nitf = (
        '<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>T</title></head><body>'
        "<body.head><byline>Von X</byline></body.head><body.content><block><p>Erster.</p></block>"
        "<p>Zweiter.</p></body.content></body></nitf>"
    )
    assert text_of(arrays(body(nitf, "text/vnd.IPTC.NITF"))) == "Erster. Zweiter."
    both = arrays(body(nitf, "text/vnd.IPTC.NITF"), body("Text.", "text/plain"))
    assert text_of(both) == "Text."
    assert arrays(body("<nitf><p>", "text/vnd.IPTC.NITF")).error.reason == "no_text"
    assert arrays(body("<TTNITF><P>Text</TTNITF>", "application/xml")).error.reason == "no_text"


def test_a_body_that_opens_with_its_headline_loses_it():
    assert [block.text for block in arrays().blocks] == [
        "Hellmer baut das Werk um.",
        "Das wird teuer.",
    ]
    plain = arrays(body("Hellmer baut um\nDer Text.", "text/plain"))
    assert plain.text == "Der Text."
    only = arrays(body("<h1>Hellmer baut um</h1>"))
    assert text_of(only) == "Hellmer baut um"


def test_long_lines_of_a_plain_text_are_paragraphs():
    line = (
        "Das Werk in Osterode bleibt, sagte Vorstandschefin Hedda Quast, und das sei sicher. " * 2
    )
    assert arrays(body(f"{line}\r\n{line}", "text/plain")).text.count("\n\n") == 1
    wrapped = "Das Werk in Osterode\nbleibt."
    assert arrays(body(wrapped, "text/plain")).text == wrapped


def test_titles():
    assert flat(headline="Müller &amp; Söhne <em>x</em>").title == "Müller & Söhne x"
    assert flat(headline="Gewinn < 5 Prozent & mehr").title == "Gewinn < 5 Prozent & mehr"
    assert arrays(headlines=[{"value": "Ohne Rolle"}]).title == "Ohne Rolle"
    assert arrays(headlines=[{"role": "short", "value": "Kurz"}]).title == "Kurz"
    assert arrays(headlines=[], title="Nur fürs Haus").title is None


@pytest.mark.parametrize("kind", ["picture", "video", "audio", "graphic", "composite", "event"])
def test_without_text_an_item_is_broken_and_says_its_type(kind):
    outcome = flat(type=kind, body_html=None, body_text=None, associations=None)
    assert isinstance(outcome, Broken)
    assert (outcome.error.reason, outcome.id) == ("no_text", FLAT["guid"])
    assert kind in str(outcome.error)


def test_a_flash_is_its_headline():
    flash = flat(body_html=None, body_text=None, associations=None, urgency=1)
    assert (flash.title, flash.blocks) == ("Kranbauer Hellmer & Söhne streicht Stellen", ())
