"""NewsML-G2: real files lose no word, leak nothing and agree with the reader of the IPTC."""

import logging
import re
from datetime import datetime
from html import unescape

from lxml import etree

from pipeline.feed.document import Document
from pipeline.feed.item import Broken, Item
from tests.pipeline.feed.formats.newsml_g2_items import FORMAT, PRIVATE, items
from tests.pipeline.feed.formats.real_files import real_files
from tests.pipeline.feed.formats.told import texts

PATTERN = "newsml-g2/*/*.xml"


def test_every_real_file_gives_items_or_says_why_not():
    fragments = {"contentSet", "contentMeta", "groupSet"}
    for path in real_files(PATTERN):
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
    for path in real_files(PATTERN):
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
    for path in real_files(PATTERN):
        content = path.read_text("utf-8")
        private = re.findall(
            r"<edNote[^>]*nonpublic[^>]*>(?:Autor/in: |Redaktion: )?(.{12,40})", content
        )
        told_all = "".join(map(repr, FORMAT.read(Document(path.name, content.encode()))))
        assert PRIVATE not in told_all
        for line in private:
            assert unescape(line) not in told_all, path.name


def test_metadata_agree_with_the_reader_of_the_iptc():
    from NewsMLG2 import NewsMLG2Document

    logging.getLogger("NewsMLG2").setLevel(logging.CRITICAL)
    for path in real_files(PATTERN):
        if path.parent.name != "dpa-converter-output":
            continue
        (item,) = items(path.read_bytes())
        if isinstance(item, Broken):
            continue
        element = etree.fromstring(path.read_bytes()).find(".//{*}newsItem")
        theirs = NewsMLG2Document(etree.tostring(element)).get_item()
        assert (item.id, str(item.version)) == (theirs.guid, theirs.version)
        created = datetime.fromisoformat(str(theirs.itemmeta.versioncreated))
        assert item.wire.created == created
        assert item.title == " ".join(str(theirs.contentmeta.headline[0]).split())
        assert str(item.wire.urgency) == str(theirs.contentmeta.urgency)
