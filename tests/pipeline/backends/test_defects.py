"""Defects are found where they are sure; what may be right passes."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.backends.defects import find_defect

DE_EN = ("de", "en")
SAMPLE = Path(__file__).parents[3] / "data" / "wire-sample.jsonl"


def kind(source, output, languages=DE_EN):
    found = find_defect(source, output, languages)
    return found and found.kind


@pytest.mark.parametrize(
    ("source", "output", "expected"),
    [
        ("Der Umsatz stieg.", "", "empty"),
        ("Der Umsatz stieg.", " \n", "empty"),
        ("  ", "", None),
        ("Es war gut.", "It was good good good.", "loop"),
        ("Sehr, sehr, sehr gut.", "Very, very, very good.", None),
        ("Der Rat tagt.", "The council met in Bonn and the council met in Bonn and", "loop"),
        ("Der Rat tagt.", "The council, the council met.", None),
        ("Der Mann lachte.", "The man laughed hahahahahaha.", "loop"),
        ("Der Mann lachte: hahahahahaha.", "The man laughed: hahahahahaha.", None),
        ("Das Spiel endete 1:1 (1:1).", "The match ended 1-1 (1-1).", None),
        ("Es kostet 20 Milliarden.", "It costs 20,000,000,000.", None),
        ("Die Aktie ist am Montag gefallen.", "Die Aktie ist am Montag gefallen", "copied"),
        ("Verein für Deutsche Schäferhunde", "Verein für Deutsche Schäferhunde", None),
        ("Der Chef sagt, es sei gut.", "Der Chef sagt, es sei good.", "copied"),
        ("Tesla Inc.", "Tesla Inc.", None),
        ("Ursula von der Leyen", "Ursula von der Leyen", None),
        ("Bild am Sonntag", "Bild am Sonntag", None),
        ("Dax 18.412,33 (+0,4 %)", "Dax 18.412,33 (+0,4 %)", None),
        ("The show must go on", "The show must go on", None),
        (
            "Kurz.",
            "Er will den Vertrag nicht mehr ändern und ist sehr zufrieden.",
            "wrong_language",
        ),
        (
            "Kurz.",
            "Le ministre a annoncé que les impôts ne seraient pas augmentés cette année.",
            "wrong_language",
        ),
        ("Kurz.", "Bundesbank President Joachim Nagel met Volkswagen AG in Wolfsburg.", None),
        ("Kurz.", "Ja.", None),  # too short to be judged
    ],
)
def test_one_output(source, output, expected):
    assert kind(source, output) == expected


def test_an_article_may_be_repeated_in_its_own_language():
    text = "The board met on Monday. It did not decide."
    assert kind(text, text, ("en", "en")) is None
    assert kind(text, "Der Vorstand tagte am Montag. Er hat nicht entschieden.", ("en", "en"))


def test_a_language_without_a_list_of_words_is_not_judged():
    assert kind("Kurz.", "Er will den Vertrag nicht ändern und ist zufrieden.", ("de", "is")) in {
        None,
        "wrong_language",
    }
    assert kind("Kurz.", "Er ist sehr zufrieden.", ("zz", "yy")) is None


def test_what_repeats_is_named():
    found = find_defect("Es war gut.", "It was good good good.", DE_EN)
    assert found is not None
    assert found.message == "repeats 'good'"


@pytest.fixture(scope="module")
def pairs():
    """Titles and paragraphs of the sample feed, with their human translation."""
    found = []
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        german = record["text"].split("\n\n")
        english = record["references"]["translation"].split("\n\n")
        if len(german) == len(english):
            found += zip(german, english, strict=True)
    return found


def test_human_translations_have_no_defect(pairs):
    assert len(pairs) > 100
    assert [pair for pair in pairs if kind(*pair)] == []


def test_nearly_every_paragraph_left_in_german_is_found(pairs):
    missed = [german for german, _ in pairs if kind(german, german) != "copied"]
    assert len(missed) <= 0.1 * len(pairs), missed
    others = [german for _, german in pairwise(pairs)]
    strange = [german for german, _ in others if not kind("Etwas anderes.", german)]
    assert len(strange) <= 0.1 * len(pairs), strange


def test_every_added_loop_is_found(pairs):
    looped = [
        (german, f"{english} {' '.join(english.split()[-3:] * 3)}") for german, english in pairs
    ]
    assert [pair for pair in looped if kind(*pair) != "loop"] == []
