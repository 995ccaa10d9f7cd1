"""Every fixture is read as what the JSON beside it says."""

from pathlib import Path

import pytest

from pipeline.feed.document import Document
from pipeline.feed.formats.registry import FORMATS
from tests.pipeline.feed.formats import newsml_told
from tests.pipeline.feed.formats.article_told import iptc7901_told, nitf_told
from tests.pipeline.feed.formats.told import expected, fixtures, read, told

KINDS = {
    "digitalwires": ("json", told),
    "iptc7901": ("iptc", iptc7901_told),
    "newsml_1_2": ("xml", newsml_told.told),
    "newsml_g2": ("xml", newsml_told.told),
    "ninjs": ("json", told),
    "nitf": ("xml", nitf_told),
}
"""How fixtures of a format end, and what is said of what is read from them."""
REGISTERED = {form.name: form for form in FORMATS}
CASES = [
    pytest.param(REGISTERED[name], path, tell, id=f"{name}/{path.name}")
    for name, (ending, tell) in KINDS.items()
    for path in fixtures(Path(__file__).parent / name, ending)
]


@pytest.mark.parametrize(("form", "path", "tell"), CASES)
def test_fixtures(form, path, tell):
    content = path.read_bytes()
    assert form.recognises(Document(path.name, content))
    assert [tell(outcome) for outcome in read(form, content)] == expected(path)
