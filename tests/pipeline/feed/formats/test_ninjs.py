"""ninjs: what an item says of itself, packages, lists and lines."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.formats.registry import FORMATS
from pipeline.feed.item import Broken
from tests.pipeline.feed.formats.leaks import assert_keeps
from tests.pipeline.feed.formats.mutations import assert_usable, mutated
from tests.pipeline.feed.formats.ninjs_items import (
    ARRAYS,
    FLAT,
    FOLDER,
    FORMAT,
    PACKAGE,
    arrays,
    flat,
)
from tests.pipeline.feed.formats.told import fixtures, read, told


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
    assert_usable(read(FORMAT, json.dumps(changed)))
