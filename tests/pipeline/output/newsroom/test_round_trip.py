"""What is written here is read by the parsers of the feed as the brief that it was."""

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.formats.registry import FORMATS
from pipeline.output.newsroom.formats import brief_formats
from pipeline.records import Place


def reader_of(name):
    return next(reader for reader in FORMATS if reader.name == name)


def read_back(name, content):
    reader = reader_of(name)
    document = Document(f"brief.{name}", content)
    assert reader.recognises(document)
    (item,) = reader.read(document)
    return ArticleMaker("en").make(item, Place("brief"))


@pytest.fixture(params=["ninjs", "newsml_g2"])
def name(request):
    return request.param


def test_a_brief_comes_back(draft, name):
    (brief_format,) = brief_formats([name], "en")
    article = read_back(name, brief_format.render(draft))
    assert article.id == "urn:wirebrief:en:dpa-afx:urn:newsml:example.com:20251014:brehmer-7"
    assert (article.version, article.status, article.language) == (12, "usable", "en")
    assert article.title == "Brehmer cuts 800 jobs"
    assert article.dateline == "STUTTGART (dpa-AFX)"
    assert [(block.kind, block.text) for block in article.blocks] == [
        ("text", "Brehmer cuts jobs. Homburg is affected."),
        ("text", "The union calls for protest."),
        ("subhead", "Union protests"),
        ("item", "More pay"),
        ("item", "More time"),
        ("quote", "“We will fight,” said Dönhoff."),
        ("table", "Plant | Jobs\nHomburg | 800"),
    ]
    assert article.embargo == draft.article.embargo
    assert article.wire.created == draft.article.wire.created
    assert article.wire.urgency == 3
    assert (article.wire.byline or "").startswith("Von Petra Muster, dpa-AFX")


def test_rights_and_provider_come_back(draft, name):
    (brief_format,) = brief_formats([name], "en")
    article = read_back(name, brief_format.render(draft))
    wire, original = article.wire, draft.article.wire
    assert article.provider == "dpa-AFX"
    assert (wire.copyright or "").split() == (original.copyright or "").split()
    assert wire.usage_terms == original.usage_terms


def test_a_retraction_comes_back_as_one(article, name):
    (brief_format,) = brief_formats([name], "en")
    found = read_back(name, brief_format.retract(article))
    assert found.status == "canceled"
    assert (found.version, found.blocks) == (12, ())
