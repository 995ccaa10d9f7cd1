"""What an item is decides what is made of it."""

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.item import Item
from pipeline.feed.planner import Planner
from pipeline.feed.settings import Handling, Treatments
from pipeline.records import Block, Place
from pipeline.wire import Subject, Wire

STORY = "FRANKFURT (dpa-AFX) - Der Vorstand tagt. Mehr ist nicht bekannt."
ROWS = tuple((f"{n}.", f"Verein {n}", "14") for n in range(1, 5))
TABLE = Block("\n".join(" | ".join(row) for row in ROWS), "table", ROWS)


def make(title="Der Titel", text=STORY, **wire):
    item = Item(id="a", title=title, text=text, wire=Wire(**wire))
    return ArticleMaker("de").make(item, Place("feed"))


@pytest.mark.parametrize(
    ("genre", "nature"),
    [
        ("Meldung", "story"),
        ("KORR-Bericht", "story"),
        ("Hintergrund", "story"),
        ("Extra", "story"),
        ("Vorbericht", "story"),
        ("Fragen & Antworten", "story"),
        ("Zusammenfassung", "digest"),
        ("Gesamtzusammenfassung", "digest"),
        ("Nachrichtenüberblick", "digest"),
        ("Summary", "digest"),
        ("Vorschau", "preview"),
        ("Tagesvorschau", "preview"),
        ("Preview", "preview"),
        ("Tabelle", "table"),
        ("Table", "table"),
        ("Achtung", "advisory"),
        ("Advisory", "advisory"),
        ("Dienstmeldung", "advisory"),
        ("Presseschau", "press_review"),
        ("Pressestimmen", "press_review"),
        ("Kommentar", "press_review"),
        ("Press Release", "release"),
        ("Eilmeldung", "flash"),
        (None, "story"),
    ],
)
def test_by_genre(genre, nature):
    assert make(genre=genre).wire.nature == nature


@pytest.mark.parametrize(
    ("title", "nature"),
    [
        ("ROUNDUP 2: Muster AG wächst", "story"),
        ("PRESSE: Muster AG vor Verkauf", "story"),
        ("EILMELDUNG: Muster AG wächst", "flash"),
        ("EQS-News: Muster AG wächst", "release"),
        ("OTS: Verband fordert Geld", "release"),
        ("Original-Research: Muster AG", "release"),
        ("dpa-AFX Überblick: UNTERNEHMEN vom 7. März", "digest"),
        ("TAGESVORSCHAU: Termine am 7. März", "preview"),
        ("Wirtschaft kompakt", "digest"),
        ("Kompakte Autos verkaufen sich gut", "story"),
        ("Presseschau: Stimmen zur Wahl", "press_review"),
    ],
)
def test_by_label(title, nature):
    assert make(title=title).wire.nature == nature


@pytest.mark.parametrize(("note", "nature"), [("Vorschau", "preview"), ("Tabelle", "table")])
def test_a_note_says_more_than_a_general_genre(note, nature):
    assert make(genre="Meldung", markers=(note,)).wire.nature == nature


def test_by_desk_of_the_header():
    assert make(subjects=(Subject("rs", "desk", "rs"),)).wire.nature == "advisory"


def test_by_shape():
    blocks = (Block("6. Spieltag:"), TABLE)
    article = ArticleMaker("de").make(Item(id="a", title="Liga", blocks=blocks), Place("feed"))
    assert article.wire.nature == "table"
    piped = "\n".join(f"| {' | '.join(row)} |" for row in ROWS)
    article = make(title="Liga", text=f"6. Spieltag:\n\n{piped}\n\nDas war es.")
    assert article.wire.nature == "table"
    assert article.blocks[1].rows == ROWS
    story = make(title="Liga", text=f"{STORY} {STORY} {STORY} {STORY}\n\n{piped}")
    assert (story.wire.nature, story.blocks[1].kind) == ("story", "table")


@pytest.mark.parametrize(
    ("title", "paper"),
    [
        ("«Musterstädter Rundschau» zu illegalen Autorennen", "«Musterstädter Rundschau»"),
        ('"Stadtbote" zum Haushalt', '"Stadtbote"'),
        ("«Stadtbote» (Kleinstadt) zur Rente", "«Stadtbote»"),
    ],
)
def test_a_press_review_names_its_paper(title, paper):
    article = make(title=title, text="Das Rennen ist vorbei. Nun muss gehandelt werden.")
    assert article.wire.nature == "press_review"
    (caution,) = article.warnings
    assert (caution.code, caution.message) == ("opinion", f"Opinion of {paper}, not of the agency")


@pytest.mark.parametrize(
    "title", ["«Stadtbote» zu Geldstrafe verurteilt", "Stadtbote zum Verkauf", "«Ja» heißt ja"]
)
def test_news_of_a_paper_is_no_opinion(title):
    assert make(title=title, text="Das Gericht hat entschieden.").wire.nature == "story"


@pytest.mark.parametrize(
    ("title", "text", "nature"),
    [
        ("Ergebnisse Tennis", "Halbfinale:\n\nMuster - Beispiel 6:2, 4:6", "table"),
        ("Ergebnisse und Tabelle der 2. Liga", "Spieltag 6", "table"),
        ("Ergebnisse der Studie überraschen", "Die Zahlen sind da.", "story"),
        ("Ergebnisse der Wahl", STORY, "story"),
        ("Tabellenführer siegt", "Der Verein gewann.", "story"),
    ],
)
def test_results_say_so_in_the_headline(title, text, nature):
    assert make(title=title, text=text).wire.nature == nature


def test_a_story_with_dateline_is_no_press_review():
    assert make(title="«Stadtbote» zu Gast im Rathaus").wire.nature == "story"


@pytest.mark.parametrize("urgency", [1, 2])
def test_urgency_makes_a_flash(urgency):
    assert make(urgency=urgency).wire.nature == "flash"
    assert make(urgency=urgency, text="").blocks == ()


def plan(article, treatments=None, target="en"):
    return Planner(treatments, target).plan(article)


@pytest.mark.parametrize(
    ("genre", "treatment"),
    [
        (None, "brief"),
        ("Eilmeldung", "brief"),
        ("Presseschau", "brief"),
        ("Pressemitteilung", "brief"),
        ("Zusammenfassung", "translate"),
        ("Tabelle", "pass"),
        ("Vorschau", "pass"),
        ("Achtung", "pass"),
    ],
)
def test_usual_treatments(genre, treatment):
    assert plan(make(genre=genre)).treatment == treatment


def test_settings_decide_otherwise():
    settings = Treatments(digest=Handling.brief, story=Handling["pass"])
    assert plan(make(genre="Zusammenfassung"), settings).treatment == "brief"
    assert plan(make(), settings).treatment == "pass"


def test_a_headline_without_text_is_only_translated():
    assert plan(make(title="EILMELDUNG: Zins fällt", text="")).treatment == "translate"


def test_a_flash_of_one_line():
    for text in ("EILMELDUNG: Notenbank senkt Zins", "BLITZ: Notenbank senkt Zins\n"):
        article = make(title=None, text=text)
        assert (article.title, article.blocks) == ("Notenbank senkt Zins", ())
        assert article.wire.nature == "flash"
    beside = make(title="Zins fällt", text="EILMELDUNG: Notenbank senkt Zins")
    assert beside.title == "Zins fällt"
    assert beside.blocks == (Block("Notenbank senkt Zins"),)


def test_the_dateline_of_the_target_language():
    article = make(text="MÜNCHEN (dpa) - Der Rat tagt.")
    assert plan(article).dateline_target == "MUNICH (dpa)"
    assert plan(article, target="fr").dateline_target == "MÜNCHEN (dpa)"
    assert plan(make(genre="Tabelle", text="WIEN (APA) - Stand")).dateline_target == "WIEN (APA)"
