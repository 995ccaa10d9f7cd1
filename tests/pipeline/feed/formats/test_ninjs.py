"""ninjs: every fixture beside what is expected from it, and every trap of the format."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ArticleError
from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.formats.ninjs import NinjsFormat
from pipeline.feed.formats.registry import FORMATS
from pipeline.feed.item import Broken, Item
from pipeline.records import Place
from tests.pipeline.feed.formats.leaks import assert_keeps, strings_in
from tests.pipeline.feed.formats.mutations import mutated
from tests.pipeline.feed.formats.told import expected, fixtures, read, told

FOLDER = Path(__file__).parent / "ninjs"
FIXTURES = fixtures(FOLDER)
REAL = sorted((Path(__file__).parents[5] / "shared" / "feeds").glob("ninjs/*/*.json"))
FORMAT = NinjsFormat()
FLAT, ARRAYS, PACKAGE = (
    json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    for name in ("flat", "arrays", "package")
)


def flat(**changes):
    (outcome,) = read(FORMAT, json.dumps(FLAT | changes))
    return outcome


def arrays(*bodies, **changes):
    listed = {"bodies": list(bodies)} if bodies else {}
    (outcome,) = read(FORMAT, json.dumps(ARRAYS | listed | changes))
    return outcome


def text_of(item):
    return item.text if item.text is not None else " ".join(block.text for block in item.blocks)


def body(value, kind="text/html", **more):
    return {"contentType": kind, "value": value} | more


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_fixtures(path):
    document = Document(str(path), path.read_bytes())
    assert FORMAT.recognises(document)
    assert [told(outcome) for outcome in FORMAT.read(document)] == expected(path)


def test_notes_are_never_public():
    secrets = ["Sonnenblume", "Mohnblume", "Klatschmohn", "Kennung", "0000003", "Bildtext", "Kran<"]
    for item in (flat(), arrays()):
        assert_keeps(item, secrets)
        assert item.extra == {}
        assert "notes_left_out" in {caution.code for caution in item.cautions}
    assert flat(ednote="").cautions == ()


def test_keys_of_all_versions_mean_the_same():
    lower = {key.lower(): value for key, value in ARRAYS.items()}
    for part in lower["bodies"]:
        part["contenttype"] = part.pop("contentType")
    (item,) = read(FORMAT, json.dumps(lower))
    assert told(item) == told(arrays())


@pytest.mark.parametrize(
    ("left_out", "text"),
    [
        ((), "Der Kranbauer"),
        (("body_html",), "XHTML"),
        (("body_html", "body_xhtml"), "Andere Fassung"),
    ],
)
def test_html_comes_before_xhtml_before_plain_text(left_out, text):
    item = flat(**{"body_xhtml": "<p>XHTML-Fassung.</p>"} | dict.fromkeys(left_out))
    assert text in text_of(item)


def test_an_empty_rendition_is_no_body():
    assert text_of(flat(body_html="<p> </p>")) == "Andere Fassung ohne Auszeichnung."
    assert text_of(arrays(body(""), body("Nur Text.", "text/plain"))) == "Nur Text."


@pytest.mark.parametrize("role", ["summary", "teaser", "caption", "ednote", "contacts", "internal"])
def test_what_is_beside_the_body_is_no_body(role):
    assert (
        text_of(arrays(body("<p>Anderes.</p>", role=role), body("Text.", "text/plain"))) == "Text."
    )
    assert arrays(body("<p>Anderes.</p>", role=role)).error.reason == "no_text"


def test_the_main_body_comes_first():
    bodies = body("<p>Lang.</p>", role="html"), body("<p>Haupttext.</p>", role="main")
    assert text_of(arrays(*bodies)) == "Haupttext."


def test_nitf_is_read_where_there_is_nothing_else():
    nitf = (
        '<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>T</title></head><body>'
        "<body.head><byline>Von X</byline></body.head><body.content><block><p>Erster.</p></block>"
        "<p>Zweiter.</p></body.content></body></nitf>"
    )
    assert text_of(arrays(body(nitf, "text/vnd.IPTC.NITF"))) == "Erster. Zweiter."
    both = arrays(body(nitf, "text/vnd.IPTC.NITF"), body("Text.", "text/plain"))
    assert text_of(both) == "Text."
    assert arrays(body("<nitf><p>", "text/vnd.IPTC.NITF")).error.reason == "no_text"
    assert arrays(body("<TTNITF><P>Text</TTNITF>", "application/xml")).error.reason == "no_text"


def test_a_body_that_opens_with_its_headline_loses_it():
    assert [block.text for block in arrays().blocks] == [
        "Hellmer baut das Werk um.",
        "Das wird teuer.",
    ]
    plain = arrays(body("Hellmer baut um\nDer Text.", "text/plain"))
    assert plain.text == "Der Text."
    only = arrays(body("<h1>Hellmer baut um</h1>"))
    assert text_of(only) == "Hellmer baut um"


def test_long_lines_of_a_plain_text_are_paragraphs():
    line = (
        "Das Werk in Osterode bleibt, sagte Vorstandschefin Hedda Quast, und das sei sicher. " * 2
    )
    assert arrays(body(f"{line}\r\n{line}", "text/plain")).text.count("\n\n") == 1
    wrapped = "Das Werk in Osterode\nbleibt."
    assert arrays(body(wrapped, "text/plain")).text == wrapped


def test_titles():
    assert flat(headline="Müller &amp; Söhne <em>x</em>").title == "Müller & Söhne x"
    assert flat(headline="Gewinn < 5 Prozent & mehr").title == "Gewinn < 5 Prozent & mehr"
    assert arrays(headlines=[{"value": "Ohne Rolle"}]).title == "Ohne Rolle"
    assert arrays(headlines=[{"role": "short", "value": "Kurz"}]).title == "Kurz"
    assert arrays(headlines=[], title="Nur fürs Haus").title is None


def test_ids():
    assert flat(uri="urn:a").id == "urn:a"
    assert flat(uri="urn:a").wire.item_id == FLAT["guid"]
    assert flat().id == FLAT["guid"]
    assert flat(altids={"etag": "e", "itemid": "i"}).wire.item_id == "i"


@pytest.mark.parametrize(
    ("written", "version", "label"),
    [("7", 7, None), ("0", 0, None), (3, 3, None), (None, None, None), ("1.2", None, "1.2")],
)
def test_versions(written, version, label):
    item = flat(version=written)
    assert (item.version, item.wire.version_label) == (version, label)


def test_times_in_every_offset():
    utc = datetime(2026, 3, 4, 9, tzinfo=UTC)
    for written in ("2026-03-04T09:00:00Z", "2026-03-04T10:00:00+01:00", "20260304T090000+0000"):
        assert flat(versioncreated=written).wire.created == utc
    assert flat(versioncreated="gestern").wire.created is None


def test_release():
    assert flat(pubstatus="canceled", body_html=None, body_text=None).status == "canceled"
    assert flat(pubstatus="withheld").status == "withheld"
    held = flat(embargoed="morgen", embargoedreason="Rede am Abend")
    assert (held.status, held.wire.embargo_text) == ("withheld", "Rede am Abend")
    assert flat(embargoed="2026-03-05T00:00:00Z").embargo == datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize("key", ["embargoed", "embargoedUntil", "embargoeduntil", "embargo"])
def test_an_embargo_under_the_key_of_any_version(key):
    item = {name: value for name, value in ARRAYS.items() if name != "embargoedUntil"}
    (free,) = read(FORMAT, json.dumps(item | {key: "2026-03-05T00:00:00Z"}))
    (held,) = read(FORMAT, json.dumps(item | {key: "2026-03-05"}))
    assert (free.status, free.embargo) == ("usable", datetime(2026, 3, 5, tzinfo=UTC))
    assert (held.status, held.embargo) == ("withheld", None)


def test_the_later_of_two_embargoes_counts():
    item = arrays(embargoed="2026-03-09T00:00:00Z")
    assert item.embargo == datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["picture", "video", "audio", "graphic", "composite", "event"])
def test_without_text_an_item_is_broken_and_says_its_type(kind):
    outcome = flat(type=kind, body_html=None, body_text=None, associations=None)
    assert isinstance(outcome, Broken)
    assert (outcome.error.reason, outcome.id) == ("no_text", FLAT["guid"])
    assert kind in str(outcome.error)


def test_a_flash_is_its_headline():
    flash = flat(body_html=None, body_text=None, associations=None, urgency=1)
    assert (flash.title, flash.blocks) == ("Kranbauer Hellmer & Söhne streicht Stellen", ())


def test_items_in_a_package_are_under_its_embargo():
    package = {key: value for key, value in PACKAGE.items() if key != "pubstatus"}
    first, second = read(FORMAT, json.dumps(package))
    assert (first.id, first.embargo, first.index) == (
        "tag:wire.example:2026:m1",
        datetime(2026, 3, 6, tzinfo=UTC),
        1,
    )
    assert (second.id, second.embargo, second.index) == (
        "tag:wire.example:2026:m2",
        datetime(2026, 3, 5, tzinfo=UTC),
        2,
    )
    assert (first.language, second.language, second.provider) == ("de", "en", "BA")


def test_a_withdrawn_package_withdraws_no_other_item():
    (only,) = read(FORMAT, json.dumps(PACKAGE | {"pubstatus": "canceled"}))
    assert (only.id, only.status) == (PACKAGE["guid"], "canceled")


def test_packages_in_packages_end_somewhere():
    inner = dict(PACKAGE["associations"]["main"])
    for number in range(60):
        inner = {"guid": f"g{number}", "type": "text", "associations": {"a": inner}}
    assert all(isinstance(found, Broken) for found in read(FORMAT, json.dumps(inner)))


def test_arrays_lists_and_lines():
    item = json.dumps(FLAT)
    for content in (f"[{item},{item}]", f'{{"_items": [{item},{item}]}}'):
        assert [found.index for found in read(FORMAT, content)] == [1, 2]
    found = read(FORMAT, f"{item}\n{item[:50]}\n{item}")
    assert [getattr(each, "line", "broken") for each in found] == [1, "broken", 3]


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "a", "text": "Ein Text."}',
        '{"id": "a", "text": "b"}\n{"id": "b", "text": "c"}',
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}',
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "u"}]}',
        '{"entries": [{"urn": "u", "article_html": ""}]}',
        '{"uri": "a"}',
        "[]",
        "<xml/>",
        "Berlin (dpa) - Text",
    ],
)
def test_other_documents_are_not_recognised(content):
    assert not FORMAT.recognises(Document("feed", content.encode()))


def test_both_json_formats_are_told_apart():
    folder = FOLDER.parent
    for name in ("digitalwires", "ninjs"):
        for path in fixtures(folder / name):
            document = Document(str(path), path.read_bytes())
            assert [known.name for known in FORMATS if known.recognises(document)] == [name]


def test_documents_that_are_cut_off_are_recognised_and_refused():
    document = Document("feed", json.dumps(ARRAYS)[:1500].encode())
    assert FORMAT.recognises(document)
    with pytest.raises(ArticleError):
        list(FORMAT.read(document))


@given(changed=st.sampled_from([FLAT, ARRAYS, PACKAGE]).flatmap(mutated))
@settings(max_examples=200, deadline=None)
def test_no_type_anywhere_is_a_crash(changed):
    for outcome in read(FORMAT, json.dumps(changed)):
        assert isinstance(outcome, Item | Broken)
        if isinstance(outcome, Item):
            ArticleMaker("de").make(outcome, Place("feed"))
            "".join(strings_in(outcome)).encode()


@pytest.mark.skipif(not REAL, reason="the real samples are not beside this checkout")
@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_real_items(path):
    value = json.loads(path.read_text("utf-8-sig"))
    document = Document(str(path), path.read_bytes())
    assert FORMAT.recognises(document) == (path.name != "extension-schema.json")
    for entry, outcome in zip(
        value if isinstance(value, list) else [value], FORMAT.read(document), strict=True
    ):
        if isinstance(outcome, Broken):
            assert outcome.error.reason == "no_text"
            assert not [key for key in entry if key.startswith("body_") or key == "bodies"]
            continue
        keys = {key.lower(): inner for key, inner in entry.items()}
        assert outcome.id == keys["uri"]
        assert outcome.title or "headline" not in str(keys.keys())
        assert_keeps(outcome, [keys["ednote"]] if keys.get("ednote") else [])
        bodies = [
            *[keys[key] for key in keys if key.startswith("body_")],
            *[each["value"] for each in keys.get("bodies", ())],
        ]
        words = _words(text_of(outcome))
        assert words
        assert any(words == _bare(each, outcome.title) for each in bodies)


def _bare(body, title):
    """Return a rendition's words without headline, captions and the line of place and source."""
    without = re.sub(
        r"(?s)<figure.*?</figure>|<title>.*?</title>|<div class=\"dat\">.*?</div>", "", body
    )
    words = _words(re.sub(r"</?(?:a|sup|em|b)\b[^>]*>", "", without).replace("<", " <"))
    start = _words(title or "")
    return words[len(start) :] if start and words[: len(start)] == start else words


def _words(text):
    import html

    return re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", text)))
