"""The fact guard on hand-made right and wrong translations, and on summaries."""

import pytest

from evaluation.fact_finder import find_facts
from evaluation.facts import Span, check_summary, compare_translation
from evaluation.names import english_names, german_names, is_mentioned
from evaluation.negation import is_negated


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
        ("um halb neun", "at half past eight"),
        ("um halb neun", "at 8:30"),
        ("Viertel vor zehn", "a quarter to ten"),
        ("Viertel nach sechs", "quarter past six"),
        ("um Mitternacht", "at midnight"),
        ("ein gutes Drittel der Wähler", "a good third of voters"),
        ("drei Viertel", "three quarters"),
        ("jeder Vierte", "one in four"),
        ("die Hälfte", "half"),
        ("im ersten Halbjahr", "in the first half"),
        ("im dritten Quartal", "third-quarter profit"),
        ("zwei Dutzend Häuser", "two dozen houses"),
        ("verdoppelte sich", "doubled"),
        ("ein Prozent", "1 percent"),
        ("1,1 bis 1,2 Milliarden", "1.1 to 1.2 billion"),
        ("am 1. 10. 2026.", "on October 1, 2026"),
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


def test_a_mismatch_says_what_and_where():
    german, english = "Er zahlte 120 Euro.", "He paid 210 euros."
    report = compare_translation(german, english)
    missing, added = report.mismatches
    assert (missing.side, german[missing.start : missing.end]) == ("missing", "120")
    assert (added.side, english[added.start : added.end]) == ("added", "210")
    assert missing.other == Span("210", 8, 11)
    assert added.other == Span("120", 10, 13)
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
        ("Er lief 5 Kilometer.", "He ran 5 miles."),
        ("Es waren 40 Grad.", "It was 40 percent."),
        ("Er gab 30 Mio. Kronen.", "He gave 30 million Swiss francs."),
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
    assert [(m.kind, m.text) for m in found.mismatches] == [("name", "Groß"), ("name", "Klein")]


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


def test_a_lost_negation_is_found_beside_another():
    german = "Die Firma hat keine Schulden, will aber nicht verkaufen."
    (lost,) = compare_translation(german, "The company has no debts but wants to sell.").mismatches
    assert (lost.kind, lost.side, lost.text) == ("negation", "missing", "nicht")
    assert lost.other == Span("The company has no debts but wants to sell.", 0, 43)


def test_double_negations_may_be_resolved():
    german = "Das Urteil war nicht unumstritten."
    assert compare_translation(german, "The ruling was controversial.").mismatches == ()


def test_numbers_that_changed_places_are_found():
    german = "Der Gewinn stieg von 7,6 auf 9,4 Millionen Euro."
    right = "Profit rose to 9.4 million euros from 7.6 million."
    assert compare_translation(german, right).mismatches == ()
    wrong = "Profit rose from 9.4 million to 7.6 million euros."
    (mismatch,) = compare_translation(german, wrong).mismatches
    assert (mismatch.kind, mismatch.text, mismatch.other.text) == ("number", "7,6", "9.4 million")


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Der Gipfel in Genf endet.", "The summit in Geneva ends."),
        ("Die italienische Regierung schweigt.", "The Italian government is silent."),
        ("Das sagte Arkadi Lomzew.", "Arkady Lomtsev said so."),
        ("Gründer Arvid Lenhardt geht.", "Founder Arvid Lenhardt is leaving."),
        ("Die Lindhorst AG wächst.", "Lindhorst AG is growing."),
    ],
)
def test_names_may_be_written_as_english_does(german, english):
    assert compare_translation(german, english).mismatches == ()


@pytest.mark.parametrize(
    ("german", "english", "ours", "theirs"),
    [
        ("Der Außenminister war in Genf.", "The minister was in Genoa.", "Genf", "Genoa"),
        ("Das sagte Nele Hagebusch.", "Nele Hagebaum said so.", "Hagebusch", "Hagebaum"),
        ("Der TSV Wallberg siegt.", "TSV Waldhof win.", "Wallberg", "Waldhof"),
    ],
)
def test_another_name_is_found_with_its_counterpart(german, english, ours, theirs):
    missing, added = compare_translation(german, english).mismatches
    assert (missing.kind, missing.text, missing.other.text) == ("name", ours, theirs)
    assert (added.kind, added.text, added.other.text) == ("name", theirs, ours)


def test_a_summary_must_not_state_what_its_article_denies():
    german = [("Eine Warnung vor einem Tsunami wurde nicht ausgegeben.", "de")]
    english = "No tsunami warning was issued."
    assert check_summary("No warning was issued.", german, english).mismatches == ()
    (lost,) = check_summary("A tsunami warning was issued.", german, english).mismatches
    assert (lost.kind, lost.side) == ("negation", "missing")


def test_places_of_the_german_text_found_those_of_a_summary():
    sources = [("Der Konzern aus München baut in Österreich.", "de")]
    assert check_summary("The Munich-based group builds in Austria.", sources).mismatches == ()
    (found,) = check_summary("The group builds in Hungary.", sources).mismatches
    assert (found.kind, found.text) == ("name", "Hungary")
