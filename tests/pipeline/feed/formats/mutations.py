"""Put values of any type anywhere into an item."""

import copy
from collections.abc import Iterator

from hypothesis import strategies as st

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
