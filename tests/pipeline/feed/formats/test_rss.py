"""Feeds of all kinds: every fixture beside the articles expected from it, and every trap."""

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import ArticleError
from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.formats.rss import RssFormat
from pipeline.feed.item import Broken, Item
from pipeline.feed.web_address import canonical
from pipeline.records import Place
from tests.pipeline.feed.formats.real_files import real_files

FIXTURES = Path(__file__).parent / "rss"
FORMAT = RssFormat()
FIELDS = ("teaser", "byline", "keywords", "copyright", "charset")


def items(content):
    return list(FORMAT.read(Document("feed", content)))


def only(inner, *, channel="<title>Haus</title>"):
    content = f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{channel}<item><guid>x</guid>{inner}</item></channel></rss>'
    (item,) = items(content.encode())
    return item


def told(item):
    """Return what a fixture's JSON says of an article."""
    article = ArticleMaker("de").make(item, Place("feed"))
    wire = article.wire
    return {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        "provider": article.provider,
        "published": article.published and article.published.isoformat(),
        "updated": wire.updated and wire.updated.isoformat(),
        "dateline": article.dateline,
        "signature": article.signature,
        "blocks": [[block.kind, block.text] for block in article.blocks],
        "subjects": [[s.name, s.scheme, s.code] for s in wire.subjects],
        "links": [[link.href, link.title, link.relation] for link in wire.links],
        "wire": {name: getattr(wire, name) for name in FIELDS if getattr(wire, name)},
        "warnings": [caution.code for caution in article.warnings],
    }


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.xml")), ids=lambda path: path.stem)
def test_fixtures(path):
    content = path.read_bytes()
    assert FORMAT.recognises(Document(path.name, content))
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    read = [told(item) for item in items(content) if isinstance(item, Item)]
    assert json.loads(json.dumps(read)) == expected


@pytest.mark.parametrize("kept", [b"", b"</title>", b"</title><description>Die Werft stellt"])
def test_an_entry_that_the_feed_ends_in_is_a_fault(kept):
    whole = b"<item><guid>eins</guid><title>Werft</title><description>Ganz.</description></item>"
    feed = b"<rss><channel><title>Haus</title>" + whole
    first, second = items(feed + b"<item><guid>zwei</guid><title>Hafen" + kept)
    assert first.id == "eins"
    assert (second.id, second.error.reason) == ("zwei", "unreadable_file")
    (only,) = items(feed)
    assert only.id == "eins"


@pytest.mark.parametrize(
    "link",
    [
        "[<a href='x'>mehr</a>]",
        "<a href='x'>[mehr]</a>",
        "<a href='x'>Weiterlesen …</a>",
        "<a href='x'>Lesen Sie mehr auf haus.example</a>",
        "<a href='x'>Read more »</a>",
        "<p><a href='x'>Zum Artikel</a></p>",
        "<p>Der Beitrag <a>Titel</a> erschien zuerst auf <a>Haus</a>.</p><a>mehr</a>",
    ],
)
def test_the_link_to_the_rest_is_no_text(link):
    item = only(
        f"<content:encoded><![CDATA[<p>Der Rat tagt. {link}</p>]]></content:encoded>"
        "<description>Der Rat tagt.</description>"
    )
    assert [block.text for block in item.blocks] == ["Der Rat tagt."]
    assert item.wire.teaser == "Der Rat tagt."
    assert [caution.code for caution in item.cautions] == ["teaser_only"]


def test_a_link_within_the_text_stays():
    item = only("<description><![CDATA[<p>Es gibt <a href='x'>mehr Geld</a>.</p>]]></description>")
    assert item.blocks[0].text == "Es gibt mehr Geld."


@pytest.mark.parametrize("end", ["…", "...", "[…]", "[mehr]"])
def test_a_long_text_that_is_cut_off_is_a_teaser(end):
    item = only(f"<description>{'Der Rat tagt heute. ' * 60}{end}</description>")
    assert [caution.code for caution in item.cautions] == ["teaser_only"]
    assert "mehr" not in item.text


def test_a_full_text_is_none():
    assert not only(f"<description>{'Der Rat tagt heute. ' * 60}</description>").cautions


@pytest.mark.parametrize("text", ["<DE0005552004>", "<BMW.ETR>"])
@pytest.mark.parametrize("around", ["{}", "<p>{}</p>"])
@pytest.mark.parametrize("element", ["description", "content:encoded"])
def test_company_ids_are_no_tags(text, around, element):
    inner = around.format(f"Die Post {text} wächst.")
    item = only(f"<{element}><![CDATA[{inner}]]></{element}>")
    assert "".join(block.text for block in item.blocks) + (item.text or "") == (
        f"Die Post {text} wächst."
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://a.example/x?utm_source=rss&id=2&utm_medium=f", "https://a.example/x?id=2"),
        ("https://a.example/x?utm_source=rss", "https://a.example/x"),
        ("https://a.example/x#0", "https://a.example/x"),
        ("https://a.example/x?at_medium=RSS&at_campaign=rss#12", "https://a.example/x"),
        ("https://a.example/x#absatz-2", "https://a.example/x#absatz-2"),
        ("https://a.example/x?", "https://a.example/x?"),
        ("tag:a.example,2024:x#0", "tag:a.example,2024:x#0"),
        ("https://[a#1", "https://[a"),
    ],
)
def test_an_address_is_the_same_however_it_was_reached(written, expected):
    assert canonical(written) == expected


def test_an_entry_without_an_id_and_a_link_is_a_fault():
    (item,) = items(b"<rss><channel><item><title>x</title></item></channel></rss>")
    assert item.id is None


def test_other_entries_leave_the_digest_of_one_alone():
    one = "<item><guid>a</guid><description>Text.</description></item>"
    head, tail = "<rss><channel>", "</channel></rss>"
    alone, first, changed = (
        items(f"{head}{inner}{tail}".encode())[0].wire.sha256
        for inner in (one, one + "<item><guid>b</guid></item>", one.replace("Text", "Neuer Text"))
    )
    assert alone == first != changed


@pytest.mark.parametrize("written", ["Mon, 99 Oct 2024", "25.10.2024", "9" * 400, "-1", "MESZ"])
def test_times_that_are_none(written):
    item = only(f"<pubDate>{written}</pubDate>")
    assert item.published is None or item.published.tzinfo


def test_an_empty_feed_has_no_entry():
    assert items(b"<rss version='2.0'><channel><title>x</title></channel></rss>") == []


@pytest.mark.parametrize(
    "content",
    [b"<nitf/>", b"<feed><item/></feed>", b"<RDF xmlns='http://x.example/'/>", b"rss", b"", b"{}"],
)
def test_other_documents_are_not_taken(content):
    assert not FORMAT.recognises(Document("x", content))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-be"])
def test_wide_characters_without_a_mark(encoding):
    content = "<rss><channel><item><guid>ä</guid></item></channel></rss>".encode(encoding)
    assert FORMAT.recognises(Document("x", content))
    assert items(content)[0].id == "ä"


def test_a_text_is_never_taken_for_a_path(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text("<rss><channel><item><guid>secret</guid></item></channel></rss>")
    with pytest.raises(ArticleError):
        items(str(secret).encode())


def test_entities_are_never_resolved():
    lol = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    content = (
        f"<!DOCTYPE rss [{lol}]><rss><channel><item><guid>a</guid>"
        "<title>&l9;</title></item></channel></rss>"
    )
    for encoding in ("utf-8", "utf-16", "utf-32"):
        (item,) = items(content.encode(encoding))
        assert len(item.title or "") < 10


BOMBS = {
    "line breaks in the prolog": b"\n" * 40_000 + b"<rss><channel/></rss>",
    "declarations": b"<?xml" + b' encoding="' * 20_000 + b"<rss><channel/></rss>",
    "entities": b"<!DOCTYPE a [\n" + b"<!ENTITY \n" * 20_000 + b"<rss><channel/></rss>",
    "author": b"<rss><channel><item><author>"
    + b"a." * 40_000
    + b"</author></item></channel></rss>",
    "mails": b"<rss><channel><item><author>"
    + b"a@a." * 20_000
    + b"</author></item></channel></rss>",
    "categories": b"<rss><channel><item>"
    + b"".join(b"<category>%d</category>" % n for n in range(10_000))
    + b"</item></channel></rss>",
    "depth": b"<rss>" + b"<item>" * 10_000,
    "markup": b"<rss><channel><item><description>" + b"<a " * 20_000,
    "tail": b"<rss><channel><item><description><![CDATA[<p>x</p>" + b" [" * 40_000 + b"]]>",
}


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS)
def test_small_files_take_little_time(content):
    started = time.process_time()
    with suppress(ArticleError):
        assert all(isinstance(item, Item | Broken) for item in items(content))
    assert time.process_time() - started < 2


def test_every_collected_feed_comes_to_an_end():
    counts = dict.fromkeys(("items", "errors", "unknown"), 0)
    for path in real_files("rss-atom/*/*.xml"):
        document = Document(path.name, path.read_bytes())
        try:
            found = items(document.content)
            assert all(isinstance(item, Item | Broken) for item in found)
            counts["items"] += len(found)
        except ArticleError:
            counts["errors"] += 1
        counts["unknown"] += not FORMAT.recognises(document)
    assert counts["items"] >= 25
    assert counts["errors"] <= 6
    assert counts["unknown"] <= 3
