"""One story has one provider, whatever format it comes in."""

import json

import pytest

from pipeline.feed.authority import authority_of
from pipeline.feed.document import Document
from pipeline.feed.formats.registry import recognise

URN = "urn:newsml:europapress.example:20241025:1"
G2 = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{URN}" version="2">
<itemMeta><provider qcode="nprov:dpa"/><signal qcode="sig:update"/>
<signal qcode="apsig:newscontent"/>
</itemMeta><contentMeta><headline>Titel</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Eins.</p></body></html>
</inlineXML></contentSet></newsItem>"""
DIGITALWIRES = {
    "format": "digitalwires@0.9.1",
    "urn": URN,
    "version": 1,
    "headline": "Titel",
    "article_html": "<p>Eins.</p>",
    "categories": [
        {"type": "provider", "name": "dpa"},
        {"type": "signal", "qcode": "sig:update"},
        {"type": "signal", "qcode": "apsig:newscontent"},
    ],
}


@pytest.mark.parametrize(
    ("urn", "authority"),
    [
        ("urn:newsml:dpa.com:20090101:1", "dpa"),
        ("URN:NEWSML:AFP.com:1", "afp"),
        ("tag:reuters.com,2016:newsml_1", None),
        (None, None),
    ],
)
def test_the_authority_of_an_address(urn, authority):
    assert authority_of(urn) == authority


def test_two_formats_name_one_provider_and_the_same_signals():
    contents = [G2.encode(), json.dumps(DIGITALWIRES).encode()]
    documents = [Document("a", content) for content in contents]
    items = [item for found in documents for item in recognise(found).read(found)]
    assert [item.provider for item in items] == ["europapress"] * 2
    assert [item.wire.signals for item in items] == [("update", "apsig:newscontent")] * 2
