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


@pytest.mark.parametrize(
    ("words", "share", "most"), [(700, 0.1, 70), (100, 0.29, 30), (1000, 0.07, 70), (710, 0.1, 80)]
)
def test_a_share_is_taken_as_written(words, share, most):
    assert LengthLimits(20, 500, share).for_article(words)[1] == most


def test_sentences_beyond_the_limit_are_dropped_but_never_the_first():
    assert trim(["one two three", "four five", "six"], 5) == ["one two three", "four five"]
    assert trim(["one two three"], 1) == ["one two three"]
    assert trim([], 5) == []
