"""Initials and codes are kept as fields; the last sentence is kept as a sentence."""

import pytest

from pipeline.feed.dress import undress
from pipeline.records import Block

TEXT = "Der Kurs stieg. Dann fiel er."
AXC = "AXC0123 2024-11-12/09:15"


@pytest.mark.parametrize(
    "signature",
    [
        "afp dk/lh",
        "epd ho",
        "epd lob ho/mey",
        "(Schluss) grh/emm",
        "(AWP)",
        "mst/la/jha/",
        "DJG/DJN/kla/cbr",
        "/la/jha/men (AFX)",
        "grh/emm",
        "dpa abc yydd n1 ab/xy",
        "KNA",
        "bur-ab/cd",
        "(Bericht von Eva Muster, redigiert von Jan Beispiel. Fragen an die Redaktion (Politik).)",
        "(Reporting by Eva Muster; Editing by Jan Beispiel)",
    ],
)
@pytest.mark.parametrize("below", ["", f"\n\n{AXC}", f"\n{AXC}\nISIN DE0007100000", "\n\n---\n"])
def test_a_closing_line(signature, below):
    dress = undress(f"{TEXT}\n\n{signature}{below}")
    assert dress.signature == signature
    assert dress.codes == ((AXC,) if AXC in below else ())
    assert dress.identifiers == (("ISIN DE0007100000",) if "ISIN" in below else ())
    assert dress.blocks == (Block(TEXT),)


@pytest.mark.parametrize(
    ("glued", "signature"),
    [
        (" (Schluss) grh/emm", "(Schluss) grh/emm"),
        ("/la/jha/men (AFX)", "/la/jha/men (AFX)"),
        (" (AWP)", "(AWP)"),
        (" mst/la/jha/", "mst/la/jha/"),
        ("/ag/rob\n\nISIN DE0007100000", "/ag/rob"),
        ("\nepd ho", "epd ho"),
        (" (Bericht von Eva Muster)", "(Bericht von Eva Muster)"),
        (" (Reporting by Eva Muster)", "(Reporting by Eva Muster)"),
    ],
)
def test_initials_glued_to_the_last_sentence(glued, signature):
    dress = undress(TEXT + glued)
    assert (dress.signature, dress.blocks) == (signature, (Block(TEXT),))


def test_initials_glued_to_a_paragraph_with_another_behind_it():
    dress = undress(f"{TEXT}/ag/rob\n\nDie Aktie sank. „Schade.“/jha/\n\nSchluss.")
    assert (dress.signature, dress.codes) == ("/ag/rob", ("/jha/",))
    assert dress.blocks == (Block(TEXT), Block("Die Aktie sank. „Schade.“"), Block("Schluss."))


@pytest.mark.parametrize(
    "code",
    [
        AXC,
        "© dpa-infocom, dpa:241112-930-123456/1",
        "dpa:241112-930-123456/1",
        "Copyright (c) 2024 Dow Jones & Company, Inc.",
        "(END) Dow Jones Newswires",
        "dpa-AFX Broker - die Trader News von dpa-AFX",
        "----------\ndpa-AFX Broker - die Trader News von dpa-AFX\n----------",
    ],
)
def test_a_code_at_the_end(code):
    dress = undress(f"{TEXT}\n\n{code}")
    assert dress.codes == (code.strip("-\n"),)
    assert dress.blocks[0] == Block(TEXT)
    assert not any(char.isalnum() for block in dress.blocks[1:] for char in block.text)


def test_a_dow_jones_block():
    end = "(END) Dow Jones Newswires", "November 12, 2024 04:15 ET (09:15 GMT)"
    dress = undress(f"{TEXT}\n\nDJG/DJN/kla/cbr\n\n{end[0]}\n\n{end[1]}")
    assert (dress.signature, dress.codes) == ("DJG/DJN/kla/cbr", end)
    assert dress.blocks == (Block(TEXT),)


def test_codes_are_no_subheads_in_the_middle_either():
    dress = undress(f"{TEXT}\n\nISIN DE0007100000\n\n{AXC}\n\nMehr dazu folgt.")
    assert (dress.identifiers, dress.codes) == (("ISIN DE0007100000",), (AXC,))
    assert dress.blocks == (Block(TEXT), Block("Mehr dazu folgt."))


@pytest.mark.parametrize(
    "byline",
    ["--- Von Petra Muster, dpa ---", "Von Petra Muster und Hans Beispiel, dpa-AFX"],
)
@pytest.mark.parametrize("place", [f"{{}}\n\n{TEXT}", f"{TEXT}\n\n{{}}"])
def test_a_byline(byline, place):
    dress = undress(place.format(byline))
    assert dress.byline == byline.strip("- ")
    assert dress.blocks == (Block(TEXT),)


@pytest.mark.parametrize(
    "last",
    [
        "Das schrieb die dpa",
        "Das Kürzel lautet afp dk/lh.",
        "epd ist ein Kürzel.",
        "(AWP) meldete es zuerst.",
        "Alle Angaben ohne Gewähr (AWP).",
        "CDU/CSU",
        "Die Union aus CDU/CSU",
        "Er fuhr 30 km/h",
        "Wer und/oder was",
        "Sprechen will Dr./Prof",
        "Das Zeichen © kommt von der dpa!",
        "Von Petra Muster ist nichts bekannt.",
        "Von Petra Muster, der Chefin",
        "AXC0123 heißt die Maschine.",
        "Die ISIN DE0007100000 gehört zu Muster.",
        "Das Ende (Schluss) kam schnell.",
        "--- und dann war Schluss ---",
    ],
)
def test_a_last_sentence_stays(last):
    dress = undress(f"{TEXT}\n\n{last}")
    assert (dress.signature, dress.byline, dress.codes, dress.identifiers) == (None, None, (), ())
    assert dress.blocks == (Block(TEXT), Block(last))


@pytest.mark.parametrize("text", [AXC, "ISIN DE0007100000", "(AWP)", "epd ho", "grh/emm"])
def test_a_text_of_nothing_else_is_not_emptied(text):
    assert undress(text).blocks == (Block(text),)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["x.\n" + "---\n" * 100_000, "x.\n\n" + "mst/" * 70, "x\n" + "© " + "a " * 400_000]
)
def test_long_tails_take_no_long_time(text):
    assert undress(text).blocks
