"""The first candidate with the fewest flaws is taken, and no more are counted than need be."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.choosers import least_flawed


@given(
    st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8),
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
)
def test_it_is_the_first_of_the_fewest(candidates, counts):
    flaws = dict(zip("abcdef", counts, strict=True))
    assert least_flawed(candidates, flaws.__getitem__) == min(candidates, key=flaws.__getitem__)


def test_none_is_looked_at_behind_a_flawless_one_nor_twice():
    looked_at = []

    def flaws(text):
        looked_at.append(text)
        return {"a": 2, "b": 1, "c": 0, "d": 0}[text]

    assert least_flawed(["a", "b", "a", "c", "d"], flaws) == "c"
    assert looked_at == ["a", "b", "c"]
    assert least_flawed(["d", "d"], flaws) == "d"
    assert looked_at == ["a", "b", "c"]
