"""Measures without a reference, counted by hand."""

import pytest

from evaluation.measures import copied_fragments, measure, tokens


def test_fragments_are_found_greedily_from_the_left():
    source = ["a", "b", "c", "d", "e", "f"]
    assert copied_fragments(source, ["b", "c", "d", "x", "f", "a", "b"]) == [3, 1, 2]
    assert copied_fragments(source, ["x", "y"]) == []
    assert copied_fragments(["a", "b", "a", "b", "c"], ["a", "b", "c"]) == [3]


@pytest.mark.timeout(10)
def test_one_word_a_hundred_thousand_times_takes_no_time():
    article = ["haus"] * 100_000
    assert copied_fragments(article, article) == [100_000]
    assert copied_fragments(article, ["haus", "neu", "haus", "haus"]) == [1, 2]


def test_a_copied_sentence():
    found = measure("One two three four. Five six.", "one two three four")
    assert found.words == 4
    assert found.compression == 6 / 4
    assert (found.coverage, found.density, found.novel_bigrams) == (1, 4, 0)


def test_a_rewritten_sentence():
    found = measure("one two three four", "one nine two three")
    assert found.coverage == 3 / 4
    assert found.density == (1 + 4) / 4
    assert found.novel_bigrams == pytest.approx(2 / 3)


def test_redundancy_counts_repeated_trigrams():
    assert measure("x", "a b c a b c").redundancy == pytest.approx(1 / 4)
    assert measure("x", "a b c d e").redundancy == 0


def test_a_summary_without_words_has_no_measures():
    assert measure("a b", "...") is None


def test_numbers_stay_whole():
    assert tokens("Rose 1,234.5 to U.S. levels") == ["rose", "1,234.5", "to", "u.s", "levels"]
