"""What looks for leaks finds them; and what formats say of themselves is true."""

from pathlib import Path

import pytest

from pipeline.errors import ArticleError
from pipeline.feed.formats.digitalwires import DigitalwiresFormat
from pipeline.feed.formats.ninjs import NinjsFormat
from pipeline.feed.item import Broken, Item
from pipeline.records import Block, Caution
from pipeline.wire import Note, Wire
from tests.pipeline.feed.formats.leaks import assert_keeps
from tests.pipeline.feed.formats.told import fixtures, read, told

UNTAKEN = {"cautions", "index", "line", "wire.nature"}


@pytest.mark.parametrize(
    "value",
    [
        Item("a", blocks=(Block("Ruf 0301 23456 an"),)),
        Item("a", blocks=(Block("", "table", (("0301\u00a023456",),)),)),
        Item("a", wire=Wire(notes=(Note("x", "RUF 0301\n23456"),))),
        Item("a", extra={"memo": [{"ruf": "0301 23456"}]}),
        Item("a", cautions=(Caution("x", "feed", "0301 23456"),)),
        Broken(ArticleError("x", "0301 23456", "y")),
        Broken(ArticleError("x", "y", "0301 23456")),
        {"translation": {"text": "Call 0301 23456"}},
        {"0301 23456": 1},
    ],
)
def test_a_leak_is_found_wherever_it_is(value):
    with pytest.raises(AssertionError, match="not for publication"):
        assert_keeps(value, ["0301 23456"])
    assert_keeps(value, ["0301 99999"])


@pytest.mark.parametrize("wire_format", [DigitalwiresFormat(), NinjsFormat()])
def test_formats_name_every_field_that_they_fill(wire_format):
    names = {*Item.__slots__, *(f"wire.{name}" for name in Wire.__slots__)}
    assert set(wire_format.taken) <= names
    for path in fixtures(Path(__file__).parent / wire_format.name):
        for outcome in read(wire_format, path.read_bytes()):
            if isinstance(outcome, Item):
                filled = {"text" if key == "blocks" else key for key in told(outcome)}
                assert filled - UNTAKEN <= set(wire_format.taken)
