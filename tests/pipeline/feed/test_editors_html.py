"""What editors write without saying so is the same in JSON and in NewsML."""

from pipeline.feed.document import Document
from pipeline.feed.formats.newsml_g2 import NewsMlG2Format
from pipeline.feed.html_body import read_body
from pipeline.records import Block

HTML = (
    "<p>Eins <b>fett</b> hier.</p><p><b>Warum jetzt?</b></p><p>Zwei.</p>"
    "<p><strong>Ausblick</strong></p>"
    '<p>Drei.</p><div class="INFOBOX"><h2>Links</h2>'
    '<p><a href="https://a.example/x">Mehr</a></p></div>'
)
BLOCKS = (
    Block("Eins fett hier."),
    Block("Warum jetzt?"),
    Block("Zwei."),
    Block("Ausblick", "subhead"),
    Block("Drei."),
)


def test_bold_paragraphs_are_subheads_in_a_field():
    assert read_body(HTML).blocks == BLOCKS


def test_the_same_in_newsml_with_the_box_left_out_and_its_links_kept():
    text = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a" version="1"><contentSet>'
        f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{HTML}</body></html>'
        "</inlineXML></contentSet></newsItem>"
    )
    (item,) = NewsMlG2Format().read(Document("a", text.encode()))
    assert item.blocks == BLOCKS
    assert [(link.href, link.title) for link in item.wire.links] == [
        ("https://a.example/x", "Mehr")
    ]
    assert [caution.code for caution in item.cautions] == ["infobox_left_out"]
