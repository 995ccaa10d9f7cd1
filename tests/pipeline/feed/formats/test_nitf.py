"""NITF: every fixture beside the article expected from it, and every trap of the format."""

import contextlib
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ArticleError
from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.formats.nitf import NitfFormat
from pipeline.feed.item import Item
from pipeline.records import Article, Place
from pipeline.wire import Wire

FIXTURES = Path(__file__).parent / "nitf"
SHARED = Path(__file__).parents[5] / "shared" / "feeds"
FORMAT = NitfFormat()


def items(content):
    return list(FORMAT.read(Document("feed", content)))


def read(content):
    (item,) = items(content.encode() if isinstance(content, str) else content)
    return item


def told(item):
    """Return what a fixture's JSON says of an article."""
    article = ArticleMaker("de").make(item, Place("feed"))
    assert isinstance(article, Article)
    wire = {
        name: json.loads(json.dumps(getattr(article.wire, name), default=str))
        for name in Wire.__slots__
        if getattr(article.wire, name) != getattr(Wire(), name) and name not in {"sha256", "format"}
    }
    wire["subjects"] = [[subject.name, subject.code] for subject in article.wire.subjects]
    return {
        "id": article.id,
        "version": article.version,
        "language": article.language,
        "title": article.title,
        "status": article.status,
        "embargo": article.embargo and article.embargo.isoformat(),
        "provider": article.provider,
        "published": article.published and article.published.isoformat(),
        "dateline": article.dateline,
        "signature": article.signature,
        "blocks": [[block.kind, block.text] for block in article.blocks],
        "wire": wire,
        "warnings": [caution.code for caution in article.warnings],
    }


def document(body="<p>Text.</p>", docdata="", head="", *, management="", attributes=""):
    return (
        f"<nitf{attributes}><head><docdata{management}><doc-id id-string='a-1'/>{docdata}</docdata>"
        f"</head><body><body.head><hedline><hl1>Titel</hl1></hedline>{head}</body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )


def texts(item):
    return [(block.kind, block.text) for block in item.blocks]


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.xml")), ids=lambda path: path.stem)
def test_fixtures(path):
    content = path.read_bytes()
    assert FORMAT.recognises(Document(path.name, content))
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [told(item) for item in items(content)] == expected


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.xml")), ids=lambda path: path.stem)
def test_captions_notes_and_keys_are_nowhere(path):
    written = repr(read(path.read_bytes()))
    for words in ("5550123", "GEHEIM", "Foto:", "Ida Moser", "Spalten", "Quelle", "For global"):
        assert words not in written


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
    assert texts(read(content)) == [("text", "Text.")]


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


@pytest.mark.parametrize(
    ("head", "byline", "signature"),
    [
        ("<byline>By BEN WICK<byttl>AP Writer</byttl></byline>", "By BEN WICK, AP Writer", None),
        ("<byline>Von <person>Ute Groß</person>, dpa</byline>", "Von Ute Groß, dpa", None),
        ("<byline><bytag>Von Ute Groß</bytag></byline>", "Von Ute Groß", None),
        ("<byline>Ute</byline><byline>Ida</byline>", "Ute; Ida", None),
        ("<byline>gr/bp</byline>", None, "gr/bp"),
        ("<byline/>", None, None),
    ],
)
def test_bylines(head, byline, signature):
    item = read(document(head=head))
    assert (item.wire.byline, item.signature) == (byline, signature)


@pytest.mark.parametrize(
    ("head", "body", "dateline", "places"),
    [
        ("<dateline><location>ULM</location></dateline>", "Text.", "ULM", ("ULM",)),
        ("<dateline><location>ULM</location></dateline>", "ULM (AP) — Text.", None, ("ULM",)),
        ("<dateline>Oslo (NTB) - </dateline>", "Text.", "Oslo (NTB)", ()),
        ("<dateline><location><city>Ulm</city></location>, 1. März</dateline>", "Text.",
         "Ulm, 1. März", ("Ulm",)),
        ("<dateline><story.date norm='x'>20170102T222800+0000</story.date></dateline>", "Text.",
         None, ()),
    ],
)  # fmt: skip
def test_datelines(head, body, dateline, places):
    item = read(document(f"<p>{body}</p>", head=head))
    assert (item.dateline, item.wire.located) == (dateline, places)


def test_a_dateline_that_the_text_repeats_is_there_once():
    head = "<dateline><location>NEW YORK</location></dateline>"
    item = read(document("<p>NEW YORK (AP) — Text.</p>", head=head))
    article = ArticleMaker("de").make(item, Place("feed"))
    assert article.dateline == "NEW YORK (AP)"
    assert article.blocks[0].text == "Text."


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>Er <em>sagte</em> nichts.</p>", [("text", "Er sagte nichts.")]),
        ("<block><p>a</p><block><p>b</p></block></block>", [("text", "a"), ("text", "b")]),
        ("<hl2>Zwischenzeile</hl2><p>a</p>", [("subhead", "Zwischenzeile"), ("text", "a")]),
        ("<hl2>Titel</hl2><p>a</p>", [("text", "a")]),
        ("<ol><li>a</li><li><p>b</p></li></ol>", [("item", "a"), ("item", "b")]),
        ("<p>a</p><p>ends</p>", [("text", "a")]),
        ("<p>a</p><p>___</p><p/>", [("text", "a")]),
        ("<p>a<media><media-caption>c</media-caption></media>b</p>", [("text", "ab")]),
        ("<p>a</p><media-caption>c</media-caption>", [("text", "a")]),
        ("<p>a <note><p>Desk</p></note>b</p>", [("text", "a b")]),
        ("loser Text", [("text", "loser Text")]),
        ("", []),
    ],
)
def test_bodies(body, blocks):
    assert texts(read(document(body))) == blocks


def test_a_teaser_that_opens_the_text_is_not_told_twice():
    head = "<abstract><p>Die Ministerin</p></abstract>"
    assert read(document("<p>Die Ministerin geht.</p>", head=head)).wire.teaser is None
    assert read(document("<p>Sie geht.</p>", head=head)).wire.teaser == "Die Ministerin"


def test_the_title_stands_in_for_a_headline():
    content = (
        document()
        .replace("<hl1>Titel</hl1>", "")
        .replace("<head>", "<head><title>Aus dem Kopf</title>")
    )
    assert read(content).title == "Aus dem Kopf"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("R&D und A & B", "R&D und A & B"),
        ("?a=1&b=2&copy=3", "?a=1&b=2&copy=3"),
        ("Gr&uuml;n&nbsp;&amp; &#228;lter &lt;rot", "Grün & älter <rot"),
        ("stieg um <5 Prozent", "stieg um <5 Prozent"),
        ("a < b und c > d", "a < b und c > d"),
        ("<![CDATA[A & B &uuml;]]> & C", "A & B &uuml; & C"),
    ],
)
def test_what_was_not_escaped_is_repaired_without_loss(written, text):
    item = read(document(f"<p>Eins {written} zwei.</p><p>Ende gut &.</p>"))
    assert texts(item) == [("text", f"Eins {text} zwei."), ("text", "Ende gut &.")]
    assert [caution.code for caution in item.cautions] == ["repaired_xml"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Ein Wort <von vielen.</p><p>Ende gut.</p>",
        "<p>Ein <em>Wort.</p><p>Ende gut.</p>",
        "<p>Ein Wort.</em></p></block><p>Ende gut.</p>",
        "<p class=x>Ein Wort.</p><p>Ende gut.</p>",
        "<p title='a' title='b'>Ein Wort.</p><p>Ende gut.</p>",
        "<p>Ein \x00 Wort.</p><p>Ende gut.</p>",
    ],
)
def test_a_repair_loses_no_word(body):
    with contextlib.suppress(ArticleError):
        item = read(document(body))
        assert [caution.code for caution in item.cautions] == ["repaired_xml"]
        written = " ".join(text for _, text in texts(item))
        plain = body
        for tag in ("<p>", "</p>", "<em>", "</em>", "</block>", "<p class=x>", "\x00"):
            plain = plain.replace(tag, " ")
        assert set(plain.replace("<p title='a' title='b'>", "").split()) <= set(written.split())


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_what_was_cut_off_is_never_repaired(share):
    content = document("<p>Eins & zwei.</p>" * 20).encode()
    with pytest.raises(ArticleError, match=r"cut off|not well-formed"):
        read(content[: int(len(content) * share)])


def test_entities_are_never_resolved():
    declared = "<!DOCTYPE nitf [<!ENTITY a 'geheim'>]>" + document("<p>&a; & b</p>")
    with pytest.raises(ArticleError) as caught:
        read(declared)
    assert caught.value.reason == "unsafe_xml"


def test_a_long_document_takes_little_time():
    started = time.perf_counter()
    for filler in ("<p>R&D</p>", "<!--", "<![CDATA[", "& ", "<p", "<em>"):
        with contextlib.suppress(ArticleError):
            read(document(filler * 20_000))
    assert time.perf_counter() - started < 15


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from(sorted(path.name for path in FIXTURES.glob("*.xml"))),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=12)), max_size=4),
)
def test_disturbed_documents_give_an_item_or_an_error(name, noise):
    content = (FIXTURES / name).read_bytes()
    for place, spliced in noise:
        content = content[:place] + spliced + content[place + len(spliced) // 2 :]
    FORMAT.recognises(Document("feed", content))
    try:
        outcomes = items(content)
    except ArticleError:
        return
    for outcome in outcomes:
        assert isinstance(outcome, Item)
        ArticleMaker("de").make(outcome, Place("feed"))


def shared():
    paths = sorted((SHARED / "nitf" / "dpa-de").glob("*.xml"))
    if not paths:
        return [pytest.param(None, marks=pytest.mark.skip(reason="no shared/feeds/nitf"))]
    return [pytest.param(path, id=path.stem) for path in paths]


@pytest.mark.parametrize("path", shared())
def test_real_documents_lose_nothing_and_leak_nothing(path):
    content = path.read_bytes()
    assert FORMAT.recognises(Document(path.name, content))
    item = read(content)
    article = ArticleMaker("de").make(item, Place(path.name))
    body = content.decode().split("<body.content>")[1].split("<block")[0].split("<media")[0]
    written = " ".join([article.dateline or "", "-", *(block.text for block in article.blocks)])
    assert set(body.replace("<p>", " ").replace("</p>", " ").split()) <= set(written.split())
    assert "Foto:" not in repr(article)
    assert "amazonaws" not in repr(article)
    repaired = ["repaired_xml"] if path.stem.startswith("nitf-") else []
    assert [caution.code for caution in article.warnings] == repaired
