"""Messages of serial wires: long and disturbed ones are read to their end."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from tests.pipeline.feed.formats.iptc7901_messages import FIXTURES, FOLDER, FORMAT, items, message
from tests.pipeline.feed.formats.mutations import assert_usable, spliced


def test_a_long_dump_takes_time_in_proportion():
    one = (FOLDER / "story.iptc").read_bytes() + (FOLDER / "dump.iptc").read_bytes()
    items(one)
    started = time.perf_counter()
    items(one * 20)
    few = time.perf_counter() - started
    started = time.perf_counter()
    assert len(items(one * 200)) == 200 * 7
    assert time.perf_counter() - started < 30 * few + 0.5


@pytest.mark.parametrize(
    "filler", ["\r", "\n", "(", "A ", "a-", "| x ", "\x01", "\x04", " =", "- "]
)
def test_a_message_of_one_character_over_and_over_ends(filler):
    started = time.perf_counter()
    items(message("Titel", filler * 50_000).encode())
    items(message("(" + filler * 20_000, "Text.").encode())
    assert time.perf_counter() - started < 10


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from([path.name for path in FIXTURES]),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=12)), max_size=6),
    st.integers(0, 4000),
)
def test_disturbed_lines_give_items_or_broken_ones(name, noise, end):
    content = spliced((FOLDER / name).read_bytes()[:end], noise)
    FORMAT.recognises(Document("feed", content))
    try:
        outcomes = items(content)
    except ArticleError:
        return
    assert_usable(outcomes)
