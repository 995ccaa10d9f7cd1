"""What stands in front of the dateline is kept apart: metadata, headline, byline, notes."""

import json

import pytest

from pipeline.feed.dress import undress
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed, PlaintextFeed
from pipeline.records import Block

STORY = "WASHINGTON (dpa-AFX) - Die Notenbank tagt."


@pytest.mark.parametrize(
    "title",
    [
        "ROUNDUP: Notenbank senkt Zins",
        "Notenbank senkt den Zins - Dollar fällt",
        "Kommt die Zinswende?",
        "«Wir warten ab»",
    ],
)
def test_a_headline_above_the_dateline(title):
    dress = undress(f"{title}\n\n{STORY}")
    assert (dress.title, dress.dateline) == (title, "WASHINGTON (dpa-AFX)")
    assert dress.blocks == (Block("Die Notenbank tagt."),)


@pytest.mark.parametrize(
    "text",
    [
        f"Das ist ein ganzer Satz.\n\nNoch einer.\n\n{STORY}",
        f"Zeile eins\nZeile zwei\n\n{STORY}",
        "Notenbank senkt Zins\n\nDie Notenbank tagt.",
        "Notenbank senkt Zins\n\nUNESCO - Die Notenbank tagt.",
        f"Ein Titel\n\nEin zweiter Titel\n\n{STORY}",
        f"{'Sehr lange Zeile ' * 12}\n\n{STORY}",
    ],
)
def test_a_short_paragraph_is_no_headline_without_more(text):
    dress = undress(text)
    assert dress.title is None
    assert dress.dateline is None
    assert len(dress.blocks) == text.count("\n\n") + 1


def test_a_teaser_above_the_dateline():
    dress = undress(f"Notenbank tagt\n\nDie Märkte warten. Was kommt?\n\n{STORY}")
    assert (dress.title, dress.teaser) == ("Notenbank tagt", "Die Märkte warten. Was kommt?")
    assert (dress.dateline, len(dress.blocks)) == ("WASHINGTON (dpa-AFX)", 1)


def test_byline_and_notes_stand_between():
    dress = undress(
        "WDH: Bank hebt Ziel an\n\n(Im 2. Absatz wurde ein Name berichtigt.)\n\n"
        f"--- Von Petra Muster, dpa ---\n\n{STORY}"
    )
    assert dress.title == "WDH: Bank hebt Ziel an"
    assert dress.notes == ("(Im 2. Absatz wurde ein Name berichtigt.)",)
    assert dress.byline == "Von Petra Muster, dpa"
    assert dress.blocks == (Block("Die Notenbank tagt."),)


@pytest.mark.parametrize(
    ("prefix", "metadata", "rest"),
    [
        ("date 2024-10", {"date": "2024-10"}, STORY),
        ("date 2024-10 provider dpa", {"date": "2024-10", "provider": "dpa"}, STORY),
        (
            "date 2024-10-05 provider dpa desk wirtschaft version 2",
            {"date": "2024-10-05", "provider": "dpa", "desk": "wirtschaft", "version": "2"},
            STORY,
        ),
        ("desk wirtschaft date 2024", {"desk": "wirtschaft", "date": "2024"}, STORY),
        ("provider dpa language de", {"provider": "dpa", "language": "de"}, STORY),
        ("date: 2024-10, provider: dpa", {"date": "2024-10", "provider": "dpa"}, STORY),
        (
            "date 2024-10 provider dpa",
            {"date": "2024-10", "provider": "dpa"},
            "BERLIN - Es regnet.",
        ),
        ("date 2024-10", {"date": "2024-10"}, "Es regnet heute."),
    ],
)
def test_a_prefix_of_several_keys(prefix, metadata, rest):
    dress = undress(f" {prefix} {rest}")
    assert (dress.prefix, dress.metadata) == (prefix, metadata)
    assert (dress.dateline, dress.blocks) == (undress(rest).dateline, undress(rest).blocks)


def test_a_place_of_several_words_behind_the_prefix():
    dress = undress("date 2024-10 provider dpa Frankfurt am Main (dpa) - Die Bank zahlt.")
    assert (dress.dateline, dress.blocks) == (
        "Frankfurt am Main (dpa)",
        (Block("Die Bank zahlt."),),
    )


@pytest.mark.parametrize(
    "text", ["version drei kommt bald.", "source ist ein Wort.", "date ist eins.", "date 2024-10"]
)
def test_words_like_keys_stay(text):
    dress = undress(text)
    assert (dress.prefix, dress.blocks) == (None, (Block(text),))


def test_the_fields_stand_in_the_article(tmp_path):
    (tmp_path / "a.txt").write_text(f"date 2024-10 provider dpa Zins fällt\n\n{STORY}")
    (article,) = open_feed(PlaintextFeed(path=str(tmp_path / "a.txt")), "de").read()
    assert (article.title, article.provider) == ("Zins fällt", "dpa")
    assert article.wire.metadata == (("date", "2024-10"), ("provider", "dpa"))


def test_a_headline_beside_a_given_title_is_kept(tmp_path):
    record = {"id": "a", "title": "Der Titel", "text": f"ROUNDUP: Zins fällt\n\n{STORY}"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    (article,) = open_feed(JsonlFeed(path=str(tmp_path / "a.jsonl")), "de").read()
    assert (article.title, article.wire.headline) == ("Der Titel", "ROUNDUP: Zins fällt")
