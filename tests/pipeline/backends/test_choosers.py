"""The first candidate with the fewest mismatches wins, and no more are looked at than need be."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.choosers import first_with_fewest
from pipeline.translation.choice import FactChooser


@given(st.lists(st.text("ab", max_size=3), min_size=1, max_size=8))
def test_the_first_of_the_best_is_taken(candidates):
    def mismatches(text):
        return text.count("a")

    assert first_with_fewest(candidates, mismatches) == min(candidates, key=mismatches)


def test_no_more_are_counted_than_need_be():
    seen = []

    def mismatches(text):
        seen.append(text)
        return len(text)

    assert first_with_fewest(["aa", "aa"], mismatches) == "aa"
    assert seen == []
    assert first_with_fewest(["b", "aa", "aa", "", "c"], mismatches) == ""
    assert seen == ["b", "aa", ""]


def test_a_translation_is_chosen_by_its_facts():
    source = "Die Aktie fiel am Montag um 3,5 Prozent."
    candidates = ["The share fell by 3.5 percent.", "The share fell by 3.5 percent on Monday."]
    assert FactChooser().choose(source, candidates) == candidates[1]
    assert FactChooser().choose(source, candidates[:1]) == candidates[0]
