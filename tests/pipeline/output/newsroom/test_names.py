"""Addresses are stable and tell the original; names of files are safe and never the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.output.newsroom.names import NAMED, brief_uri, file_name, source_uri
from pipeline.records import Article, Place

HOSTILE = [
    "../../etc/passwd",
    "a/b",
    ".",
    "..",
    "",
    " ",
    "a\0b",
    "\ud83d",
    "ä" * 500,
    "CON",
    "a" * 9999,
]


def article(name, provider="dpa", version=1):
    return Article(name, (), Place("feed"), provider=provider, version=version)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_id_makes_a_plain_name(name, tmp_path):
    found = file_name(article(name, provider=name or None, version=10**300), ".json")
    assert NAMED.fullmatch(found)
    assert len(found) < 160
    (tmp_path / found).write_bytes(b"x")
    assert [path.name for path in tmp_path.iterdir()] == [found]


def test_names_are_legible():
    assert file_name(article("urn:x:7", "dpa-AFX", 12), ".xml").startswith("dpa-AFX_urn-x-7_v12_")


def test_what_looks_the_same_has_another_name():
    alike = [article("a/b"), article("a-b"), article("A-b"), article("a:b"), article("x" * 300)]
    alike += [article("x" * 301), article("a-b", version=2), article("a-b", provider="afp")]
    names = {file_name(found, ".json").casefold() for found in alike}
    assert len(names) == len(alike)


@given(st.text(), st.text(), st.text(), st.text())
def test_different_stories_have_different_addresses(provider, name, other_provider, other):
    one, two = article(name, provider), article(other, other_provider)
    same = (provider.casefold(), name) == (other_provider.casefold(), other)
    assert (brief_uri(one, "en") == brief_uri(two, "en")) is same
    assert brief_uri(one, "en").isascii()
    assert source_uri(one) != brief_uri(one, "en")


def test_all_versions_have_one_address():
    first = article("x", "DPA")
    assert brief_uri(first, "en") == brief_uri(replace(first, version=7, provider="dpa"), "en")
    assert brief_uri(first, "en") != brief_uri(first, "fr")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("urn:newsml:dpa.com:20090101:x-1", "urn:newsml:dpa.com:20090101:x-1"),
        ("tag:reuters.com,2016:newsml_L1", "tag:reuters.com,2016:newsml_L1"),
        ("https://example.com/a?b=c", "https://example.com/a?b=c"),
        ("bdt:0638:4", "urn:wirebrief:source:dpa:bdt:0638:4"),
        ("urn:has space", "urn:wirebrief:source:dpa:urn:has%20space"),
        ("javascript:alert(1)", "urn:wirebrief:source:dpa:javascript:alert%281%29"),
        ("Größe", "urn:wirebrief:source:dpa:Gr%C3%B6%C3%9Fe"),
    ],
)
def test_the_original_s_address(name, expected):
    assert source_uri(article(name)) == expected
