"""Stories, labels and settings come from outside: whatever they hold is text, nothing else."""

import dataclasses
import re

import pytest

from evaluation.page.environment import read_assets
from tests.evaluation.compare.conftest import Case
from tests.evaluation.parsed_page import Page

HOSTILE = [
    "<script>alert(1)</script>",
    "</textarea></script></style></template><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" ' onfocus='alert(1)'",
    "{{7*7}}{% include 'page.css' %}{#",
    "<!--<script>]]>--!><svg/onload=alert(1)>",
    "a\u2028b\u2029c\u202ed\u2066e\x00f\ud800$\\frac{1}{2}$",
]


def poison(value: object, text: str) -> object:
    """Put a text behind every string of a record, keys included, but those that name a choice."""
    if dataclasses.is_dataclass(value):
        kept = {"better", "side"}
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return type(value)(
            **{name: old if name in kept else poison(old, text) for name, old in fields.items()}
        )
    if isinstance(value, dict):
        return {poison(key, text): poison(item, text) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(poison(item, text) for item in value)
    return value + text if isinstance(value, str) else value


def poisoned(case: Case, text: str) -> Case:
    return Case(poison(case.comparison, text), poison(case.texts, text))


def shape(page: Page) -> set[tuple[str, frozenset[str]]]:
    return {(e.tag, frozenset(e.attributes)) for e in page.elements}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_can_add_an_element_or_an_attribute(write, case, text):
    plain = shape(Page(write(case)))
    page = Page(write(poisoned(case, text)))
    assert shape(page) <= plain
    assets = read_assets(
        "evaluation.compare", ("data.js", "diff.js", "article.js", "list.js", "page.js")
    )
    scripts = page.all("script")
    assert scripts[-1].text == assets.script
    assert {e.attributes.get("type") for e in scripts[:-1]} == {
        "application/json",
        "application/octet-stream;base64",
    }
    assert not [e for e in scripts if re.search("[<>\u2028\u2029]", e.text)][:-1]


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_what_is_shown_is_shown_letter_by_letter(write, case, text):
    page = Page(write(poisoned(case, text)))
    for original in (
        "extractive=lead",
        "Four articles are few.",
        "wirtschaft",
        "the picks",
        "out/0",
    ):
        assert original + text in page.text, original
