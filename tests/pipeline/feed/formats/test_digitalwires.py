"""dpa digitalwires: what an item says of itself, its text and what is not for publication."""

from datetime import UTC, datetime

import pytest

from pipeline.feed.item import Broken, Item
from tests.pipeline.feed.formats.digitalwires_items import STORY, article, html, one
from tests.pipeline.feed.formats.leaks import assert_keeps


def test_what_is_not_for_publication_is_in_no_field():
    secrets = [
        "Geheimrat", "0000001", "nicht zur Veröffentlichung", "Vertraulich", "0000002",
        "Sonnenblume", "kennung", "Mohnblume", "x_internal", "Update me", "Bildtext Hellmer",
        "Beschreibung eines Bildes", "Bildunterschrift", "Kräne vor der Halle", "mailto",
    ]  # fmt: skip
    assert_keeps(one(), secrets)
    assert_keeps(article(), secrets)
    assert one().extra == {}


@pytest.mark.parametrize("value", ["true", 1, "yes", None, False, [True], {}])
def test_only_true_makes_a_note_public(value):
    note = {"role": "dpaednoterole:editorialnote", "ednote": "Gartenzaun", "is_publishable": value}
    assert_keeps(one(ednotes=[note]), ["Gartenzaun"])


def test_notes_within_the_body_are_left_out():
    body = (
        '<section class="main"><p>Text.</p><section class="np-nonpublic"><p>Kontakt Gartenzaun'
        '</p></section></section><section class="infobox"><p>Kasten</p></section>'
    )
    assert html(body) == [("text", "Text.")]


@pytest.mark.parametrize(
    ("field", "inside"),
    [
        ("Celle (dpa) - ", "Celle (dpa) - "),
        ("Celle (dpa) -", '<span class="dateline">Celle <span>(dpa)</span> - </span>'),
        (None, '<span class="dateline">Celle <span class="credit">(dpa)</span>\u00a0– </span>'),
        ("Celle (dpa) - ", ""),
        (None, "Celle (dpa) - "),
    ],
)
def test_a_dateline_is_split_off_once(field, inside):
    body = f'<section class="main"><p>{inside}In Celle wird gebaut.</p></section>'
    made = article(dateline=field, article_html=body)
    assert (made.dateline, made.blocks[0].text) == ("Celle (dpa)", "In Celle wird gebaut.")


def test_a_dateline_may_be_missing():
    made = article(dateline=None, article_html="<p>In Celle wird gebaut.</p>")
    assert (made.dateline, made.blocks[0].text) == (None, "In Celle wird gebaut.")


def test_blocks():
    body = (
        "<section class='main'><p></p><p>\u00a0</p><p>Der Dax steht bei 12\u00a0416,19 Punkten."
        "</p><h2>Zwischentitel</h2><ol><li>eins</li><li>zwei<ul><li>drei</li></ul></li></ol>"
        "<div class='sport'><p>Halbfinale<br/>Samstag</p>loser Text</div>"
        "<p>A<br><br>B</p><dnl-wgchart src='x'></dnl-wgchart>"
        "<p>Ende <DE0007100000> hier</p></section>"
    )
    assert html(body) == [
        ("text", "Der Dax steht bei 12 416,19 Punkten."),
        ("subhead", "Zwischentitel"),
        ("item", "eins"),
        ("item", "zwei"),
        ("item", "drei"),
        ("text", "Halbfinale Samstag"),
        ("text", "loser Text"),
        ("text", "A"),
        ("text", "B"),
        ("text", "Ende <DE0007100000> hier"),
    ]


def test_short_bold_paragraphs_are_subheads():
    body = "<p><b>Auftakt</b></p><p>Text.</p><p><strong>Die Lage</strong></p><p>Text.</p>"
    body += "<p><strong>Das ist ein Satz.</strong></p><p>Ende.</p>"
    kinds = [kind for kind, _ in html(body)]
    assert kinds == ["text", "text", "subhead", "text", "text", "text"]


def test_without_text_an_item_is_broken_and_says_what_it_is():
    picture = one(article_html=None)
    assert isinstance(picture, Broken)
    assert (picture.error.reason, picture.id) == ("no_text", STORY["urn"])
    assert "only a picture" in str(picture.error)
    assert "audio" in str(one(article_html=None, associations=[{"type": "audio"}]).error)
    assert one(article_html="<section><p> </p></section>").error.reason == "no_text"
    assert one(article_html=["<p>Text</p>"]).error.reason == "no_text"


def test_a_flash_is_its_headline():
    flash = one(article_html=None, associations=[], urgency=1)
    assert (flash.title, flash.blocks) == (STORY["headline"], ())
    assert isinstance(one(article_html=None, associations=[], urgency=4), Broken)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("usable", "usable"),
        (None, "usable"),
        ("", "usable"),
        ("stat:usable", "usable"),
        ("canceled", "canceled"),
        ("Cancelled", "canceled"),
        ("withheld", "withheld"),
        ("unheard-of", "withheld"),
        (7, "withheld"),
        ([], "withheld"),
    ],
)
def test_status(written, status):
    assert one(pubstatus=written, categories=None).status == status


def test_the_stricter_status_counts():
    canceled = [{"type": "dnltype:pubstatus", "name": "canceled", "qcode": "stat:canceled"}]
    assert one(pubstatus=None, categories=canceled).status == "canceled"
    assert one(pubstatus="usable", categories=canceled).status == "canceled"


def test_a_withdrawal_without_text_or_categories_meets_its_story():
    kill = one(article_html=None, pubstatus="canceled", categories=None, version=4)
    assert isinstance(kill, Item)
    assert (kill.id, kill.provider, kill.blocks) == (STORY["urn"], one().provider, ())


@pytest.mark.parametrize("written", ["bis heute Abend", "2026-03-04", True, False, 0, [], {}])
def test_an_embargo_that_is_no_time_holds_back(written):
    held = one(embargoed=written)
    assert (held.status, held.embargo) == ("withheld", None)
    assert "unknown_embargo" in {caution.code for caution in held.cautions}


def test_embargo():
    free = one(embargoed="2026-03-04T12:00:00+01:00")
    assert (free.status, free.embargo) == ("usable", datetime(2026, 3, 4, 11, tzinfo=UTC))
    notepad = {"public_html": '<ul><li class="embargoed">Sperrfrist 12.00 Uhr</li></ul>'}
    assert one(notepad=notepad).wire.embargo_text == "Sperrfrist 12.00 Uhr"


@pytest.mark.parametrize(
    ("written", "version", "label"),
    [(3, 3, None), (None, None, None), ("52", 52, None), (2.0, 2, None), ("2b", None, "2b")],
)
def test_versions(written, version, label):
    item = one(version=written)
    assert (item.version, item.wire.version_label) == (version, label)


@pytest.mark.parametrize("written", [True, -1, 2.5, [2], 10**30, {}])
def test_a_version_of_a_wrong_type_is_noted(written):
    item = one(version=written)
    assert item.version is None
    assert "ignored_value" in {caution.code for caution in item.cautions}


def test_corrections_by_what_is_publishable():
    def note(role, text, allowed="yes"):
        public = allowed == "yes"
        return {"role": f"dpaednoterole:{role}", "ednote": text, "is_publishable": public}

    short, ready = note("correctionshort", "B"), note("correction_consumerready", "C")
    assert one(ednotes=[ready, short]).wire.correction == "B"
    assert one(ednotes=[note("correction", "A", "no"), ready]).wire.correction == "C"
    found = one(ednotes=[note("correction", "A"), short, ready]).wire
    assert found.correction == "A"
    assert [(note.role, note.text) for note in found.notes] == [
        ("correctionshort", "B"),
        ("correction_consumerready", "C"),
    ]


def test_cautions_name_keys_and_show_no_values():
    item = one(headline={"x": "Gartenzaun"}, notepad="Gartenzaun", ednotes=["Gartenzaun"] * 50)
    assert_keeps(item, ["Gartenzaun"])
    assert [caution.message for caution in item.cautions if caution.code == "ignored_value"] == [
        "ednotes[] is a text, not an object",
        "notepad is a text, not an array",
        "headline is an object, not a text",
    ]
