"""NewsML 1.2: items and their metadata, and every trap of them."""

from datetime import UTC, datetime

import pytest

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.item import Broken
from pipeline.wire import Subject
from tests.pipeline.feed.formats.newsml_1_2_items import (
    FORMAT,
    IDENTITY,
    component,
    content_item,
    document,
    items,
    read,
)
from tests.pipeline.feed.formats.told import codes


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<!DOCTYPE NewsML SYSTEM 'NewsML.dtd'><NewsML Version='1.2'/>", True),
        ("<n:NewsML xmlns:n='http://iptc.org/std/NewsML/2003-10-10/'>", True),
        ("<NewsItem/>", True),
        ("<newsItem/>", False),
        ("<newsMessage/>", False),
        ("<nitf/>", False),
    ],
)
def test_it_is_known_by_its_root(content, expected):
    assert FORMAT.recognises(Document("feed", content.encode())) is expected


@pytest.mark.parametrize(
    ("identity", "stable", "delivered", "version", "label"),
    [
        (
            IDENTITY + "<PublicIdentifier>urn:newsml:afp.com:20240910:x1:1</PublicIdentifier>",
            "urn:newsml:afp.com:20240910:x1", "urn:newsml:afp.com:20240910:x1:1", 1, None,
        ),
        (
            "<NewsItemId>x1</NewsItemId><RevisionId>DS02299380</RevisionId>",
            "urn:newsml:x1", None, None, "DS02299380",
        ),
        (
            "<RevisionId>12</RevisionId><PublicIdentifier>urn:newsml:a:b:c:12N</PublicIdentifier>",
            "urn:newsml:a:b:c", "urn:newsml:a:b:c:12N", 12, None,
        ),
        ("<PublicIdentifier>urn:a:b</PublicIdentifier>", "urn:a:b", None, None, None),
        ("<ProviderId>afp.com</ProviderId>", None, None, None, None),
        ("", None, None, None, None),
    ],
)  # fmt: skip
def test_the_id_is_the_same_for_all_revisions(identity, stable, delivered, version, label):
    item = read(identity=identity)
    assert (item.id, item.wire.item_id) == (stable, delivered)
    assert (item.version, item.wire.version_label) == (version, label)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Usable", "usable"),
        ("USABLE", "usable"),
        ("OPEN", "usable"),
        ("", "usable"),
        ("Withheld", "withheld"),
        ("Embargoed", "withheld"),
        ("Canceled", "canceled"),
        ("CANCELLED", "canceled"),
        ("killed", "canceled"),
        ("Vielleicht", "withheld"),
    ],
)
def test_status_in_any_spelling(word, status):
    item = read(management=f"<Status FormalName='{word}'/>")
    assert item.status == status
    assert codes(item) == (["unknown_status"] if word == "Vielleicht" else [])


@pytest.mark.parametrize("status", ["Embargoed", "Withheld", "Usable"])
def test_an_embargo_ends_when_the_status_changes(status):
    change = (
        "<StatusWillChange><FutureStatus FormalName='{}'/>"
        "<DateAndTime>20240910T140000+0200</DateAndTime></StatusWillChange>"
    )
    management = f"<Status FormalName='{status}'/>"
    item = read(management=management + change.format("Usable"))
    assert (item.status, item.embargo) == ("usable", datetime(2024, 9, 10, 12, tzinfo=UTC))
    expiry = read(management=management + change.format("Canceled"))
    assert expiry.embargo is None


def test_a_change_at_no_time_withholds():
    management = (
        "<Status FormalName='Usable'/><StatusWillChange><FutureStatus FormalName='Usable'/>"
        "<DateAndTime>heute Abend</DateAndTime></StatusWillChange>"
    )
    item = read(management=management)
    assert (item.status, item.embargo, codes(item)) == ("withheld", None, ["unknown_time"])


def test_instructions_for_this_revision():
    former = "<RevisionStatus Revision='0'><Status FormalName='Canceled'/></RevisionStatus>"
    item = read(management=f"<Instruction FormalName='Cancel'>{former}</Instruction>")
    assert item.status == "usable"
    assert read(management="<Instruction FormalName='Kill'/>").status == "canceled"
    item = read(management="<Instruction FormalName='Embargo'>Sperrfrist 18 Uhr</Instruction>")
    assert item.wire.embargo_text == "Embargo Sperrfrist 18 Uhr"
    assert read(management="<Instruction FormalName='Correction'/>").wire.signals == ("correction",)


def test_a_kill_needs_no_text():
    item = read("", management="<Status FormalName='Canceled'/>")
    assert (item.status, item.id, item.blocks) == ("canceled", "urn:newsml:afp.com:20240910:x1", ())


@pytest.mark.parametrize(
    ("management", "envelope", "urgency"),
    [
        ("<Urgency FormalName='2'/>", "<Priority FormalName='4'/>", 2),
        ("<Urgency FormalName='DEFAULT'/>", "<Priority FormalName='4'/>", 4),
        ("<Priority FormalName='3'/>", "", 3),
        ("<Urgency>5</Urgency>", "", 5),
        ("<Urgency FormalName='DEFAULT'/>", "", None),
        ("<Urgency FormalName='0'/>", "", None),
        ("", "", None),
    ],
)
def test_urgency_is_an_attribute(management, envelope, urgency):
    assert read(management=management, envelope=envelope).wire.urgency == urgency


@pytest.mark.parametrize(
    ("written", "expected", "said"),
    [
        ("20140829T135006Z", datetime(2014, 8, 29, 13, 50, 6, tzinfo=UTC), []),
        ("20140829T135006+0000", datetime(2014, 8, 29, 13, 50, 6, tzinfo=UTC), []),
        ("20140829T155006+0200", datetime(2014, 8, 29, 13, 50, 6, tzinfo=UTC), []),
        ("2014-08-29T15:50:06+02:00", datetime(2014, 8, 29, 13, 50, 6, tzinfo=UTC), []),
        ("20140829T135006", datetime(2014, 8, 29, 13, 50, 6, tzinfo=UTC), ["unknown_time"]),
        ("29.8.2014", None, ["unknown_time"]),
    ],
)
def test_times(written, expected, said):
    """AFP's clock is UTC."""
    item = read(management=f"<ThisRevisionCreated>{written}</ThisRevisionCreated>")
    assert (item.wire.created, codes(item)) == (expected, said)


@pytest.mark.parametrize(
    ("lines", "label", "title"),
    [
        ("<HeadLine>Titel</HeadLine>", "Etikett", "Titel"),
        ("<HeadLine/>", "Etikett", "Etikett"),
        ("<HeadLine> </HeadLine><SlugLine>Schlagwort</SlugLine>", "", "Schlagwort"),
        ("", "", None),
    ],
)
def test_without_a_headline_none_is_made_up(lines, label, title):
    content = document(component(content_item(), head=f"<NewsLines>{lines}</NewsLines>"))
    content = content.replace(
        "</Identification>", f"<NameLabel>{label}</NameLabel></Identification>"
    )
    (item,) = items(content)
    assert item.title == title


def test_subjects_however_they_are_nested():
    about = (
        "<DescriptiveMetadata><SubjectCode><Subject FormalName='04000000'/><SubjectMatter "
        "FormalName='04015000' cat='ECO'/></SubjectCode><SubjectCode FormalName='15054000'/>"
        "<SubjectCode/><SubjectCode><SubjectDetail FormalName='X1' Scheme='haus'/></SubjectCode>"
        "</DescriptiveMetadata>"
    )
    assert read(component(content_item(), head=about)).wire.subjects == (
        Subject("04000000", "subj", "04000000"),
        Subject("ECO", "subj", "04015000"),
        Subject("15054000", "subj", "15054000"),
        Subject("X1", "haus", "X1"),
    )


def test_lines_and_rights():
    head = (
        "<NewsLines><SubHeadLine>Darunter</SubHeadLine><ByLine>Von Eva Muster</ByLine>"
        "<DateLine>Wien, 9. Juli (AFP) - </DateLine><CreditLine>AFP</CreditLine>"
        "<KeywordLine>Wetter/Wien, Regen</KeywordLine>"
        "<NewsLine><NewsLineType FormalName='AdvisoryLine'/><NewsLineText>Mit Embargo bis 10.00"
        "</NewsLineText></NewsLine><NewsLine><NewsLineType FormalName='ProductLine'/>"
        "<NewsLineText>(Bild)</NewsLineText></NewsLine><NewsLine><NewsLineText>Desk: 030 1234567"
        "</NewsLineText></NewsLine><NewsLine><NewsLineText>BERICHTIGT Zahl im 2. Absatz"
        "</NewsLineText></NewsLine></NewsLines><RightsMetadata><Copyright><CopyrightHolder>Haus"
        "</CopyrightHolder><CopyrightDate>2024</CopyrightDate></Copyright></RightsMetadata>"
    )
    item = read(component(content_item(), head=head))
    wire = item.wire
    assert (item.dateline, wire.subhead, wire.byline) == (
        "Wien, 9. Juli (AFP)",
        "Darunter",
        "Von Eva Muster",
    )
    assert (wire.credit, wire.copyright, wire.keywords) == (
        "AFP",
        "Haus 2024",
        ("Wetter", "Wien", "Regen"),
    )
    assert wire.embargo_text == "Mit Embargo bis 10.00"
    assert wire.correction == "BERICHTIGT Zahl im 2. Absatz"
    assert [(note.role, note.text) for note in wire.notes] == [("productline", "(Bild)")]
    assert "1234567" not in repr(item)


def test_all_items_of_a_file_nested_ones_too():
    one = document().removeprefix("<NewsML>").removesuffix("</NewsML>")
    item = one[one.index("<NewsItem") :]
    inner = item.replace("x1", "x2")
    nested = item.replace("</NewsItem>", f"<NewsComponent>{inner}</NewsComponent></NewsItem>")
    picture = component(
        "<ContentItem Href='b.jpg'><MediaType FormalName='Photo'/></ContentItem>", "Main"
    )
    broken = document(picture).partition("<NewsItem")[2].rpartition("</NewsML>")[0]
    found = items(f"<NewsML>{nested}<NewsItem{broken}</NewsML>")
    assert [(outcome.index, outcome.id and outcome.id[-2:]) for outcome in found] == [
        (1, "x1"),
        (2, "x2"),
        (3, "x1"),
    ]
    assert isinstance(found[2], Broken)
    assert found[2].error.reason == "no_text"
    assert "Photo" in str(found[2].error)


def test_a_document_without_items_says_so():
    (broken,) = items("<NewsML><TopicSet/></NewsML>")
    assert broken.error.reason == "no_story"


def test_a_broken_file_is_one_error():
    with pytest.raises(ArticleError):
        items("<NewsML><NewsItem>")
