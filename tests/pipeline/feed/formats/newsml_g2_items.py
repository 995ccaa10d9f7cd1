"""NewsML-G2 as tests write it, and what is read from it."""

from pipeline.feed.formats.newsml_g2 import NewsMlG2Format
from pipeline.feed.item import Item
from tests.pipeline.feed.formats import told

FORMAT = NewsMlG2Format()
XHTML = "<inlineXML contenttype='application/xhtml+xml'><html><body>{}</body></html></inlineXML>"
TEXT = XHTML.format("<p>Text.</p>")
NITF = "<inlineXML><nitf><body><body.content>{}</body.content></body></nitf></inlineXML>"
PRIVATE = "nicht zur Veröffentlichung bestimmt"


def items(content):
    return told.read(FORMAT, content)


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


def rendition(name, text, kind="text/plain"):
    return (
        f"<inlineData contenttype='{kind}' rendition='dpa7901rendition:{name}'>{text}</inlineData>"
    )
