"""Lengths in words: limits for an article, and trimming to whole sentences."""

import pytest

from pipeline.abstractive.length import LengthLimits, trim


@pytest.mark.parametrize(
    ("words", "expected"),
    [(1000, (20, 80)), (100, (20, 50)), (60, (20, 30)), (21, (20, 20)), (5, (10, 10))],
)
def test_the_share_bounds_short_articles(words, expected):
    assert LengthLimits(20, 80, 0.5).for_article(words) == expected


def test_without_share_the_words_decide():
    assert LengthLimits(20, 80, None).for_article(30) == (20, 80)


def test_a_torso_at_the_end_is_dropped():
    assert trim(["A whole sentence.", "And a tor"], 50, cut=True) == (["A whole sentence."], True)


def test_an_unpunctuated_last_sentence_stays_when_nothing_was_cut():
    sentences = ["A whole sentence.", "No stop"]
    assert trim(sentences, 50, cut=False) == (sentences, False)


def test_sentences_beyond_the_limit_are_dropped_but_never_the_first():
    assert trim(["one two three", "four five", "six"], 5, cut=False) == (
        ["one two three", "four five"],
        True,
    )
    assert trim(["one two three"], 1, cut=False) == (["one two three"], False)
    assert trim([], 5, cut=False) == ([], False)
