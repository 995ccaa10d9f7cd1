from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.batching import Shape, plan_batches, plan_fixed


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


@given(st.lists(st.integers(1, 200), max_size=60), st.integers(1, 600), st.integers(1, 9))
def test_no_worker_is_idle_while_texts_share_a_batch(lengths, budget, workers):
    batches = plan_batches(lengths, budget, workers)
    flat = [index for batch in batches for index in batch]
    assert sorted(flat) == list(range(len(lengths)))
    assert [lengths[index] for index in flat] == sorted(lengths, reverse=True)
    assert len(batches) >= min(workers, len(lengths))


def test_a_batch_is_split_for_idle_workers_only():
    assert plan_batches([5, 5, 5], 100, workers=2) == [[0, 1], [2]]
    assert plan_batches([5, 5, 5], 10, workers=2) == plan_batches([5, 5, 5], 10)


SHAPES = st.builds(Shape, st.sampled_from([1, 2, 8, 16]), st.integers(1, 20), st.integers(1, 500))


@given(st.lists(st.integers(1, 200), max_size=60), SHAPES)
def test_a_text_s_own_length_decides_its_shape(lengths, shape):
    batches = plan_fixed(lengths, shape, limit=190)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        padded = {shape.length(lengths[index], 190) for index in batch}
        assert len(padded) == 1
        assert len(batch) <= shape.height(*padded)


def test_fixed_shapes():
    shape = Shape(rows=16, step=16, tokens=1024)
    found = [(shape.length(n, 500), shape.height(shape.length(n, 500))) for n in (1, 65, 300, 499)]
    assert found == [(16, 16), (80, 8), (304, 2), (500, 2)]
    assert Shape(rows=1).length(7, 500) == 7
