from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.batching import plan_batches


@given(st.lists(st.integers(1, 200), max_size=60), st.integers(1, 600))
def test_every_text_once_and_within_the_budget(lengths, budget):
    batches = plan_batches(lengths, budget)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        longest = max(lengths[index] for index in batch)
        assert len(batch) == 1 or len(batch) * longest <= budget


@given(st.lists(st.integers(1, 200), min_size=1, max_size=60), st.integers(1, 600))
def test_longest_first(lengths, budget):
    flat = [lengths[index] for batch in plan_batches(lengths, budget) for index in batch]
    assert flat == sorted(lengths, reverse=True)


def test_like_lengths_share_a_batch():
    assert plan_batches([3, 10, 3, 10, 3], 20) == [[1, 3], [0, 2, 4]]


def test_a_text_beyond_the_budget_stands_alone():
    assert plan_batches([50, 4, 4], 10) == [[0], [1, 2]]


def test_nothing():
    assert plan_batches([], 10) == []
