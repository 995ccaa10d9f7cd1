"""NITF: openings, times, release and identifiers."""

from datetime import UTC, datetime

import pytest

from pipeline.feed.document import Document
from tests.pipeline.feed.formats.nitf_documents import FORMAT, document, read
from tests.pipeline.feed.formats.told import blocks_of


@pytest.mark.parametrize(
    "content", ["<newsItem/>", "<NewsML/>", "{}", "nitf", "", "<html><nitf/></html>"]
)
def test_other_formats_are_not_taken(content):
    assert not FORMAT.recognises(Document("feed", content.encode()))


@pytest.mark.parametrize(
    "opening", ["", "<?xml version='1.0'?>", "<!DOCTYPE nitf SYSTEM 'nitf.dtd'>\n", "\ufeff"]
)
def test_openings(opening):
    content = (opening + document()).encode()
    assert FORMAT.recognises(Document("feed", content))
    assert blocks_of(read(content)) == [("text", "Text.")]


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("20140829T135006Z", datetime(2014, 8, 29, 13, 50, 6, tzinfo=UTC)),
        ("20140829T135006+0000", datetime(2014, 8, 29, 13, 50, 6, tzinfo=UTC)),
        ("20140829T135006+0200", datetime(2014, 8, 29, 11, 50, 6, tzinfo=UTC)),
        ("2014-08-29T13:50:06.000Z", datetime(2014, 8, 29, 13, 50, 6, tzinfo=UTC)),
        ("2014-08-29T13:50:06+02:00", datetime(2014, 8, 29, 11, 50, 6, tzinfo=UTC)),
        ("20140829T135006", datetime(2014, 8, 29, 11, 50, 6, tzinfo=UTC)),
        ("20140829", datetime(2014, 8, 28, 22, 0, tzinfo=UTC)),
    ],
)
def test_times(written, time):
    item = read(document(docdata=f"<date.issue norm='{written}'/><date.release norm='{written}'/>"))
    assert (item.wire.created, item.embargo) == (time, time)


def test_a_time_without_an_offset_is_read_from_the_providers_clock():
    issue = "<date.issue norm='20140829T135006'/>"
    item = read(document(docdata=f"<del-list><from-src src-name='PA'/></del-list>{issue}"))
    assert item.wire.created == datetime(2014, 8, 29, 12, 50, 6, tzinfo=UTC)


def test_a_time_that_is_none_is_told():
    item = read(document(docdata="<date.issue norm='gestern'/>"))
    assert [caution.code for caution in item.cautions] == ["unknown_time"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("", "usable"),
        (" management-status='usable'", "usable"),
        (" management-status='Canceled'", "canceled"),
        (" management-status='cancelled'", "canceled"),
        (" management-status='withheld'", "withheld"),
        (" management-status='embargoed'", "withheld"),
        (" management-status='quarantined'", "withheld"),
    ],
)
def test_statuses(word, status):
    assert read(document(management=word)).status == status


def test_embargoed_with_a_date_is_usable_from_then():
    item = read(
        document(
            docdata="<date.release norm='20990101T000100Z'/>",
            management=" management-status='embargoed'",
        )
    )
    assert (item.status, item.embargo) == ("usable", datetime(2099, 1, 1, 0, 1, tzinfo=UTC))


def test_a_release_date_that_is_none_holds_the_story():
    item = read(document(docdata="<date.release norm='Sonntag'/>"))
    assert item.embargo is None
    assert item.wire.embargo_text == "date.release Sonntag"


@pytest.mark.parametrize(
    ("info", "text"),
    [
        ("For global distribution", None),
        ("(see also POLITICS EU)&#10;Embargoed to 0001 Friday", "Embargoed to 0001 Friday"),
        ("Desk: 0171 5550123; Sperrfrist: Sonntag, 18 Uhr", "Sperrfrist: Sonntag, 18 Uhr"),
        ("SPERRFRIST Sonntag, Desk 0171 5550123 fragen", "SPERRFRIST Sonntag, Desk"),
    ],
)
def test_of_notes_to_editors_only_an_embargo_is_taken(info, text):
    item = read(document(docdata=f'<ed-msg info="{info}"/>'))
    assert item.wire.embargo_text == text
    assert "5550123" not in repr(item)


def test_a_kill_in_the_notes_cancels():
    assert read(document(docdata="<ed-msg info='KILL KILL do not use'/>")).status == "canceled"


@pytest.mark.parametrize(
    ("ids", "identity", "version"),
    [
        ("<doc-id id-string='urn-x-99:1562753522000'/>", "urn-x-99", 1562753522000),
        ("<doc-id id-string='urn:x:99'/>", "urn:x:99", None),
        ("<doc-id id-string='a_47'/><du-key key='a' version='48'/>", "a", 48),
        ("<doc-id id-string='b'/><du-key key='a' version='48'/>", "b", 48),
        ("<doc-id regsrc='AP'/><du-key key='a'/>", "a", None),
    ],
)
def test_ids_and_versions(ids, identity, version):
    item = read(document().replace("<doc-id id-string='a-1'/>", ids))
    assert (item.id, item.version) == (identity, version)


def test_a_document_without_an_id_gets_one_that_stays_and_says_so():
    content = document().replace("<doc-id id-string='a-1'/>", "<doc-id regsrc='AP'/>")
    assert read(content).id == read(content).id != read(content.replace("Text", "Satz")).id
    assert [caution.code for caution in read(content).cautions] == ["made_id"]
