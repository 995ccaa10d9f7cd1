"""Put values of any type anywhere into an item, and noise into a file; look at what comes."""

import copy
from collections.abc import Iterator

from hypothesis import strategies as st

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.item import Broken, Item
from pipeline.records import Place
from tests.pipeline.feed.formats.leaks import strings_in

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", " ", "\u0000", "<", "<p>", "\ud800", "2026-13-01", "canceled", "9" * 30]),
    st.text(max_size=8),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
    st.just([{"role": {}, "type": [], "value": 1, "name": {"a": 1}}]),
)


@st.composite
def mutated(draw, item):
    """Return an item with up to four values of another type."""
    changed = copy.deepcopy(item)
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(changed))
        holder, key = draw(st.sampled_from(places))
        holder[key] = copy.deepcopy(draw(ODD))
    return changed


def assert_usable(outcomes, kinds=Item | Broken) -> None:
    """Assert that outcomes are of these kinds, and that articles can be made of the items."""
    for outcome in outcomes:
        assert isinstance(outcome, kinds)
        if isinstance(outcome, Item):
            ArticleMaker("de").make(outcome, Place("feed"))
            "".join(strings_in(outcome)).encode()


def spliced(content: bytes, noise) -> bytes:
    """Return a file with noise at some places, which is longer than what it stands for."""
    for place, bits in noise:
        content = content[:place] + bits + content[place + len(bits) // 2 :]
    return content


def _places(value) -> Iterator[tuple]:
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    else:
        return
    for key in keys:
        yield value, key
        yield from _places(value[key])
