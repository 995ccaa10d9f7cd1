"""Messages of serial wires: real ones lose nothing and leak nothing."""

import pytest

from pipeline.feed.document import Document
from tests.pipeline.feed.formats.iptc7901_messages import FORMAT, articles, only
from tests.pipeline.feed.formats.real_files import each_real_file


@pytest.mark.parametrize("path", each_real_file("iptc7901/dpa-de/*.iptc"))
def test_real_messages_lose_nothing_and_leak_nothing(path):
    content = path.read_bytes()
    assert FORMAT.recognises(Document(path.name, content))
    article = only(content)
    assert article.title
    assert article.provider == "dpa"
    text = content.decode().split("=", 1)[1].split("# Notizblock")[0]
    words = [word for word in text.replace("|", " ").split() if any(map(str.isalpha, word))]
    written = "".join("".join(block.text.split()) for block in article.blocks)
    written = "".join((article.wire.teaser or "").split()) + (article.dateline or "") + written
    lost = [word for word in words if word not in written and word.strip("()-") not in written]
    allowed = {"Ansprechpartner:", "Redaktion", "E-Mail:", "politik-deutschland@dpa.com", "Tel.:"}
    assert set(lost) <= allowed
    assert "@dpa.com" not in repr(article)


@pytest.mark.parametrize("path", each_real_file("synthetic-derived/*.iptc"))
def test_derived_messages(path):
    titles = {
        "Grünen-Spitze tritt nach Wahlniederlagen ab",
        "Baum auf Bahnstrecke bei Peine - Verspätungen",
    }
    assert {article.title for article in articles(path.read_bytes())} <= titles
