"""The fact guard on hand-made right and wrong translations, and on summaries."""

from pathlib import Path

import pytest

from evaluation.fact_finder import find_facts, is_negated
from evaluation.facts import check_summary, compare_translation
from evaluation.names import english_names, german_names, is_mentioned

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
        ("14.30 Uhr", "2:30 p.m."),
        ("19 Uhr", "7pm"),
        ("zwischen 18 und 21 Uhr", "between 6 and 9 p.m."),
        ("3. Dez.", "Dec. 3"),
        ("am 5.11.2024", "on November 5, 2024"),
        ("die Novemberwahl", "the November election"),
        ("Sonnabend", "Saturday"),
        ("die neunziger Jahre", "the 1990s"),
        ("in den 90er-Jahren", "in the nineties"),
        ("eine halbe Million", "half a million"),
        ("eineinhalb Millionen", "one and a half million"),
        ("2 bis 3 Millionen", "2 million to 3 million"),
        ("700 000 Euro", "700,000 euros"),
        ("Version 2.0", "version 2.0"),
        ("3,5 Mrd. Dollar", "$3.5bn"),
        ("94 Mio. Euro", "€94m"),
        ("400-m-Lauf", "400m race"),
        ("zehnjährig", "ten-year-old"),
        ("fünfundzwanzig", "twenty-five"),
        ("der zwölfte", "the twelfth"),
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


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Es geht um 5 Millionen Euro.", "It is about 5 million dollars."),
        ("Der Anteil stieg um 2 Prozent.", "The share rose by 2 percentage points."),
        ("Er bekam drei Jahre Haft.", "He was sentenced to three months in prison."),
    ],
)
def test_another_unit_is_a_mismatch(german, english):
    (mismatch,) = compare_translation(german, english).mismatches
    assert mismatch.kind == "unit"
    assert german[mismatch.start : mismatch.end] == mismatch.text


def test_times_may_stand_as_plain_numbers():
    assert compare_translation("Das Spiel beginnt um 19 Uhr.", "It starts at 7.").mismatches == ()
    assert compare_translation("Es beginnt um 12.30 Uhr.", "It starts at 12:30.").mismatches == ()
    assert compare_translation("Es beginnt um 12.30 Uhr.", "It starts at 13:20.").mismatches


def test_number_words_count_when_both_sides_disagree():
    assert compare_translation("Zwei Männer kamen.", "Both men came.").mismatches == ()
    kinds = [m.kind for m in compare_translation("Zwei kamen.", "Three came.").mismatches]
    assert kinds == ["number", "number"]


def test_an_added_negation_is_found():
    (mismatch,) = compare_translation("Der Plan gilt.", "The plan does not apply.").mismatches
    assert (mismatch.kind, mismatch.side, mismatch.text) == ("negation", "added", "not")
    assert compare_translation("Er lehnte ab.", "He did not agree.").mismatches == ()


def test_names_behind_an_office_and_odd_capitals_must_stay():
    text = "Ministerin Claudia Brandt lobte den MDax, Präsident Trumps Urteil nicht."
    assert [name for name, _ in german_names(text)] == ["Brandt", "Trumps", "MDax"]
    found = compare_translation("Sprecherin Eva Groß kam.", "Spokeswoman Eva Klein came.")
    assert [(m.kind, m.text) for m in found.mismatches] == [("name", "Groß")]


def test_a_name_may_lose_umlauts_and_a_genitive():
    assert is_mentioned("Müllers", "said Mueller")
    assert is_mentioned("Italian", "from Italy") is True
    assert not is_mentioned("Weber", "said Fischer")


def test_names_are_capitalised_words_inside_sentences():
    found = english_names("Yesterday Wiebel met Brunkhorst. Today she left for Berlin on Monday.")
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
