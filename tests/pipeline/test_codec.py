"""What is stored comes back as it was."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipeline.codec import decode, encode
from pipeline.records import (
    Abstract,
    Article,
    Block,
    Caution,
    Draft,
    Extract,
    Fault,
    Maker,
    Place,
    References,
    Sentence,
    Translation,
)
from pipeline.wire import Link, Note, Subject, Wire

BERLIN = timezone(timedelta(hours=2))
MAKER = Maker("m", None, "copy", "{}")
ARTICLE = Article(
    id="urn:x\ud800",
    blocks=(
        Block("Absatz «eins».\x00"),
        Block("a | b", "table", (("a", "b"), ("c", "d"))),
    ),
    place=Place("spool/a.xml", None, 3),
    title="Titel",
    version=10**30,
    language="de-AT",
    status="withheld",
    embargo=datetime(2026, 3, 2, 12, 30, 1, 5, BERLIN),
    published=datetime(2026, 3, 2, tzinfo=UTC),
    provider="dpa",
    dateline="KIEL (dpa)",
    dateline_target="KIEL (dpa)",
    signature="/a/b",
    prefix="date 2026-03",
    wire=Wire(
        format="ninjs",
        created=datetime(2026, 3, 1, tzinfo=BERLIN),
        signals=("update",),
        urgency=1,
        nature="flash",
        subjects=(Subject("Schiffbau", "medtop", "20000001", "de"), Subject("x")),
        notes=(Note("correction", "Name berichtigt"),),
        links=(Link("https://example.org", relation="related"),),
        metadata=(("date", "2026-03"), ("a", "b")),
    ),
    treatment="pass",
    references=References("Paragraph.", ("One.", "Two.")),
    extra={"a": [1, 2.5, None, {"b": [True]}], "": "x"},
    warnings=(Caution("c", "feed", "m"),),
)


@pytest.mark.parametrize("article", [ARTICLE, Article("a", (), Place("x"))])
def test_an_article_comes_back(article):
    assert decode(Article, encode(article)) == article


def test_a_draft_comes_back():
    draft = Draft(
        article=ARTICLE,
        position=3,
        sentences=(Sentence("Eins.", 0), Sentence("a | b", 1, "table")),
        translation=Translation("Title", ("One.", None), MAKER),
        extract=Extract((0,), "One.", MAKER, (0, 1)),
        abstract=Abstract("One.", MAKER),
        scores={"rouge1.f": 0.25},
        cautions=(Caution("x", "extract", "y"),),
    )
    assert decode(Draft, encode(draft)) == draft


def test_a_fault_comes_back():
    fault = Fault(Place("a", 3), "feed", "r", "m", "do", None, -1)
    assert decode(Fault, encode(fault)) == fault


def test_every_field_of_a_record_is_stored():
    """A record with a value in each field, so that none is silently left out."""
    filled = {name for name in ARTICLE.__slots__ if getattr(ARTICLE, name) is not None}
    assert filled == set(ARTICLE.__slots__)


def test_what_is_no_record_is_an_error():
    with pytest.raises(ValueError, match="no Article"):
        decode(Article, '{"place": 3}')
