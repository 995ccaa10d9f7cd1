"""The budget is kept, picks stand in text order, and no summary is empty."""

import pytest

from pipeline.errors import ConfigError
from pipeline.extractive.selection import check_budget, pick

TEXTS = ["one two three four", "five six seven", "Five six seven", "eight nine ten eleven", "Yes."]


@pytest.mark.parametrize(
    ("order", "sentences", "words", "expected"),
    [
        ([3, 0, 1, 2, 4], 2, None, (0, 3)),
        ([3, 0, 1, 2, 4], None, 7, (1, 3)),
        ([3, 0, 1, 2, 4], None, 2, (3,)),
        ([1, 2, 0, 3, 4], 3, None, (0, 1, 3)),
        ([4, 0, 1, 2, 3], 1, None, (0,)),
        ([0, 1, 2, 3, 4], 9, None, (0, 1, 3)),
        ([0, 1, 2, 3, 4], 1, 100, (0,)),
        ([], 3, None, ()),
    ],
)
def test_pick(order, sentences, words, expected):
    assert pick(order, TEXTS, sentences, words) == expected


def test_fragments_are_better_than_nothing():
    assert pick([1, 0], ["Yes.", "No."], 1, None) == (1,)


@pytest.mark.parametrize(("sentences", "words"), [(None, None), (0, None), (3, 0), (-1, 5)])
def test_a_senseless_budget_is_refused(sentences, words):
    with pytest.raises(ConfigError, match="extractive"):
        check_budget(sentences, words)
