"""Of what companies publish the frame goes: rules, notices, master data, contacts."""

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.item import Item
from pipeline.records import Block, Place
from pipeline.wire import Note

RESPONSIBLE = "Für den Inhalt der Mitteilung ist der Emittent / Herausgeber verantwortlich."
ORIGINAL = "Original-Content von: Beispiel Verband, übermittelt durch news aktuell"
TITLE = "Beispiel AG steigert Umsatz"
BODY = ("Die Beispiel AG hat den Umsatz gesteigert.", "Der Vorstand bestätigt die Prognose.")
RULE = "-" * 75
ISSUER = f"""EQS-News: Beispiel AG / Schlagwort(e): Quartalsergebnis
{TITLE}

07.11.2024 / 07:30 CET/CEST
{RESPONSIBLE}

{RULE}

{BODY[0]}

{BODY[1]}

Kontakt:
Erika Beispiel
Leiterin Investor Relations
Telefon: +49 123 456789
E-Mail: ir@beispiel.example

{RULE}

07.11.2024 CET/CEST Veröffentlichung einer Corporate News/Finanznachricht, übermittelt durch \
EQS News - ein Service der EQS Group AG.
{RESPONSIBLE}

Die EQS Distributionsservices umfassen gesetzliche Meldepflichten und Pressemitteilungen.
Medienarchiv unter https://archiv.example

{RULE}

   Sprache:        Deutsch
   Unternehmen:    Beispiel AG
                   Musterstraße 1
                   12345 Musterstadt
   Telefon:        +49 123 456789
   E-Mail:         ir@beispiel.example
   ISIN:           XX0005552004
   WKN:            555200
   Indizes:        SDAX
   Börsen:         Regulierter Markt in Frankfurt (Prime Standard); Freiverkehr in Berlin
   EQS News ID:    2024123


   Ende der Mitteilung    EQS News-Service
{RULE}

2024123  07.11.2024 CET/CEST

°
"""
OTS = f"""OTS: Beispiel Verband / {TITLE}

Berlin (ots) - {BODY[0]}

{BODY[1]}

Pressekontakt:

Beispiel Verband e.V.
Hans Beispiel
Tel.: 030 1234567
presse@verband.example

{ORIGINAL}
"""


def make(text, how):
    if how == "text":
        item = Item(id="a", text=text)
    else:
        paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
        label = text.split(":")[0]
        blocks = tuple(map(Block, paragraphs))
        item = Item(id="a", title=f"{label}: {TITLE} (deutsch)", blocks=blocks)
    return ArticleMaker("de").make(item, Place("feed"))


@pytest.mark.parametrize("how", ["text", "blocks"])
def test_an_issuer_s_release(how):
    article = make(ISSUER, how)
    assert article.title == TITLE
    assert [block.text for block in article.blocks] == list(BODY)
    assert article.wire.identifiers == ("ISIN XX0005552004", "WKN 555200")
    assert article.wire.notes == (Note("responsibility", RESPONSIBLE),)
    assert (article.wire.nature, article.wire.markers) == ("release", ("EQS-News",))
    assert "456789" not in repr(article)


@pytest.mark.parametrize("how", ["text", "blocks"])
def test_a_release_of_the_original_text_service(how):
    article = make(OTS, how)
    assert article.title is not None
    assert article.title.endswith(TITLE)
    assert (article.dateline, article.wire.nature) == ("Berlin (ots)", "release")
    assert [block.text for block in article.blocks] == list(BODY)
    assert article.wire.notes == (Note("responsibility", ORIGINAL),)
    assert "1234567" not in repr(article)


@pytest.mark.parametrize(
    "text",
    [
        "Kontakt: Das Wort hat viele Bedeutungen.",
        "Weitere Informationen lagen zunächst nicht vor.",
        "Sprache: ein weites Feld.",
        "Am Ende der Mitteilung stand ein Gruß.",
        "Der Emittent ist verantwortlich.",
        "Kontakt:",
    ],
)
def test_ordinary_paragraphs_stay(text):
    item = Item(id="a", text=f"{BODY[0]}\n\n{text}\n\n{BODY[1]}")
    article = ArticleMaker("de").make(item, Place("feed"))
    assert [block.text for block in article.blocks] == [BODY[0], text, BODY[1]]


def test_text_behind_contacts_stays():
    contact = "Pressekontakt: Hans Beispiel, Tel. 030 1234567"
    item = Item(id="a", text=f"{BODY[0]}\n\n{contact}\n\n{BODY[1]}")
    article = ArticleMaker("de").make(item, Place("feed"))
    assert [block.text for block in article.blocks] == list(BODY)
    assert [caution.code for caution in article.warnings] == ["notebook_left_out"]


def test_a_text_of_nothing_else_is_not_emptied():
    article = ArticleMaker("de").make(Item(id="a", text=RESPONSIBLE), Place("feed"))
    assert article.blocks == (Block(RESPONSIBLE),)
