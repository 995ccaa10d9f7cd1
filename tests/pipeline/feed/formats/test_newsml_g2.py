"""NewsML-G2: messages and their metadata, and every trap of them."""

import time
from datetime import UTC, datetime

import pytest

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.item import Broken, Item
from pipeline.wire import Subject
from tests.pipeline.feed.formats.newsml_g2_items import FORMAT, XHTML, items, news_item, read
from tests.pipeline.feed.formats.told import codes


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<newsMessage/>", True),
        ("<?xml version='1.0'?>\n<!-- <nitf> -->\n<x:newsItem xmlns:x='y' guid='1'/>", True),
        ("<packageItem/>", True),
        ("<knowledgeItem/>", True),
        ("<newsItem", False),
        ("<newsItem guid='1'>cut off", True),
        ("<NewsItem/>", False),
        ("<NewsML/>", False),
        ("<nitf/>", False),
        ('{"newsItem": 1}', False),
    ],
)
def test_it_is_known_by_its_root(content, expected):
    assert FORMAT.recognises(Document("feed", content.encode())) is expected


def test_packages_and_concepts_are_no_articles_and_do_not_vanish():
    message = (
        "<newsMessage><itemSet><packageItem guid='p'><groupSet><group><itemRef/><itemRef/></group>"
        "</groupSet></packageItem><conceptItem guid='c'><concept/></conceptItem>"
        f"{news_item()}<odd/></itemSet></newsMessage>"
    )
    package, concept, story, odd = items(message)
    assert [item.index for item in (package, concept, story, odd)] == [1, 2, 3, 4]
    assert isinstance(story, Item)
    assert isinstance(package, Broken)
    assert str(package.error) == "a package of 2 references holds no story"
    assert {concept.error.reason, package.error.reason, odd.error.reason} == {"no_story"}
    (empty,) = items("<newsMessage><header/><itemSet/></newsMessage>")
    assert (empty.error.reason, empty.index) == ("no_story", None)


@pytest.mark.parametrize(
    ("element", "status"),
    [
        ("", "usable"),
        ("<pubStatus qcode='stat:usable'/>", "usable"),
        ("<pubStatus qcode='anything:Usable'/>", "usable"),
        ("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/usable'/>", "usable"),
        ("<pubStatus qcode='stat:withheld'/>", "withheld"),
        ("<pubStatus qcode='stat:canceled'/>", "canceled"),
        ("<pubStatus qcode='stat:cancelled'/>", "canceled"),
        ("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/canceled/'/>", "canceled"),
        ("<pubStatus literal='usable'/>", "usable"),
        ("<pubStatus qcode='stat:vielleicht'/>", "withheld"),
    ],
)
def test_status(element, status):
    item = read(meta=element)
    assert item.status == status
    assert codes(item) == (["unknown_status"] if "vielleicht" in element else [])


def test_a_kill_needs_no_text():
    item = read("", meta="<pubStatus qcode='stat:canceled'/>", attributes="version='1542761538'")
    assert (item.status, item.version, item.blocks) == ("canceled", 1542761538, ())


@pytest.mark.parametrize(
    ("attributes", "version", "label"),
    [
        ("version='978556838'", 978556838, None),
        ("version=' 24 '", 24, None),
        ("version='2a'", None, "2a"),
        ("version='-3'", None, "-3"),
        ("version=''", None, None),
        ("", None, None),
    ],
)
def test_versions(attributes, version, label):
    item = read(attributes=attributes)
    assert (item.version, item.wire.version_label or None) == (version, label)


@pytest.mark.parametrize(
    ("written", "expected", "said"),
    [
        ("2024-07-02T10:00:00+02:00", datetime(2024, 7, 2, 8, tzinfo=UTC), []),
        ("2024-07-02T08:00:00.000Z", datetime(2024, 7, 2, 8, tzinfo=UTC), []),
        ("\n 2024-07-02T08:00:00Z ", datetime(2024, 7, 2, 8, tzinfo=UTC), []),
        ("2024-07-02T10:00:00", datetime(2024, 7, 2, 8, tzinfo=UTC), ["unknown_time"]),
        ("2024-01-02T10:00:00", datetime(2024, 1, 2, 9, tzinfo=UTC), ["unknown_time"]),
        ("gestern", None, ["unknown_time"]),
    ],
)
def test_times(written, expected, said):
    item = read(meta=f"<versionCreated>{written}</versionCreated>")
    assert (item.wire.created, codes(item)) == (expected, said)


@pytest.mark.parametrize("written", ["", "bis auf Weiteres"])
def test_an_embargo_without_a_time_withholds(written):
    item = read(meta=f"<embargoed>{written}</embargoed>")
    assert (item.status, item.embargo) == ("withheld", None)
    assert item.wire.embargo_text


def test_an_embargo_is_a_time_and_its_prose_is_kept():
    meta = (
        "<embargoed>2025-01-23T19:00:00+01:00</embargoed>"
        "<edNote role='dpaednoterole:embargo'>Sperrfrist bis heute Abend, 19.00 Uhr.</edNote>"
    )
    item = read(meta=meta)
    assert (item.status, item.embargo) == ("usable", datetime(2025, 1, 23, 18, tzinfo=UTC))
    assert item.wire.embargo_text == "Sperrfrist bis heute Abend, 19.00 Uhr."


def test_notes_by_role():
    meta = (
        "<edNote role='r:notepad'><section class='notepad'><p>Notizblock</p></section></edNote>"
        "<edNote role='r:closingline'>dpa abc yydd n1 sku</edNote>"
        "<edNote role='r:editorialnote'>Neu: Reaktionen im 3. Absatz</edNote>"
        "<edNote role='r:correctionshort'>Name</edNote>"
        "<edNote role='r:correction'>Im 1. Absatz muss es Muster heißen.</edNote>"
        "<edNote role='r:editorialnote' pubconstraint='p:nonpublic'>Geheim A</edNote>"
        "<edNote role='r:dpacontacts'>Geheim B</edNote>"
        "<edNote role='r:edservice'>Geheim C: 030 1234567</edNote>"
        "<edNote>Geheim D (d@example.org)</edNote>"
        "<edNote>Eds: Adds results of 2024.</edNote>"
    )
    item = read(meta=meta)
    assert "Geheim" not in repr(item)
    assert "Notizblock" not in repr(item)
    assert item.signature == "dpa abc yydd n1 sku"
    assert item.wire.correction == "Im 1. Absatz muss es Muster heißen."
    assert [(note.role, note.text) for note in item.wire.notes] == [
        ("editorialnote", "Neu: Reaktionen im 3. Absatz"),
        ("note", "Eds: Adds results of 2024."),
    ]


def test_headlines_by_role():
    about = (
        "<headline role='dpaheadlinerole:7901'>Kurz</headline>"
        "<headline role='dpaheadlinerole:subtitle1'>Darunter</headline>"
        "<headline role='x:kicker'>Darüber</headline>"
    )
    wire = read(about=about).wire
    assert (wire.kicker, wire.subhead) == ("Darüber", "Darunter")
    only = news_item(about=about).replace("<headline>Titel</headline>", "")
    (item,) = items(only)
    assert item.title == "Kurz"


def test_subjects_of_every_scheme_under_their_german_names():
    about = (
        "<subject qcode='dpacat:wi'><name>wi</name></subject>"
        "<subject qcode='medtop:20000340'><name xml:lang='en'>railway</name>"
        "<name xml:lang='de'>Bahn</name><sameAs qcode='subj:1'><name>x</name></sameAs></subject>"
        "<subject uri='http://cv.iptc.org/newscodes/mediatopic/20000523'/>"
        "<subject literal='poi1'><name>Rathaus</name></subject><subject/>"
    )
    assert read(about=about).wire.subjects == (
        Subject("wi", "dpacat", "wi"),
        Subject("Bahn", "medtop", "20000340", "de"),
        Subject("20000523", "medtop", "20000523"),
        Subject("Rathaus"),
    )


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ("<provider qcode='nprov:dpa'><name>Presse-Agentur GmbH</name></provider>", "dpa"),
        ("<provider literal='reuters.com'/>", "Reuters"),
        ("<provider uri='http://www.apa.at/about/'/>", "APA"),
        ("<provider qcode='approviderid:z01122'><name>Muster Insights</name></provider>",
         "Muster Insights"),
        ("<provider qcode='dnlprov:ap'><name>ap</name></provider>", "AP"),
        ("", None),
    ],
)  # fmt: skip
def test_providers(provider, expected):
    content = news_item().replace("<provider qcode='nprov:dpa'/>", provider)
    (item,) = items(content)
    assert item.provider == expected


def test_signals_lose_the_alias_of_the_iptc():
    meta = (
        "<signal qcode='sig:update'/><signal qcode='other:correction'/>"
        "<signal uri='http://cv.iptc.org/newscodes/signal/repeat'/><signal qcode='edStat:U'/>"
    )
    assert read(meta=meta).wire.signals == ("update", "correction", "repeat", "edStat:U")


def test_the_language_is_declared_in_three_places():
    assert read(about="<language tag='de-AT'/>").language == "de-AT"
    assert read().language == "de"
    (item,) = items(news_item().replace("xml:lang='de'", ""))
    assert item.language is None


@pytest.mark.parametrize("content", [b"", b"<newsItem>", b"<newsItem/>\0", b"\xff\xfe<\0"])
def test_a_broken_file_is_one_error(content):
    with pytest.raises(ArticleError):
        items(content)


def test_many_items_take_little_time():
    story = news_item(XHTML.format("<p>Ein Absatz mit einigen Wörtern.</p>" * 20))
    message = f"<newsMessage><itemSet>{story * 500}</itemSet></newsMessage>"
    start = time.process_time()
    assert len(items(message)) == 500
    assert time.process_time() - start < 2
