"""Features say of words and sets what a reader can count by hand, in English and in German."""

import pytest

from pipeline.extractive.features import read, word_features
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.sets import FEATURES, SetMeasurer
from pipeline.extractive.vectors import Words

ENGLISH = Candidates(
    "a",
    [
        "The mayor of Kiel opened 3 bridges.",
        "They cost 9.5 million euros.",
        "“The bridges are a gift,” said Anna Berg.",
    ],
    title="Kiel opens bridges",
    paragraphs=[0, 0, 2],
)
GERMAN = Candidates(
    "b",
    ["Der Umsatz stieg um 3,5 Prozent.", "„Wir sind zufrieden“, sagte die Vorständin Anna Berg."],
    title="Umsatz steigt",
)


@pytest.fixture
def english():
    return read(ENGLISH, Words("en"))


def test_words_know_where_they_come_from_and_what_they_are(english):
    features = word_features(english)
    kiel, three, bridge = features["kiel", 1], features["3", 1], features["bridg", 1]
    assert kiel["name"] == kiel["title"] == kiel["name in the title"] == 1
    assert three["number"] == 1
    assert three["number where a paragraph starts"] == 1
    assert three["title"] == 0
    assert kiel["from sentence 0"] == kiel["content from sentence 0"] == 1
    assert "content" not in features["the", 1]
    assert bridge["quoted"] == 1
    assert bridge["last place"] == pytest.approx(2 / 3)
    assert bridge["share of paragraphs"] == 1
    assert features["million", 1]["share of paragraphs"] == 0.5
    assert features["million", 1]["sentence: starts a paragraph"] == 0


def test_each_occurrence_counts_up_to_four():
    reading = read(Candidates("a", ["Tom met Tom, Tom, Tom and Tom."]), Words("en"))
    times = [time for stem, time in word_features(reading) if stem == "tom"]
    assert times == [1, 2, 3, 4]


def test_a_subhead_between_paragraphs_leaves_no_gap(english):
    assert english.paragraphs == [0, 0, 1]


def test_german_numbers_names_quotes_and_title_are_seen():
    reading = read(GERMAN, Words("de"))
    assert {"umsatz", "anna", "berg"} <= reading.names
    assert reading.quotes == [False, True]
    assert "zufried" in reading.quoted
    assert reading.title == {"umsatz", "steigt"}
    assert word_features(reading)["3", 1]["number"] == 1


def measure(reading, chances, *sets):
    rows = SetMeasurer(reading, chances, range(len(reading.counts))).measure(sets)
    return [dict(zip(FEATURES, row, strict=True)) for row in rows.tolist()]


def test_sets_expect_what_their_words_promise(english):
    chances = {("bridg", 1): 0.5, ("bridg", 2): 0.25, ("euro", 1): 1.0, ("3", 1): 0.5}
    first, both = measure(english, chances, (0, 1), (0, 2))
    assert first["expected matches"] == 2.0
    assert first["expected numbers"] == 0.5
    assert first["words"] == 13
    assert first["expected F"] == pytest.approx(2 * 2.0 / (13 + 45))
    assert both["expected matches"] == 1.25
    # bridges would count 0.5 in either sentence, but the second time only 0.25
    assert both["expected twice"] == pytest.approx(0.25)


def test_sets_have_places_paragraphs_numbers_quotes_and_names(english):
    first, both = measure(english, {}, (0, 1), (0, 2))
    assert (first["paragraphs"], both["paragraphs"]) == (1, 2)
    assert (first["paragraph starts"], both["paragraph starts"]) == (1, 2)
    assert (first["quotes"], both["quotes"]) == (0, 1)
    assert (first["numbers"], both["numbers"]) == (3, 1)
    assert (first["names"], both["names"]) == (1, 3)
    assert (first["latest"], both["latest"]) == (1, 2)
    assert both["title"] == 2  # "opens" is in the list of stop words
    assert both["repeats"] == 1


def test_wordless_sentences_can_be_measured():
    reading = read(Candidates("a", ["...", "!"]), Words("en"))
    (found,) = measure(reading, {}, (0, 1))
    assert found["expected F"] == 0
