"""The fact guard on hand-made right and wrong translations, and on summaries."""

from pathlib import Path

import pytest

from evaluation.fact_finder import find_facts, is_negated, names
from evaluation.facts import check_summary, compare_translation

PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parent / "fact_pairs.tsv").read_text("utf-8").splitlines()
]
RIGHT = [(german, english) for kind, german, english in PAIRS if kind == "right"]
WRONG = [(german, english) for kind, german, english in PAIRS if kind == "wrong"]


def values(text, language):
    return [(fact.kind, fact.value) for fact in find_facts(text, language)]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("1,2 Milliarden Euro", "1.2 billion euros"),
        ("18.412,33 Punkte", "18,412.33 points"),
        ("3 Mio.", "3 million"),
        ("eine Billion", "one trillion"),
        ("0,80 Prozent", "0.8 percent"),
        ("2.716 Eingaben", "2,716 petitions"),
        ("am Samstagabend", "on Saturday evening"),
        ("mittwochs", "Wednesday"),
        ("5. November", "November 5"),
        ("12.30 Uhr", "12:30"),
        ("zwölf", "twelve"),
        ("vierzig", "forty"),
    ],
)
def test_both_languages_have_one_normal_form(german, english):
    assert sorted(values(german, "de")) == sorted(values(english, "en")) != []


@pytest.mark.parametrize("text", ["eine Frau", "ein Jahr", "Billionär", "Millionär", "der Maibaum"])
def test_words_that_are_no_facts(text):
    assert values(text, "de") == []


def test_places_are_those_of_the_text():
    text = "Der Dax fiel am Montag um 0,8 Prozent."
    assert [text[fact.start : fact.end] for fact in find_facts(text, "de")] == ["0,8", "Montag"]


@pytest.mark.parametrize(("german", "english"), RIGHT)
def test_right_translations_raise_no_alarm(german, english):
    assert compare_translation(german, english).mismatches == ()


def test_precision_and_recall_on_the_gold_pairs():
    assert len(RIGHT) >= 35
    assert len(WRONG) >= 40
    alarms = [bool(compare_translation(*pair).mismatches) for pair in (*RIGHT, *WRONG)]
    false, true = sum(alarms[: len(RIGHT)]), sum(alarms[len(RIGHT) :])
    assert true / (true + false) >= 0.95
    assert true / len(WRONG) >= 0.85


def test_a_mismatch_says_what_and_where():
    german, english = "Er zahlte 120 Euro.", "He paid 210 euros."
    report = compare_translation(german, english)
    missing, added = report.mismatches
    assert (missing.side, german[missing.start : missing.end]) == ("missing", "120")
    assert (added.side, english[added.start : added.end]) == ("added", "210")
    assert report.checked == 2
    assert report.agreed == 0


def test_a_summary_may_leave_out_and_round_but_not_invent():
    sources = [("Der Dax fiel am Montag um 0,8 Prozent auf 18.412,33 Punkte.", "de")]
    assert check_summary("On Monday it fell to 18,412 points.", sources).mismatches == ()
    invented = check_summary("On Friday it fell to 18,500 points.", sources)
    assert {mismatch.kind for mismatch in invented.mismatches} == {"number", "weekday"}


def test_a_name_that_no_source_has_is_found():
    sources = [("Der Konzern Velmar schweigt.", "de"), ("The group Velmar is silent.", "en")]
    assert check_summary("The group Velmar says nothing.", sources).mismatches == ()
    (mismatch,) = check_summary("The group Nordenergie says nothing.", sources).mismatches
    assert (mismatch.kind, mismatch.text) == ("name", "Nordenergie")


def test_names_are_capitalised_words_inside_sentences():
    found = names("Yesterday Wiebel met Brunkhorst. Today she left for Berlin on Monday.")
    assert found == [("Wiebel", 10), ("Brunkhorst", 21), ("Berlin", 52)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Das gilt nicht.", "de", True),
        ("Keine Angabe.", "de", True),
        ("Das gilt.", "de", False),
        ("It doesn't apply.", "en", True),
        ("He refused.", "en", True),
        ("It applies.", "en", False),
    ],
)
def test_negation(text, language, expected):
    assert is_negated(text, language) is expected
