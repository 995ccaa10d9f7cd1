"""NITF: real documents lose nothing and leak nothing."""

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.records import Place
from tests.pipeline.feed.formats.nitf_documents import FORMAT, read
from tests.pipeline.feed.formats.real_files import each_real_file


@pytest.mark.parametrize("path", each_real_file("nitf/dpa-de/*.xml"))
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
