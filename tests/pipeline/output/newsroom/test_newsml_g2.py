"""A brief as NewsML-G2 says what the brief says, in the terms of the standard."""

from dataclasses import replace

from lxml import etree

from pipeline.output.newsroom.newsml_g2 import NewsmlG2Briefs
from pipeline.records import Draft
from pipeline.wire import Wire

NAMES = {"n": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LABEL = (
    "Machine-made, not reviewed by a human: translated by starter, extracted by lexrank, "
    "summarized by starter."
)
ORDER = {
    "itemMeta": "itemClass provider versionCreated firstCreated embargoed pubStatus generator "
    "edNote signal link",
    "contentMeta": "urgency digitalSourceType located infoSource creator contributor altId "
    "language genre keyword subject slugline headline dateline by creditline description",
}


def written(draft):
    return etree.fromstring(NewsmlG2Briefs().render(draft))


def find(item, path):
    return item.xpath(path, namespaces=NAMES)


def spoken(item, path):
    return [(element.get(XML_LANG), element.text) for element in find(item, path)]


def test_identity_and_times(draft):
    item = written(draft)
    assert item.get("guid") == (
        "urn:wirebrief:en:dpa-afx:urn:newsml:example.com:20251014:brehmer-7"
    )
    assert (item.get("version"), item.get("standardversion")) == ("12", "2.34")
    assert find(item, "string(.//n:versionCreated)") == "2025-10-14T09:20:00+02:00"
    assert find(item, "string(.//n:firstCreated)") == "2025-10-14T09:17:00+02:00"
    assert find(item, "string(.//n:embargoed)") == "2025-10-14T07:00:00+00:00"
    assert find(item, "string(.//n:pubStatus/@qcode)") == "stat:usable"
    assert find(item, ".//n:signal/@*") == ["sig:correction", "repeat"]


def test_elements_stand_in_the_order_of_the_standard(draft):
    item = written(draft)
    for meta, order in ORDER.items():
        found = [etree.QName(child).localname for child in find(item, f"n:{meta}/*")]
        assert " ".join(dict.fromkeys(found)) == order


def test_the_original_is_linked_by_id_and_version(draft):
    (link,) = find(written(draft), ".//n:link")
    assert link.get("rel") == "irel:translatedFrom"
    assert link.get("residref") == "urn:newsml:example.com:20251014:brehmer-7"
    assert link.get("version") == "12"
    assert find(written(draft), "string(.//n:altId)") == draft.article.id


def test_each_text_says_its_language(draft):
    item = written(draft)
    assert item.get(XML_LANG) == "en"
    assert spoken(item, ".//n:headline") == [
        ("en", "Brehmer cuts 800 jobs"),
        ("de", "Brehmer streicht 800 Stellen"),
    ]
    assert spoken(item, ".//n:subject/n:name") == [
        ("en", "economy, business and finance"),
        ("de", "Wirtschaft"),
        ("de", "Baden-Württemberg"),
        ("en", "stock exchange"),
        ("de", "Börse"),
    ]
    assert spoken(item, ".//n:genre/n:name") == [("en", "Summary"), ("de", "Zusammenfassung")]
    assert spoken(item, ".//n:keyword") == [("de", "Stellenabbau")]
    assert spoken(item, ".//n:by") == [("de", "Von Petra Muster, dpa-AFX"), ("en", LABEL)]
    assert spoken(item, ".//n:dateline") == [("de", "STUTTGART (dpa-AFX)")]
    summary = "Brehmer will cut jobs. The union protests."
    assert spoken(item, ".//n:description") == [("en", summary)]
    assert spoken(item, ".//n:copyrightNotice") == [("de", draft.article.wire.copyright)]
    assert spoken(item, ".//n:usageTerms") == [("de", draft.article.wire.usage_terms)]


def test_codes(draft):
    item = written(draft)
    assert find(item, ".//n:subject/@qcode") == ["medtop:04000000", "isin:DE000BRH7014"]
    assert find(item, ".//n:subject/@literal") == ["dpaarea:1", "WKN BRH701"]


def test_the_text_keeps_its_blocks(draft):
    (body,) = find(written(draft), ".//h:body")
    assert [etree.QName(block).localname for block in body] == [
        *("p", "p", "h2", "ul", "blockquote", "table"),
    ]
    assert "".join(body[0].itertext()) == "Brehmer cuts jobs. Homburg is affected."
    assert ["".join(item.itertext()) for item in body[3]] == ["More pay", "More time"]
    assert find(body, "string(.//h:tr[2]/h:td[1])") == "Homburg"


def test_machines_and_editors_see_that_a_machine_made_it(draft):
    item = written(draft)
    assert find(item, "string(.//n:digitalSourceType/@qcode)") == (
        "digsrctype:trainedAlgorithmicMedia"
    )
    assert find(item, ".//n:contributor/@literal") == [
        "starter@4c1f9a",
        "lexrank",
        "starter@4c1f9a",
    ]
    notes = spoken(item, ".//n:edNote")
    assert notes[0] == ("en", LABEL)
    assert ("en", "Check (score): number mismatch: 800 is not in the summary") in notes
    assert ("de", "Zahl im 1. Absatz korrigiert") in notes
    assert "800 is not" not in find(item, "string(.//h:html)")


def test_no_time_is_invented_without_saying_so(article):
    bare = Draft(replace(article, published=None, wire=Wire()), 0)
    item = written(bare)
    assert find(item, "string(.//n:versionCreated)") == "1970-01-01T00:00:00+00:00"
    assert "no time" in find(item, "string(.//n:edNote[last()])")


def test_a_retraction_holds_nothing_of_the_story(article):
    content = NewsmlG2Briefs().retract(replace(article, status="canceled", version=13))
    item = etree.fromstring(content)
    assert find(item, "string(.//n:pubStatus/@qcode)") == "stat:canceled"
    assert (item.get("version"), item.get("guid")[-9:]) == ("13", "brehmer-7")
    assert find(item, ".//n:contentSet") == []
    for told in ("Stellen", "Petra Muster", "Autos/Brehmer", "Wirtschaft"):
        assert told not in content.decode()


def test_the_reader_of_the_iptc_reads_it(draft):
    from NewsMLG2 import NewsMLG2Document, qcode_to_uri

    item = NewsMLG2Document(NewsmlG2Briefs().render(draft)).get_item()
    assert (item.guid, item.version) == (
        "urn:wirebrief:en:dpa-afx:urn:newsml:example.com:20251014:brehmer-7",
        "12",
    )
    meta, content = item.itemmeta, item.contentmeta
    assert meta.itemclass.qcode == "ninat:text"
    assert str(meta.versioncreated) == "2025-10-14T09:20:00+02:00"
    assert meta.link.residref == "urn:newsml:example.com:20251014:brehmer-7"
    uri = qcode_to_uri(content.digitalsourcetype.qcode)
    assert uri == "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert str(content.headline[0]) == "Brehmer cuts 800 jobs"
    assert str(content.urgency) == "3"
    assert str(item.rightsinfo.usageterms) == "Nutzung nur nach Vereinbarung"
