"""NewsML-G2: every fixture beside the items expected from it, and every trap of the format."""

import base64
import itertools
import json
import logging
import re
import time
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from lxml import etree

from pipeline.errors import ArticleError
from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.formats.newsml_g2 import NewsMlG2Format
from pipeline.feed.item import Broken, Item
from pipeline.records import Article, Place
from pipeline.wire import Subject
from tests.pipeline.feed.formats.newsml_told import told

FIXTURES = Path(__file__).parent / "newsml_g2"
SHARED = Path(__file__).parents[5] / "shared" / "feeds" / "newsml-g2"
FORMAT = NewsMlG2Format()
XHTML = "<inlineXML contenttype='application/xhtml+xml'><html><body>{}</body></html></inlineXML>"
TEXT = XHTML.format("<p>Text.</p>")
NITF = "<inlineXML><nitf><body><body.content>{}</body.content></body></nitf></inlineXML>"
MAIN = re.compile(r'<section class="main[^"]*">(.*)</section>\s*</body>', re.DOTALL)
PRIVATE = "nicht zur Veröffentlichung bestimmt"


def items(content):
    return list(
        FORMAT.read(Document("feed", content.encode() if isinstance(content, str) else content))
    )


def news_item(content=TEXT, *, meta="", about="", attributes="version='1'"):
    return (
        f"<newsItem guid='a-1' xml:lang='de' {attributes}><itemMeta>"
        f"<provider qcode='nprov:dpa'/>{meta}</itemMeta><contentMeta><headline>Titel</headline>"
        f"{about}</contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def read(*args, **kwargs):
    (item,) = items(news_item(*args, **kwargs))
    assert isinstance(item, Item)
    return item


def texts(item):
    return [block.text for block in item.blocks]


def codes(item):
    return [caution.code for caution in item.cautions]


def rendition(name, text, kind="text/plain"):
    return (
        f"<inlineData contenttype='{kind}' rendition='dpa7901rendition:{name}'>{text}</inlineData>"
    )


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.xml")), ids=lambda path: path.stem)
def test_fixtures(path):
    content = path.read_bytes()
    assert FORMAT.recognises(Document(path.name, content))
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [told(item) for item in items(content)] == expected


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


def test_the_text_is_chosen_whatever_its_place_among_the_renditions():
    renditions = [
        XHTML.format("<section class='main'><p>Der ganze Text.</p></section>"),
        rendition("headline", "Titel"),
        rendition("teaser", "Anriss."),
        rendition("text", "Nur als Ersatz."),
        rendition("nonpublic", "Autor/in: Erna Geheim, geheim@example.org"),
    ]
    for order in itertools.permutations(renditions):
        item = read("".join(order))
        assert texts(item) == ["Der ganze Text."]
        assert "Geheim" not in repr(item)


def test_the_plain_rendition_is_the_fallback_and_others_fill_gaps():
    content = rendition("public", "# Notizblock") + rendition(
        "text", "Ulm (dpa) - Erster Absatz.\n\nZweiter Absatz."
    )
    item = read(content + rendition("teaser", "Kurz gesagt.") + rendition("nonpublic", "Geheim"))
    assert item.text == "Ulm (dpa) - Erster Absatz.\n\nZweiter Absatz."
    assert item.wire.teaser == "Kurz gesagt."
    assert "Geheim" not in repr(item)
    article = ArticleMaker("de").make(item, Place("feed"))
    assert isinstance(article, Article)
    assert article.dateline == "Ulm (dpa)"
    assert [block.text for block in article.blocks] == ["Erster Absatz.", "Zweiter Absatz."]


def test_without_a_public_text_there_is_no_story():
    (broken,) = items(news_item(rendition("nonpublic", "Geheim") + rendition("teaser", "Anriss")))
    assert isinstance(broken, Broken)
    assert (broken.error.reason, broken.id) == ("no_text", "a-1")
    assert "Geheim" not in str(broken.error)


@pytest.mark.parametrize(
    "content",
    [
        "<inlineData contenttype='text/html'>&lt;p&gt;Ein &amp;amp; zwei.&lt;/p&gt;</inlineData>",
        "<inlineData>&lt;div&gt;&lt;p&gt;Ein &amp;amp; zwei.&lt;/p&gt;&lt;/div&gt;</inlineData>",
        "<inlineData contenttype='text/html' encoding='enc:base64'>{}</inlineData>".format(
            base64.b64encode(b"<p>Ein &amp; zwei.</p>").decode()
        ),
        "<inlineXML><p>Ein &amp; zwei.</p></inlineXML>",
        "<inlineXML contenttype='application/xhtml+html'><x:html xmlns:x='xhtml'><x:body>"  # noqa: ISC004
        "<x:p>Ein &amp; zwei.</x:p></x:body></x:html></inlineXML>",
        "<inlineXML><w><html><body><p>Ein &amp; zwei.</p></body></html></w></inlineXML>",
        NITF.format("<block><p>Ein &amp; zwei.</p></block>"),
    ],
)
def test_text_in_every_wrapping(content):
    assert texts(read(content)) == ["Ein & zwei."]


def test_german_goes_first_then_the_markup_that_tells_more():
    english = XHTML.format("<p>A long English text of many words.</p>").replace(
        "<inlineXML", "<inlineXML xml:lang='en'"
    )
    german = NITF.format("<p>Deutscher Text.</p>").replace("<inlineXML", "<inlineXML xml:lang='de'")
    item = read(english + german, about="<language tag='en'/>")
    assert (texts(item), item.language) == (["Deutscher Text."], "de")
    both = NITF.format("<p>Als NITF, mit mehr Wörtern.</p>") + XHTML.format("<p>Als XHTML.</p>")
    assert texts(read(both)) == ["Als XHTML."]
    assert texts(read(NITF.format("<p>Kurz.</p>") + NITF.format("<p>Viel länger.</p>"))) == [
        "Viel länger."
    ]


@pytest.mark.parametrize(
    ("meta", "content", "held"),
    [
        (
            "<itemClass qcode='ninat:picture'/>",
            "<remoteContent contenttype='image/jpeg'/>",
            "image",
        ),
        ("<itemClass qcode='ninat:video'/>", "<remoteContent href='x'/>", "remoteContent"),
        ("", "<inlineXML><sports-content><p/></sports-content></inlineXML>", "sports-content"),
        ("<itemClass qcode='ninat:text'/>", "<inlineXML> </inlineXML>", "empty inlineXML"),
        ("", "<inlineData contenttype='application/json'>{}</inlineData>", "application/json"),
        ("", "", "nothing"),
    ],
)
def test_what_is_no_text_says_what_it_is(meta, content, held):
    (broken,) = items(news_item(content, meta=meta))
    assert isinstance(broken, Broken)
    assert broken.error.reason == "no_text"
    assert held in str(broken.error)


def test_a_picture_item_with_a_text_is_read_and_its_caption_is_none():
    about = "<description role='drol:caption'>Bildtext</description>"
    meta = "<itemClass qcode='ninat:graphic'/>"
    item = read(meta=meta, about=about)
    assert (texts(item), item.wire.teaser) == (["Text."], None)


def test_a_flash_is_its_headline():
    item = read("", about="<urgency>1</urgency>")
    assert (item.title, item.blocks, item.text, item.wire.urgency) == ("Titel", (), None, 1)


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


def test_what_the_markup_sets_apart_is_no_body():
    body = (
        "<header><h1>Titel</h1><p class='genre'>Meldung</p></header>"
        "<p class='teaser'>Anriss.</p><p class='byline'>Von Eva Muster</p>"
        "<p><span class='dateline'>Hanau <span class='credit'>(dpa)</span> -\u00a0</span>Der Satz "
        "<b>geht</b> weiter.</p><figure><img/><figcaption>Bildtext</figcaption></figure>"
        "<section class='notepad'><section class='np-public'><p>Hinweis</p></section>"
        f"<section class='np-nonpublic'><p>{PRIVATE}</p></section></section>"
        "<strong class='embargoed'>Sperrfrist</strong><p class='closingline'>dpa xx yyhe n1 mm</p>"
    )
    item = read(XHTML.format(body))
    assert texts(item) == ["Der Satz geht weiter."]
    assert item.dateline == "Hanau (dpa)"
    assert (item.wire.teaser, item.wire.byline) == ("Anriss.", "Von Eva Muster")
    assert item.signature == "dpa xx yyhe n1 mm"


def test_a_header_without_a_headline_is_text_and_a_repeated_headline_is_none():
    assert texts(read(XHTML.format("<header><p>Eins.</p></header><p>Zwei.</p>"))) == [
        "Eins.",
        "Zwei.",
    ]
    assert texts(read(XHTML.format("<h1> TITEL </h1><p>Zwei.</p>"))) == ["Zwei."]


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


def real_files():
    if not SHARED.is_dir():
        pytest.skip(f"no real files in {SHARED}")
    return sorted(SHARED.glob("*/*.xml"))


def test_every_real_file_gives_items_or_says_why_not():
    fragments = {"contentSet", "contentMeta", "groupSet"}
    for path in real_files():
        document = Document(path.name, path.read_bytes())
        assert FORMAT.recognises(document) is not (document.root in fragments), path.name
        if FORMAT.recognises(document):
            outcomes = list(FORMAT.read(document))
            assert outcomes
            for outcome in outcomes:
                if isinstance(outcome, Item):
                    assert outcome.blocks
                else:
                    assert outcome.error.reason in {"no_story", "no_text"}


def words(text):
    return re.findall(r"\w+", text)


def test_no_word_of_a_real_text_is_lost_or_doubled():
    seen = 0
    for path in real_files():
        if path.parent.name != "dpa-converter-output":
            continue
        found = re.search(
            r'<section class="main[^"]*">(.*)</section>\s*</body>',
            path.read_text("utf-8"),
            re.DOTALL,
        )
        (item,) = items(path.read_bytes())
        if found is None or isinstance(item, Broken):
            continue
        markup = re.sub(r'<p class="teaser">.*?</p>', " ", found[1], flags=re.DOTALL)
        markup = re.sub(
            r'<span class="dateline">.*?</span>.*?</span>', " ", markup, flags=re.DOTALL
        )
        markup = re.sub(r"<figcaption>.*?</figcaption>", " ", markup, flags=re.DOTALL)
        markup, boxes = re.subn(r'<div class="INFOBOX">.*?</div>', " ", markup, flags=re.DOTALL)
        assert bool(boxes) == any(link.relation == "infobox" for link in item.wire.links)
        markup = re.sub(r"</?(?:a|b|em|i|strong)\b[^>]*>", "", markup)
        expected = words(unescape(re.sub(r"<[^>]*>", " ", markup)))
        assert words(" ".join(texts(item))) == expected, path.name
        seen += 1
    assert seen > 10


def test_nothing_private_leaves_a_real_file():
    for path in real_files():
        content = path.read_text("utf-8")
        private = re.findall(
            r"<edNote[^>]*nonpublic[^>]*>(?:Autor/in: |Redaktion: )?(.{12,40})", content
        )
        told_all = "".join(map(repr, FORMAT.read(Document(path.name, content.encode()))))
        assert PRIVATE not in told_all
        for line in private:
            assert unescape(line) not in told_all, path.name


def test_metadata_agree_with_the_reader_of_the_iptc():
    library = pytest.importorskip("NewsMLG2")
    logging.getLogger("NewsMLG2").setLevel(logging.CRITICAL)
    for path in real_files():
        if path.parent.name != "dpa-converter-output":
            continue
        (item,) = items(path.read_bytes())
        if isinstance(item, Broken):
            continue
        element = etree.fromstring(path.read_bytes()).find(".//{*}newsItem")
        theirs = library.NewsMLG2Document(etree.tostring(element)).get_item()
        assert (item.id, str(item.version)) == (theirs.guid, theirs.version)
        created = datetime.fromisoformat(str(theirs.itemmeta.versioncreated))
        assert item.wire.created == created
        assert item.title == " ".join(str(theirs.contentmeta.headline[0]).split())
        assert str(item.wire.urgency) == str(theirs.contentmeta.urgency)
