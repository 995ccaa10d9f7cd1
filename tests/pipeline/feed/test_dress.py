"""What agencies put around a story comes off whole, and nothing else does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.feed.dress import undress
from pipeline.records import Block

SEED = Path(__file__).parents[4] / "shared" / "seed" / "wire-story.txt"
STORY = (
    " date 2024-10 AUSTIN (dpa-AFX) - Der Konzern will wachsen. Das sagte er.\n\n"
    "Noch in diesem Jahr\n\n"
    'Die Fabrik sei "fast fertig", hieß es. Der Elektroauto -Hersteller schweigt.\n\n'
    "Am 5. November geht es weiter. Zugleich laufen Untersuchungen./so/DP/zb"
)


def test_a_story_in_full_dress():
    dress = undress(STORY)
    assert dress.prefix == "date 2024-10"
    assert dress.dateline == "AUSTIN (dpa-AFX)"
    assert dress.signature == "/so/DP/zb"
    assert dress.blocks == (
        Block("Der Konzern will wachsen. Das sagte er."),
        Block("Noch in diesem Jahr", "subhead"),
        Block('Die Fabrik sei "fast fertig", hieß es. Der Elektroauto -Hersteller schweigt.'),
        Block("Am 5. November geht es weiter. Zugleich laufen Untersuchungen."),
    )
    assert not dress.repaired


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("BERLIN/MÜNCHEN (dpa) - Der Bund zahlt.", "BERLIN/MÜNCHEN (dpa)"),
        ("FRANKFURT AM MAIN (dpa-AFX) – Die Bank", "FRANKFURT AM MAIN (dpa-AFX)"),
        ("FRANKFURT/MAIN (dpa-AFX) - Die Bank", "FRANKFURT/MAIN (dpa-AFX)"),
        ("Berlin (dpa/bb) - Das Land", "Berlin (dpa/bb)"),
        ("WASHINGTON/NEW YORK (AFP) — Das Haus", "WASHINGTON/NEW YORK (AFP)"),
        ("BERLIN - Das Land zahlt.", "BERLIN"),
        ("Berlin, 25. Okt (Reuters) - Der Bund", "Berlin, 25. Okt (Reuters)"),
        ("LONDON (AP) Der Premier", "LONDON (AP)"),
        ("SÃO PAULO (dpa-AFX) - „Wir warten“", "SÃO PAULO (dpa-AFX)"),
        ("BOGOTÁ (dpa) - 2026 wird gewählt.", "BOGOTÁ (dpa)"),
        ("Rio de Janeiro (dpa) - Der Staat", "Rio de Janeiro (dpa)"),
        ("Frankfurt (Oder) (dpa) - Der Fluss", "Frankfurt (Oder) (dpa)"),
        ("Garmisch-Partenkirchen (dpa/lby) - Der Berg", "Garmisch-Partenkirchen (dpa/lby)"),
        ("BERLIN (dpa-AFX) - eBay wächst.", "BERLIN (dpa-AFX)"),
        ("NEW YORK (dpa-AFX) -Der Kurs", "NEW YORK (dpa-AFX)"),
        ("Berlin (KNA) Der Papst", "Berlin (KNA)"),
        ("ROM - Der Papst", "ROM"),
        ("Bad Homburg (dpa-AFX) - Fresenius wächst.", "Bad Homburg (dpa-AFX)"),
    ],
)
def test_datelines(text, dateline):
    dress = undress(text)
    assert dress.dateline == dateline
    assert len(dress.blocks) == 1
    assert dress.blocks[0].text == text[len(dateline) :].lstrip(" -–—")


@pytest.mark.parametrize(
    "text",
    [
        "Merkel (CDU) - die frühere Kanzlerin - sagte nichts.",
        "Der Dax (dpa) - stieg weiter.",
        "EZB - was nun?",
        "EZB - Die Zinsen bleiben.",
        "USA - China: Der Streit geht weiter.",
        "SAP - Der Konzern wächst.",
        "NATO - Das Bündnis tagt.",
        "Merkel (CDU) - Die frühere Kanzlerin sagte nichts.",
        "US-Präsident Biden - er war in Berlin - flog ab.",
        "Das Kürzel (dpa) steht oft am Anfang.",
    ],
)
def test_sentences_that_look_like_datelines_stay(text):
    assert undress(text).dateline is None
    assert undress(text).blocks == (Block(text),)


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("Es regnet./so/DP/zb", "/so/DP/zb"),
        ("Es regnet. /jha/", "/jha/"),
        ("„Es regnet.“/he", "/he"),
        ("Es regnet.\n\n/mne/DP/he", "/mne/DP/he"),
        ("Es regnet.\n\ndpa abc yydd n1 xy", "dpa abc yydd n1 xy"),
        ("Es regnet. dpa-AFX abc yydd n1 xy\n", "dpa-AFX abc yydd n1 xy"),
    ],
)
def test_signatures(text, signature):
    dress = undress(text)
    assert dress.signature == signature
    assert [block.text.strip("„“") for block in dress.blocks] == ["Es regnet."]


@pytest.mark.parametrize(
    "text", ["Er fuhr 30 km/h", "Wer und/oder was", "Es gilt 3/4.", "dpa", "„Ja“ /und/oder"]
)
def test_text_that_looks_like_a_signature_stays(text):
    assert undress(text).signature is None
    assert undress(text).blocks == (Block(text),)


def test_identifiers_before_and_behind_the_signature():
    dress = undress("Der Kurs stieg./jha/\n\nISIN DE0007100000, WKN 710000")
    assert dress.identifiers == ("ISIN DE0007100000", "WKN 710000")
    assert dress.signature == "/jha/"
    again = undress("Der Kurs stieg.\n\nISIN DE0007100000\n\n/jha/")
    assert (again.identifiers, again.signature) == (("ISIN DE0007100000",), "/jha/")
    assert dress.blocks == again.blocks == (Block("Der Kurs stieg."),)


def test_a_given_dateline_is_taken_off_the_text():
    assert undress("Kleinstadt - Es regnet.", "Kleinstadt").blocks == (Block("Es regnet."),)
    assert undress("Es regnet.", "KLEINSTADT").dateline == "KLEINSTADT"


def test_hard_wraps_and_line_ends_of_all_kinds():
    for end in ("\n", "\r\n", "\r"):
        text = f"Der Kurs{end}stieg.{end}{end}Er fiel{end}dann."
        assert [block.text for block in undress(text).blocks] == [
            "Der Kurs stieg.",
            "Er fiel dann.",
        ]


def test_first_and_last_blocks_are_no_subheads():
    kinds = [block.kind for block in undress("Kurz\n\nAuch kurz\n\nSchluss hier").blocks]
    assert kinds == ["text", "subhead", "text"]


def test_characters_that_carry_no_text_go():
    dress = undress("Der\u00a0Kon\u00adzern\u200b sagte\x00 \u202enein\u202c. Gro\u0308ße 😀\ufeff")
    assert dress.blocks == (Block("Der Konzern sagte nein. Größe 😀"),)
    assert dress.repaired


@given(st.text())
def test_any_text_is_survived(text):
    dress = undress(text)
    assert all(block.text.strip() == block.text != "" for block in dress.blocks)


@pytest.mark.skipif(not SEED.exists(), reason="the user's own story is not on this machine")
def test_the_users_own_story():
    dress = undress(SEED.read_text(encoding="utf-8"))
    assert (dress.prefix, dress.dateline, dress.signature) == (
        "date 2024-10",
        "AUSTIN (dpa-AFX)",
        "/so/DP/zb",
    )
    assert [block.kind for block in dress.blocks].count("subhead") == 2
    assert len(dress.blocks) == 8
    assert dress.blocks[0].text.startswith("Der Tech-Milliardär")
    assert dress.blocks[-1].text.endswith("Untersuchungen.")


def test_several_codes_under_one_label():
    dress = undress("Der Kurs stieg.\n\nISIN DE0007100000, DE0005190003")
    assert dress.identifiers == ("ISIN DE0007100000", "ISIN DE0005190003")


def test_items_of_a_list_are_no_subheads():
    dress = undress("Die Daten:\n\n- Punkt eins\n\n- Punkt zwei\n\nEnde.")
    assert [block.kind for block in dress.blocks] == ["text"] * 4


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "A. " * 50_000,
        "BERLIN/" * 20_000,
        "x\n" + "ISIN " * 30_000,
        "x\n" + "ISIN ABCD1 " * 9_000 + "!",
    ],
)
def test_long_text_of_one_pattern_takes_no_long_time(text):
    assert undress(text).blocks
