"""Choosing and chunking keep text order and the limit."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.abstractive.long_articles import choose, chunk

SENTENCES = st.lists(st.text(alphabet="abcdef ", min_size=1, max_size=30), min_size=1, max_size=30)


def count(texts):
    return [len(text) for text in texts]


def test_choose_takes_the_preferred_in_text_order():
    assert choose(["aaaa", "bb", "cccc", "dd"], [2, 3, 0, 1], 6, count) == [2, 3]


def test_choose_skips_what_does_not_fit_and_goes_on():
    assert choose(["a" * 10, "bb", "cc"], [0, 1, 2], 4, count) == [1, 2]


@given(SENTENCES, st.integers(min_value=5, max_value=60))
def test_chunk_loses_nothing_and_keeps_the_limit(sentences, limit):
    chunks = chunk(sentences, limit, count)
    assert [sentence for part in chunks for sentence in part] == sentences
    assert all(sum(map(len, part)) <= limit or len(part) == 1 for part in chunks)
    assert all(chunks)


def test_chunks_are_about_equally_long():
    parts = chunk(["aaaaa"] * 12, 50, count)
    assert [len(part) for part in parts] == [7, 5]
