"""What the documentation says of where fields come from is true of the readers."""

from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.formats.registry import FORMATS
from pipeline.feed.item import Item
from pipeline.wire import Wire
from tests.fuzz_formats import seeds_of

ALWAYS = {"wire.charset", "wire.format", "wire.sha256", "wire.nature"}
"""Filled for every format alike, or by what reads the text."""
RARE = Path(__file__).parent / "rare"
"""What no other fixture holds."""


def filled(item):
    """Name the fields of an item that are not empty."""
    for field in fields(Item):
        if field.name == "extra":
            yield from (f"extra.{name}" for name in item.extra)
        elif field.name not in {"wire", "cautions", "index", "line", "references"}:
            value = getattr(item, field.name)
            if value not in (None, (), {}) and (field.name, value) != ("status", "usable"):
                yield "text" if field.name == "blocks" else field.name
    for field in fields(Wire):
        if getattr(item.wire, field.name) not in (None, ()):
            yield f"wire.{field.name}"
    if item.wire.first_created or item.wire.created:
        yield "published"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_fields_are_taken_from_where_the_page_says(form):
    found = set()
    rare = [path.read_bytes() for path in RARE.glob(f"{form.name}.*")]
    for content in [*seeds_of(form, shared=False), *rare]:
        try:
            items = list(form.read(Document("fixture", content)))
        except ArticleError:
            continue
        found |= {name for item in items if isinstance(item, Item) for name in filled(item)}
    found -= {"published"} - set(form.taken)
    assert found - ALWAYS - set(form.taken) == set(), "filled, and no row says from where"
    assert set(form.taken) - ALWAYS - found == set(), "a row, and no fixture fills it"
