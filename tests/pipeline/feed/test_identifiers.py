"""Identifiers of companies leave the sentence whole, and no other brackets go."""

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.identifiers import take_identifiers
from pipeline.feed.item import Item
from pipeline.records import Block, Place


@pytest.mark.parametrize(
    ("text", "rest", "found"),
    [
        ("Die Post <DE0005552004> erwägt das.", "Die Post erwägt das.", ["ISIN DE0005552004"]),
        (
            "BMW<BMW.ETR>, VW <VOW3.ETR> und X",
            "BMW, VW und X",
            ["Symbol BMW.ETR", "Symbol VOW3.ETR"],
        ),
        ("SAP (ISIN DE0007164600) steigt.", "SAP steigt.", ["ISIN DE0007164600"]),
        (
            "SAP (ISIN: DE0007164600, WKN: 716460).",
            "SAP.",
            ["ISIN DE0007164600", "WKN 716460"],
        ),
        ("SAP (DE0007164600) steigt.", "SAP steigt.", ["ISIN DE0007164600"]),
        ("Der Dax <.GDAXI> und der Euro <EUR=>", "Der Dax und der Euro", None),
        ("<BMW.ETR> BMW steigt.", "BMW steigt.", ["Symbol BMW.ETR"]),
        ("Muster <A0D6TX> steigt.", "Muster steigt.", ["WKN A0D6TX"]),
    ],
)
def test_they_go_without_a_trace(text, rest, found):
    left, identifiers = take_identifiers(text)
    assert left == rest
    assert found is None or list(identifiers) == found


@pytest.mark.parametrize(
    "text",
    [
        "Die ISIN DE0007100000 gehört zu Muster.",
        "Er (CDU) sagte (2024) nichts.",
        "Es gilt 1 < 2 und 3 > 2.",
        "Das <b>fette</b> Wort und <BR> auch.",
        "(Reuters berichtete am Montag)",
        "Das Zeichen (Symbol der Hoffnung) bleibt.",
        "<BMW.ETR>",
        "",
    ],
)
def test_other_brackets_stay(text):
    assert take_identifiers(text) == (text, ())


@pytest.mark.parametrize("between", ["\n", " ", "\n<DE0005552004>\n", " <DE0005552004>\n"])
def test_a_line_break_behind_a_company_breaks_no_sentence(between):
    text = f"BONN (dpa-AFX) - Die Deutsche Post{between}erwägt das. Mehr folgt."
    article = ArticleMaker("de").make(Item(id="a", text=text), Place("feed"))
    assert article.blocks == (Block("Die Deutsche Post erwägt das. Mehr folgt."),)


def test_in_both_ways_of_undressing_and_in_the_headline():
    text = "BONN (dpa-AFX) - Die Post <DE0005552004> erwägt das. Die Post <DE0005552004> zahlt."
    for body in ({"text": text}, {"blocks": (Block(text),)}):
        item = Item(id="a", title="Post <DE0005552004> zahlt mehr", **body)
        article = ArticleMaker("de").make(item, Place("feed"))
        assert article.title == "Post zahlt mehr"
        assert article.blocks == (Block("Die Post erwägt das. Die Post zahlt."),)
        assert article.wire.identifiers == ("ISIN DE0005552004",)
