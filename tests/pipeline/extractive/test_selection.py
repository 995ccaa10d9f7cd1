"""The budget is kept, picks stand in text order, and no summary is empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_budget_that_says_nothing_is_refused():
    with pytest.raises(ConfigError, match=r"extractive\.sentences or extractive\.words"):
        check_budget(None, None)


@given(
    texts=st.lists(st.text(alphabet="ab ", min_size=1).filter(str.strip), min_size=1, max_size=12),
    order=st.randoms(use_true_random=False),
    sentences=st.none() | st.integers(1, 5),
    words=st.integers(1, 20),
)
def test_any_budget_is_kept_and_something_is_picked(texts, order, sentences, words):
    indices = list(range(len(texts)))
    order.shuffle(indices)
    picks = pick(indices, texts, sentences, words)
    assert picks
    assert list(picks) == sorted(set(picks))
    assert sentences is None or len(picks) <= sentences
    length = sum(len(texts[index].split()) for index in picks)
    assert length <= words or len(picks) == 1
    assert len({texts[index].casefold() for index in picks}) == len(picks)
