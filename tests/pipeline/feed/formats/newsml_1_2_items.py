"""NewsML 1.2 as tests write it, and what is read from it."""

from pipeline.feed.formats.newsml_1_2 import NewsMl12Format
from pipeline.feed.item import Item
from tests.pipeline.feed.formats import told

FORMAT = NewsMl12Format()
IDENTITY = (
    "<ProviderId>afp.com</ProviderId><DateId>20240910</DateId><NewsItemId>x1</NewsItemId>"
    "<RevisionId PreviousRevision='0' Update='N'>1</RevisionId>"
)


def items(content):
    return told.read(FORMAT, content)


def content_item(data="<p>Text.</p>", medium="Text"):
    return (
        f"<ContentItem><MediaType FormalName='{medium}'/><DataContent>{data}</DataContent>"
        "</ContentItem>"
    )


def component(inside, role=None, *, language=None, head=""):
    named = f"<Role FormalName='{role}'/>" if role else ""
    tag = f" xml:lang='{language}'" if language else ""
    return f"<NewsComponent{tag}>{named}{head}{inside}</NewsComponent>"


def document(components=None, *, identity=IDENTITY, management="", envelope=""):
    components = component(content_item()) if components is None else components
    return (
        f"<NewsML><NewsEnvelope>{envelope}</NewsEnvelope><NewsItem xml:lang='de'><Identification>"
        f"<NewsIdentifier>{identity}</NewsIdentifier></Identification>"
        f"<NewsManagement>{management}</NewsManagement>{components}</NewsItem></NewsML>"
    )


def read(*args, **kwargs):
    (item,) = items(document(*args, **kwargs))
    assert isinstance(item, Item)
    return item
