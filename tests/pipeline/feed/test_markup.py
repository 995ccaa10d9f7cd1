"""Markup: every text once, in blocks of the right kind, whatever stands inside whatever."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.feed.markup import blocks_of, html_blocks, parse_html, plain_text, take_class, text_in
from pipeline.feed.xml import local_name, parse_xml
from pipeline.records import Block

WORDS = re.compile(r"\w+")


def told(markup, skip=None):
    blocks = blocks_of(parse_xml(f"<body>{markup}</body>".encode()), skip)
    return [(block.kind, block.text) for block in blocks]


def texts(markup):
    return [text for _, text in told(markup)]


def test_tails_are_taken():
    assert texts("<p><b>Eins</b> zwei <i>drei <u>vier</u> fünf</i> sechs</p>") == [
        "Eins zwei drei vier fünf sechs"
    ]
    assert texts("vorn<p>Absatz</p>dazwischen<div>Kasten<p>innen</p>danach</div>hinten") == [
        "vorn", "Absatz", "dazwischen", "Kasten", "innen", "danach", "hinten",
    ]  # fmt: skip


def test_inner_elements_part_no_word():
    assert texts("<p>Sach<b>sen</b>-<i>Anhalt</i> (<a href='x'>Halle</a>)</p>") == [
        "Sachsen-Anhalt (Halle)"
    ]


def test_kinds_of_blocks():
    assert told(
        "<h1>A</h1><hl2>B</hl2><p>C</p><ul><li>D</li><li>E <b>F</b></li></ul><ol><li>G</li></ol>"
        "<blockquote>H<p>I</p></blockquote><bq><block><p>J</p></block></bq>"
        "<dl><dt>K</dt><dd>L</dd></dl><pre>M  N\n  O</pre>"
    ) == [
        ("subhead", "A"), ("subhead", "B"), ("text", "C"), ("item", "D"), ("item", "E F"),
        ("item", "G"), ("quote", "H"), ("quote", "I"), ("quote", "J"), ("subhead", "K"),
        ("text", "L"), ("pre", "M  N\n  O"),
    ]  # fmt: skip


def test_lists_in_lists():
    assert told("<ul><li>Eins<ul><li>Eins A</li></ul>noch eins</li><li><p>Zwei</p></li></ul>") == [
        ("item", "Eins"), ("item", "Eins A"), ("item", "noch eins"), ("item", "Zwei"),
    ]  # fmt: skip


def test_white_space_of_every_kind_is_one_space():
    assert texts("<p>  12\u00a0400 \t\n Euro\u2003</p><p>\u00a0</p><p/>") == ["12 400 Euro"]


def test_one_break_is_a_space_and_two_are_a_paragraph():
    markup = "<p>Die Musterwerke<br/>erwägen<br/> <br/>Zweiter<br/><br/><br/>Dritter<br/></p>"
    assert texts(markup) == ["Die Musterwerke erwägen", "Zweiter", "Dritter"]
    assert told("<ul><li>a<br/><br/>b</li></ul>") == [("item", "a"), ("item", "b")]
    assert texts("Oben<hr/>unten") == ["Oben", "unten"]


def test_captions_media_and_scripts_are_skipped_but_not_what_follows():
    hidden = (
        "<figure><img alt='x'/><figcaption>Bild</figcaption></figure>", "<script>x()</script>",
        "<style>p {}</style>", "<iframe>x</iframe>", "<media><p>x</p></media>",
        "<aside>x</aside>", "<video>x</video>", "<head><title>x</title></head>",
    )  # fmt: skip
    for element in hidden:
        assert texts(f"<p>Vor {element}nach</p>") == ["Vor nach"]


def test_a_figure_around_a_table_is_a_table():
    assert told("<figure class='table'><table><tr><td>1</td></tr></table></figure>") == [
        ("table", "1")
    ]


def test_tables():
    markup = (
        "<p>Vor</p><table><caption>Titel</caption><thead><tr><th>Platz</th><th/></tr></thead>"
        "<tbody><tr><td>1</td><td><p>FC</p><p>Muster<br/>stadt</p></td></tr><tr><td/></tr></tbody>"
        "</table>nach"
    )
    blocks = blocks_of(parse_xml(f"<body>{markup}</body>".encode()))
    assert blocks == (
        Block("Vor"),
        Block("Platz | \n1 | FC Muster stadt", "table", (("Platz", ""), ("1", "FC Muster stadt"))),
        Block("nach"),
    )
    assert told("<nitf-table><nitf-tr><nitf-td>1</nitf-td></nitf-tr></nitf-table>") == [
        ("table", "1")
    ]


def test_a_table_in_a_frame_of_the_format_is_told_once():
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    assert told(f"<nitf-table><nitf-table-metadata/>{inner}</nitf-table>") == [("table", "a | b")]


def test_a_table_in_a_cell_is_told_once():
    inner = "<table><tr><td>b</td><td>c</td></tr></table>"
    assert told(f"<table><tr><td>a{inner}</td><td>d</td></tr></table>") == [
        ("table", "a b | c | d")
    ]


def test_entity_references_are_resolved():
    root = parse_xml(
        b'<!DOCTYPE b SYSTEM "x.dtd"><b><p>M&uuml;ller &amp;amp; S&ouml;hne&nbsp;&unknown;</p></b>'
    )
    assert [block.text for block in blocks_of(root)] == ["Müller &amp; Söhne &unknown;"]
    assert text_in(root) == "Müller &amp; Söhne &unknown;"


def test_what_is_skipped_is_chosen_by_the_caller():
    def skip(element):
        return local_name(element) == "note" or element.get("class") == "secret"

    markup = "<p>Vor <b class='secret'>geheim</b>nach</p><note><p>geheim</p></note>Ende"
    assert told(markup, skip) == [("text", "Vor nach"), ("text", "Ende")]
    table = "<table><tr><td>a<i class='secret'>geheim</i></td></tr></table>"
    assert told(table, skip) == [("table", "a")]


def test_names_count_without_namespace_and_case():
    root = parse_xml(b'<x:BODY xmlns:x="y"><x:P>Eins</x:P><x:UL><x:LI>zwei</x:LI></x:UL></x:BODY>')
    assert [(block.kind, block.text) for block in blocks_of(root)] == [
        ("text", "Eins"),
        ("item", "zwei"),
    ]


def test_a_story_laid_out_within_one_paragraph():
    story = (
        "(Neu: mehr Details)\n    * Eisen wird teurer\n    * Händler warten\n\n"
        "    Frankfurt, 10. Okt (Reuters) - Der Preis für Eisen ist am\nDonnerstag gestiegen.\n"
        "    Das überraschte alle.\n   \n\n (Reporter: Max Muster)"
    )
    assert told(f"<p>{story}</p>") == [
        ("text", "(Neu: mehr Details)"),
        ("item", "Eisen wird teurer"),
        ("item", "Händler warten"),
        ("text", "Frankfurt, 10. Okt (Reuters) - Der Preis für Eisen ist am Donnerstag gestiegen."),
        ("text", "Das überraschte alle."),
        ("text", "(Reporter: Max Muster)"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ein Satz, der\nüber mehrere Zeilen\ngeht.",
        "\n        Ein Satz, den ein\n        Programm eingerückt hat.\n    ",
        "Ein Satz mit\n    <b>Betontem</b>\nund einem Ende.",
        "Ein Satz,\n  der schief\n      eingerückt ist,\naber einer.",
    ],
)
def test_lines_of_the_file_are_no_paragraphs(text):
    assert len(texts(f"<p>{text}</p>")) == 1


def test_company_identifiers_are_no_tags():
    blocks = html_blocks("<p>Die Musterwerke <DE0005552004> und BMW <BMW.ETR> steigen.</p>")
    assert [block.text for block in blocks] == [
        "Die Musterwerke <DE0005552004> und BMW <BMW.ETR> steigen."
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Offen <b>fett", "Offen fett"),
        ("Nur Text &amp; mehr", "Nur Text & mehr"),
        ("<br>", None),
        ("", None),
        (" \n", None),
        ("\0", None),
        ("<!-- nichts -->", None),
    ],
)
def test_broken_html_is_read_as_well_as_it_goes(text, expected):
    assert plain_text(text) == expected


def test_a_class_is_cut_out_and_its_tail_stays():
    root = parse_xml(
        b"<body><p>A <span class='x dateline'>Ulm <i>(dpa)</i> - </span>Text</p>"
        b"<p class='k'/>b</body>"
    )
    assert take_class(root, "dateline") == "Ulm (dpa)"
    assert take_class(root, "dateline") is None
    assert take_class(root, "k") is None
    assert [block.text for block in blocks_of(root)] == ["A Text", "b"]


@pytest.mark.parametrize("name", ["p", "div", "b", "li", "table", "figure"])
def test_depth(name):
    start = time.process_time()
    markup = f"<{name}>" * 200 + "tief" + f"</{name}>" * 200
    assert all("tief" in text for text in texts(markup))
    root = parse_html(f"<{name}>" * 5000 + "tief")
    assert root is None or blocks_of(root) is not None
    assert time.process_time() - start < 5


def test_much_text_takes_linear_time():
    start = time.process_time()
    for piece in ("<br/>", "\n", "\n    x", " ", "<b>x</b>", "<p>x</p>", "x<br/> "):
        told(f"<p>{piece * 50_000}</p>")
    assert time.process_time() - start < 10


INLINE = st.sampled_from(["b", "i", "a", "span"])
OUTER = st.sampled_from(["p", "div", "li", "blockquote", "h2", "section", "td"])
TREES = st.recursive(
    st.text("abc äß.,\n\u00a0", max_size=8),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{' '.join(parts)}</{name}>",
        INLINE | OUTER,
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(TREES)
def test_every_word_comes_once_and_in_order(markup):
    expected = WORDS.findall(re.sub(r"<[^>]*>", " ", markup))
    loose = re.sub(r"<(/?)(?:b|i|a|span)>", r" <\1b> ", markup)
    assert WORDS.findall(" ".join(texts(loose))) == expected
