"""Every label and note goes to the field that says what it means, and out of the headline."""

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.item import Item
from pipeline.feed.markers import read_marks
from pipeline.records import Block, Place
from pipeline.wire import Note, Wire

TITLE = "Muster AG prüft Verkauf"
BODY = "FRANKFURT (dpa-AFX) - Der Vorstand tagt. Mehr ist nicht bekannt."


@pytest.mark.parametrize(
    ("label", "markers", "signals", "urgency"),
    [
        ("EILMELDUNG: ", ["EILMELDUNG"], [], 2),
        ("EILMELDUNG - ", ["EILMELDUNG"], [], 2),
        ("+++ EILMELDUNG +++ ", ["EILMELDUNG"], [], 2),
        ("EIL: ", ["EIL"], [], 2),
        ("BLITZ: ", ["BLITZ"], [], 1),
        ("ROUNDUP: ", ["ROUNDUP"], [], None),
        ("ROUNDUP 2: ", ["ROUNDUP 2"], [], None),
        ("AKTIE IM FOKUS: ", ["AKTIE IM FOKUS"], [], None),
        ("AKTIEN IM FOKUS 2: ", ["AKTIEN IM FOKUS 2"], [], None),
        ("WDH: ", ["WDH"], ["repeat"], None),
        ("WDH/ROUNDUP: ", ["WDH", "ROUNDUP"], ["repeat"], None),
        ("WDH/ROUNDUP 3: ", ["WDH", "ROUNDUP 3"], ["repeat"], None),
        ("KORREKTUR: ", ["KORREKTUR"], ["correction"], None),
        ("KORREKTUR/ROUNDUP: ", ["KORREKTUR", "ROUNDUP"], ["correction"], None),
        ("PRESSE: ", ["PRESSE"], [], None),
        ("Presse: ", ["Presse"], [], None),
        ("OTS: ", ["OTS"], [], None),
        ("EQS-News: ", ["EQS-News"], [], None),
        ("EQS-Adhoc: ", ["EQS-Adhoc"], [], None),
        ("DGAP-News: ", ["DGAP-News"], [], None),
        ("Original-Research: ", ["Original-Research"], [], None),
        ("AMP.- ", ["AMP."], ["update"], None),
        ("1ST LEAD ", ["1ST LEAD"], ["update"], None),
        ("2ND LEAD: ", ["2ND LEAD"], ["update"], None),
        ("3RD NET ", ["3RD NET"], ["update"], None),
        ("UPDATE 2-", ["UPDATE 2"], ["update"], None),
        ("REFILE ", ["REFILE"], ["correction"], None),
        ("VORAB: ", ["VORAB"], [], None),
    ],
)
def test_labels_of_headlines(label, markers, signals, urgency):
    marks = read_marks(f"{label}{TITLE}", ())
    assert (marks.title, marks.markers) == (TITLE, markers)
    assert (marks.signals, marks.urgency) == (signals, urgency)


@pytest.mark.parametrize(
    ("title", "clean", "markers"),
    [
        (f"ROUNDUP/Kreise: {TITLE}", f"Kreise: {TITLE}", ["ROUNDUP"]),
        (f"VORAB/KREISE: {TITLE}", f"Kreise: {TITLE}", ["VORAB"]),
        (
            "ROUNDUP 2/Probleme in Produktion: Muster AG fällt",
            "Probleme in Produktion: Muster AG fällt",
            ["ROUNDUP 2"],
        ),
        ("EQS-News: Muster AG wächst (deutsch)", "Muster AG wächst", ["EQS-News"]),
        ("dpa-AFX Überblick: UNTERNEHMEN vom 7. März", "UNTERNEHMEN vom 7. März", None),
        (f"{TITLE} =", TITLE, []),
        (f"(Eil) {TITLE}", TITLE, ["Eil"]),
        (f"{TITLE} (Foto - Archiv)", TITLE, []),
    ],
)
def test_what_a_label_says_to_readers_stays(title, clean, markers):
    marks = read_marks(title, ())
    assert marks.title == clean
    assert markers is None or marks.markers == markers


@pytest.mark.parametrize(
    "title",
    [
        "Eil Verlag wächst",
        "Eilantrag: Gericht lehnt ab",
        "Pressefreiheit: Neuer Bericht",
        "Blitz: Zwei Kühe getötet",
        "Extra: Die besten Rezepte",
        "Roundup-Urteil kostet Milliarden",
        "Korrekturbedarf: Minister sieht Lücken",
        "Kommt die Zinswende? (II)",
        "Umsatz steigt (vorläufig)",
        "Eilmeldung",
        "Neu: das Rathaus",
    ],
)
def test_headlines_that_look_like_labels_stay(title):
    assert read_marks(title, ()).title == title


@pytest.mark.parametrize(
    ("note", "field", "value"),
    [
        ("Eil", "urgency", 2),
        ("Eil \a\a\a\a\a", "urgency", 2),
        ("Blitz", "urgency", 1),
        ("Dringend", "urgency", 2),
        ("Zusammenfassung 1645 - nur Flüchtlingsdebatte", "genre", "Zusammenfassung"),
        ("Gesamtzusammenfassung - 1700", "genre", "Gesamtzusammenfassung"),
        ("KORR-Bericht", "genre", "KORR-Bericht"),
        ("Vorbericht - Zum 30.6.", "genre", "Vorbericht"),
        ("Fragen & Antworten", "genre", "Fragen & Antworten"),
        ("Achtung - Planungshinweis", "genre", "Achtung"),
        ("Nachrichtenüberblick", "genre", "Nachrichtenüberblick"),
        ("Vorausmeldung", "genre", "Vorausmeldung"),
        (
            "Aktualisierung: Mit Dorfner, 1. Abs.",
            "notes",
            (Note("update", "Mit Dorfner, 1. Abs."),),
        ),
        ("Wiederholung: Wort im 1. Absatz", "notes", (Note("repeat", "Wort im 1. Absatz"),)),
        ("Foto - Archiv", "notes", (Note("picture", "Foto - Archiv"),)),
        ("Grafik Nr. 26844", "notes", (Note("picture", "Grafik Nr. 26844"),)),
        ("Foto-aktuell, Grafik 26811", "notes", (Note("picture", "Foto-aktuell, Grafik 26811"),)),
        ("Berichtigung: Schreibweise Menke", "correction", "Schreibweise Menke"),
        ("NICHT: 3 Prozent", "correction", "NICHT: 3 Prozent"),
        ("Im 2. Absatz wurde ein Name berichtigt.", "correction", None),
        ("Sperrfrist 23. Januar 19.00 Uhr - Redetext", "embargo_text", None),
        ("Redetext - Sperrfrist 19.00 Uhr", "embargo_text", None),
        ("SPERRFRIST - Frei für 18.00 Uhr", "embargo_text", None),
    ],
)
@pytest.mark.parametrize("where", ["markers", "text", "blocks"])
def test_notes_in_brackets(note, field, value, where):
    first = f"({note})" if where != "markers" else ""
    match where:
        case "markers":
            item = Item(id="a", title=TITLE, text=BODY, wire=Wire(markers=(note,)))
        case "text":
            item = Item(id="a", title=TITLE, text=f"{first}\n\n{BODY}")
        case _:
            item = Item(id="a", title=TITLE, blocks=(Block(first), Block(BODY)))
    article = ArticleMaker("de").make(item, Place("feed"))
    expected = note if value is None else value
    assert getattr(article.wire, field) == expected
    assert article.title == TITLE
    assert [block.text for block in article.blocks] == [
        "Der Vorstand tagt. Mehr ist nicht bekannt."
    ]
    assert article.dateline == "FRANKFURT (dpa-AFX)"


@pytest.mark.parametrize(
    ("note", "signal"),
    [("Aktualisierung: 1. Abs.", "update"), ("Berichtigung: Name", "correction")],
)
def test_the_format_s_own_signal_is_not_doubled(note, signal):
    wire = Wire(markers=(note,), signals=(f"sig:{signal}",), urgency=4, genre="Meldung")
    article = ArticleMaker("de").make(Item(id="a", title=TITLE, text=BODY, wire=wire), Place("f"))
    assert article.wire.signals == (f"sig:{signal}",)
    assert (article.wire.urgency, article.wire.genre) == (4, "Meldung")


def test_the_headline_with_its_markers_stays_visible():
    item = Item(id="a", title=f"ROUNDUP 2: {TITLE}", text=BODY)
    article = ArticleMaker("de").make(item, Place("feed"))
    assert (article.title, article.wire.headline) == (TITLE, f"ROUNDUP 2: {TITLE}")


def test_an_unknown_note_of_a_format_stays_a_marker():
    assert read_marks(TITLE, ["Eilenburg", "nur Inland"]).markers == ["Eilenburg", "nur Inland"]
    assert read_marks(TITLE, ["Eilenburg"]).urgency is None


@pytest.mark.parametrize("text", ["(Der Rat tagt.)", "(CDU)", "(Fotografen warten vor der Tür.)"])
def test_a_paragraph_in_brackets_that_is_no_note_stays(text):
    item = Item(id="a", title=TITLE, text=f"{text}\n\nDas ist alles.")
    article = ArticleMaker("de").make(item, Place("feed"))
    assert [block.text for block in article.blocks] == [text, "Das ist alles."]
