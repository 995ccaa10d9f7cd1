"""The page on outputs names every field that is written."""

import json
import re
from pathlib import Path

from lxml import etree

from pipeline.output.newsroom.newsml_g2 import NewsmlG2Briefs
from pipeline.output.newsroom.ninjs import NinjsBriefs
from pipeline.output.settings import FORMATS

PAGE = Path(__file__).parents[4] / "docs" / "output.md"


def test_every_field_stands_in_the_page(draft):
    words = set(re.findall(r"\w+", PAGE.read_text(encoding="utf-8")))
    item = json.loads(NinjsBriefs().render(draft))
    assert set(item) <= words
    assert {name for found in item["associations"] for name in found} <= words
    root = etree.fromstring(NewsmlG2Briefs().render(draft))
    assert {etree.QName(element).localname for meta in root for element in meta} <= words


def test_every_format_stands_in_the_page():
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in FORMATS)
