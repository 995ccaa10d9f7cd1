"""Messages of serial wires: headlines, bylines, datelines and paragraphs of wrapped lines."""

import pytest

from tests.pipeline.feed.formats.iptc7901_messages import message, only

LONG = "Rückzug der Ministerin kommt überraschend - viel Kritik am Verhalten"


@pytest.mark.parametrize(
    ("block", "title", "marks"),
    [
        ("Titel", "Titel", ()),
        ("(Eil \a\a\a\a\a)\nTitel", "Titel", ("Eil",)),
        ("(Achtung - Planungshinweis)\nTitel", "Titel", ("Achtung - Planungshinweis",)),
        ("(Achtung)\nImpressum", "Impressum", ("Achtung",)),
        ("REFILE\n1ST LEAD\nSwiss leave the pact\nBy dpa correspondents", "Swiss leave the pact",
         ("REFILE", "1ST LEAD")),
        ("Titel mit\nUmbruch (CDU)", "Titel mit Umbruch (CDU)", ()),
        ("(Bundes-)Regierung plant neu", "(Bundes-)Regierung plant neu", ()),
        ("Oberbürgermeister gewinnt die Wahl gegen den Herausforderer Maier\n(CDU)",
         "Oberbürgermeister gewinnt die Wahl gegen den Herausforderer Maier (CDU)", ()),
        ("(Zusammenfassung 1645 - nur Debatte (mit\nZitaten))\nTitel", "Titel",
         ("Zusammenfassung 1645 - nur Debatte (mit Zitaten)",)),
        ("Titel\n(Foto-aktuell, Grafik 26811)", "Titel", ()),
        ("Von wegen Ruhe", "Von wegen Ruhe", ()),
    ],
)  # fmt: skip
def test_headline_blocks(block, title, marks):
    article = only(message(block, "Ulm (dpa) - Text."))
    assert (article.title, article.wire.markers) == (title, marks)


@pytest.mark.parametrize(
    ("block", "title", "byline"),
    [
        ("Titel\nVon Petra Muster, dpa", "Titel", "Von Petra Muster, dpa"),
        ("Titel\nBy Tom Wick, The Fjordby Union-Tribune", "Titel",
         "By Tom Wick, The Fjordby Union-Tribune"),
        (f"{LONG}\nVon Notz verlangt Aufklärung", f"{LONG} Von Notz verlangt Aufklärung", None),
    ],
)  # fmt: skip
def test_bylines(block, title, byline):
    article = only(message(block, "Ulm (dpa) - Text."))
    assert (article.title, article.wire.byline) == (title, byline)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("in Hessen-\nThüringen", "in Hessen-Thüringen"),
        ("vor TV-\nKameras", "vor TV-Kameras"),
        ("ein Auftritts- \nund Redeverbot", "ein Auftritts- und Redeverbot"),
        ("ein Auftritts-\nund Redeverbot", "ein Auftritts- und Redeverbot"),
        ("die deutsch-\nfranzösische Freundschaft", "die deutsch-französische Freundschaft"),
        ("von 12\n400 Zählern", "von 12.400 Zählern"),
        ("so der Chef -\nund er lachte", "so der Chef - und er lachte"),
        ("aus Frankfurt/\nMain", "aus Frankfurt/Main"),
        ("Die Deutsche Post\nerwägt einen Verkauf", "Die Deutsche Post erwägt einen Verkauf"),
    ],
)
def test_lines_are_joined(text, blocks):
    assert (
        only(message("Titel", f"Ulm (dpa) - Es geht {text}.")).blocks[0].text
        == f"Es geht {blocks}."
    )


def test_a_dash_that_wrapped_to_the_start_of_a_line_is_no_bullet():
    text = (
        "Ulm (dpa) - Das Geschäft betreibt er in einem kleinen Ort bei Neuulm\n"
        "- Deutschland ist dabei nur einer von mehreren Märkten, sagte er."
    )
    assert len(only(message("Titel", text)).blocks) == 1


def test_columns_keep_their_layout():
    table = "Dax      12 416,19    +0,4\nMDax     26 102,03    -1,1"
    article = only(message("Schlusskurse", f"Kurse:\n\n{table}\n\nQuelle: Börse."))
    assert ("pre", table) in [(block.kind, block.text) for block in article.blocks]


def test_text_around_a_table_is_kept():
    text = "Ulm (dpa) - Es war knapp.\n\nTabelle:\n| Ulm | 3 |\n| Aalen | 1 |\nStand: 18.00 Uhr."
    article = only(message("Titel", text))
    assert [block.kind for block in article.blocks] == ["text", "text", "table", "text"]
    assert article.blocks[2].rows == (("Ulm", "3"), ("Aalen", "1"))


def test_a_digest_keeps_its_parts():
    text = "Erster Titel.\n\nUlm (dpa) - Eins.\n\nZweiter Titel.\n\nKöln (dpa) - Zwei."
    article = only(message("Überblick", text))
    assert article.wire.teaser is None
    assert len(article.blocks) == 4


@pytest.mark.parametrize(
    ("dateline", "text"),
    [
        ("Peine (dpa/lni)", "Peine (dpa/lni) - Ein Baum fiel um."),
        ("Fjordby (tca/dpa)", "Fjordby (tca/dpa) - Ein Baum fiel um."),
        ("Genève (ats afp)", "Genève (ats afp) Ein Baum fiel um."),
        ("Bonn (KNA)", "Bonn (KNA) Ein Baum fiel um."),
        ("BONN (dpa-AFX)", "BONN (dpa-AFX) - Ein Baum fiel um."),
        ("Hanau (dpa)", "Hanau (dpa) -\u00a0Ein Baum fiel um."),
        ("Moskau/Berlin (dpa)", "Moskau/Berlin (dpa) - Ein Baum fiel um."),
    ],
)
def test_datelines(dateline, text):
    article = only(message("Titel", text))
    assert (article.dateline, article.blocks[0].text) == (dateline, "Ein Baum fiel um.")


def test_a_text_without_a_headline_keeps_its_first_paragraph():
    article = only(message("T", "").replace("T =", "Ulm (dpa) - Eins.\n\nZwei."))
    assert article.title is None
    assert [block.text for block in article.blocks] == ["Eins.", "Zwei."]
