"""Running text and blocks are undressed alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.dress import undress, undress_blocks
from pipeline.feed.item import Item
from pipeline.records import Block, Place

FIRST, LAST = "Der Rat der Stadt tagt heute.", "Es geht um Geld. Mehr folgt."


def both(*paragraphs, given=None):
    """Undress paragraphs both ways; return one dress if it is the same."""
    text = undress("\n\n".join(paragraphs), given)
    blocks = undress_blocks(tuple(map(Block, paragraphs)), given)
    for name in ("dateline", "signature", "codes", "identifiers", "byline", "notes", "notebook"):
        assert getattr(text, name) == getattr(blocks, name), name
    assert [block.text for block in text.blocks] == [block.text for block in blocks.blocks]
    return blocks


@pytest.mark.parametrize(
    ("written", "between"),
    [
        ("Berlin (dpa)", " - "),
        ("Peine (dpa/lni)", " - "),
        ("BONN (dpa-AFX)", " - "),
        ("DUISBURG/FRANKFURT (dpa-AFX)", " - "),
        ("FRANKFURT (dpa-AFX Broker)", " - "),
        ("Frankfurt, 10. Okt (Reuters)", " - "),
        ("Berlin (KNA)", " "),
        ("STOCKHOLM, Aug 29, 2014 (AFP)", " -"),
        ("Hanau (dpa)", " -\u00a0"),
        ("Hanau (dpa)", "\u00a0– "),
        ("Hanau (dpa)", " \u2014 "),
        ("Hanau (dpa)", " \u2012 "),
        ("Kleinstadt (tca/dpa)", " - "),
        ("Bern (ats afp)", " - "),
    ],
)
def test_datelines(written, between):
    dress = both(f"{written}{between}{FIRST}", LAST)
    assert dress.dateline == written
    assert [block.text for block in dress.blocks] == [FIRST, LAST]


@pytest.mark.parametrize("given", ["Berlin (dpa)", "Berlin"])
@pytest.mark.parametrize("repeated", ["Berlin (dpa) - ", ""])
def test_a_dateline_beside_the_text(given, repeated):
    dress = both(f"{repeated}{FIRST}", LAST, given=given)
    assert dress.dateline in {given, "Berlin (dpa)"}
    assert [block.text for block in dress.blocks] == [FIRST, LAST]


@pytest.mark.parametrize("given", ["Berlin (dpa) -\u00a0", " Berlin (dpa) – "])
def test_a_given_dateline_is_tidied(given):
    article = ArticleMaker("de").make(Item(id="a", text=FIRST, dateline=given), Place("feed"))
    assert article.dateline == "Berlin (dpa)"


@pytest.mark.parametrize(
    ("glued", "signature"),
    [
        ("/wdw/DP/mis", "/wdw/DP/mis"),
        ("/ag/jha/", "/ag/jha/"),
        ("/so/DP/zb", "/so/DP/zb"),
        (" /he", "/he"),
    ],
)
def test_initials_glued_to_the_last_paragraph(glued, signature):
    dress = both(FIRST, LAST + glued)
    assert dress.signature == signature
    assert [block.text for block in dress.blocks] == [FIRST, LAST]


@pytest.mark.parametrize(
    "closing",
    ["dpa kl xx w4 hme/hn", "dpa yyzz s5 snz", "xx/yyy", "afp dk/lh", "(Schluss) grh/emm"],
)
def test_a_closing_paragraph(closing):
    dress = both(FIRST, LAST, closing)
    assert dress.signature == closing
    assert [block.text for block in dress.blocks] == [FIRST, LAST]


@pytest.mark.parametrize(
    "last", ["Es gilt und/oder", "Er fuhr 30 km/h", "CDU/CSU", "Wer zahlt und/oder bleibt?"]
)
def test_endings_that_are_no_signature(last):
    dress = both(FIRST, last)
    assert dress.signature is None
    assert dress.blocks[-1].text == last


@pytest.mark.parametrize(
    "tail",
    [
        ["dpa-AFX Broker - die Trader News von dpa-AFX"],
        ["----------", "dpa-AFX Broker - die Trader News von dpa-AFX", "----------"],
        ["AXC0123 2024-11-12/09:15"],
        ["ISIN DE0007100000, WKN 710000"],
        ["* * * *"],
        ["°"],
    ],
)
def test_tails_of_no_text(tail):
    dress = both(FIRST, LAST, *tail)
    assert [block.text for block in dress.blocks] == [FIRST, LAST]


def test_a_notebook_ends_the_story_and_a_contact_does_not():
    inside = ("# Notizblock", "## Kontakte", "- Autor: Petra Muster, +49 30 0000-1234", "Geheim.")
    for closing in ("dpa abc yydd n1 sku", "dpa kre/su yysw a3 lön mda"):
        dress = both(FIRST, LAST, *inside, closing)
        assert (dress.notebook, dress.signature) == (True, closing)
        assert [block.text for block in dress.blocks] == [FIRST, LAST]
    dress = both(FIRST, "Redaktion: Petra Muster, 030 0000-1234", LAST)
    assert [block.text for block in dress.blocks] == [FIRST, LAST]


def test_a_head_of_everything():
    dress = both(
        "ROUNDUP: Rat tagt",
        "(Berichtigung: Name)",
        "Von Petra Muster, dpa",
        f"BONN (dpa) - {FIRST}",
        LAST,
    )
    assert (dress.title, dress.byline) == ("ROUNDUP: Rat tagt", "Von Petra Muster, dpa")
    assert [block.text for block in dress.blocks] == [FIRST, LAST]


def test_tables_are_left_alone():
    rows = (("1.", "Muster /so/DP/zb"), ("2.", "<BMW.ETR>"))
    table = Block("1. | Muster /so/DP/zb\n2. | <BMW.ETR>", "table", rows)
    dress = undress_blocks((Block(f"BONN (dpa) - {FIRST}"), table))
    assert dress.blocks == (Block(FIRST), table)
    only = undress_blocks((table,))
    assert (only.blocks, only.dateline, only.signature) == ((table,), None, None)
    assert undress_blocks(()).blocks == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Müller &amp; Söhne", "Müller & Söhne"),
        ("Müller &amp;amp; Söhne", "Müller & Söhne"),
        ("Die&nbsp;Bank &#8211; sie", "Die Bank – sie"),
        ("Die Bank &lt;DE0005552004&gt; zahlt", "Die Bank zahlt"),
        ("AT&T und R&D;", "AT&T und R&D;"),
        ("Gr\u00f6\u00adße und\u202fSinn", "Größe und Sinn"),
        ("der Z\u0084Name\u0093 \u0096 so", "der Z„Name“ – so"),
        ("Nord\u2011Süd", "Nord-Süd"),
        ("Nord\u2010Süd \u2012 so \u2015 und Ost\ufe63West", "Nord-Süd – so — und Ost-West"),
        ("ein Z\u0081ei\u009dchen", "ein Zeichen"),
        ("rund 12\u00a0416,19 Zähler", "rund 12.416,19 Zähler"),
        ("rund 12 416,19 Zähler", "rund 12.416,19 Zähler"),
        ("rund 12\u202f400\u202f500 Euro", "rund 12.400.500 Euro"),
        ("rund 347 000 Euro", "rund 347.000 Euro"),
        ("um 16.00 Uhr, 1645", "um 16.00 Uhr, 1645"),
        ("Telefon 030 123 456", "Telefon 030 123 456"),
        ("im Jahr 2024 100 Tage", "im Jahr 2024 100 Tage"),
        ("Platz 3 200 Meter", "Platz 3 200 Meter"),
    ],
)
def test_characters_and_numbers(written, meant):
    for body in ({"text": f"{written}."}, {"blocks": (Block(f"{written}."),)}):
        article = ArticleMaker("de").make(Item(id="a", title=written, **body), Place("feed"))
        assert article.blocks == (Block(f"{meant}."),)
        assert article.title == meant


def test_numbers_of_other_languages_stay():
    item = Item(id="a", language="en", text="Some 12 400 people came.")
    assert ArticleMaker("de").make(item, Place("feed")).blocks == (
        Block("Some 12 400 people came."),
    )


def test_a_number_that_is_broken_over_lines():
    article = ArticleMaker("de").make(Item(id="a", text="Rund 12\n400 Leute kamen."), Place("feed"))
    assert article.blocks == (Block("Rund 12.400 Leute kamen."),)


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_item_is_survived(title, texts):
    for body in ({"text": "\n\n".join(texts)}, {"blocks": tuple(map(Block, texts))}):
        article = ArticleMaker("de").make(Item(id="a", title=title, **body), Place("feed"))
        assert all(block.text.strip() for block in article.blocks)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "(" + "im 1. Absatz " * 50_000 + ")",
        "(Eil) " * 100_000,
        " " * 500_000 + "<" + " " * 500_000 + "(",
        "Kontakt: " * 50_000,
        "Sprache: x " * 50_000,
        "&amp;" * 200_000,
        "12 400 " * 100_000,
        "ROUNDUP/" * 50_000,
        "ISIN: " + "A" * 500_000,
        "| a " * 100_000 + "|",
        "SPERRFRIST " * 50_000,
        "«" * 300_000,
    ],
)
def test_long_text_takes_no_long_time(text):
    for body in ({"text": text}, {"blocks": (Block(text), Block(text))}):
        item = Item(id="a", title=text, **body)
        assert ArticleMaker("de").make(item, Place("feed"))
