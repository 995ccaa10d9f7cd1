"""NITF as tests write it, and what is read from it."""

from pathlib import Path

from pipeline.feed.formats.nitf import NitfFormat
from tests.pipeline.feed.formats import told

FIXTURES = told.fixtures(Path(__file__).parent / "nitf", "xml")
FORMAT = NitfFormat()


def items(content):
    return told.read(FORMAT, content)


def read(content):
    (item,) = items(content)
    return item


def document(body="<p>Text.</p>", docdata="", head="", *, management="", attributes=""):
    return (
        f"<nitf{attributes}><head><docdata{management}><doc-id id-string='a-1'/>{docdata}</docdata>"
        f"</head><body><body.head><hedline><hl1>Titel</hl1></hedline>{head}</body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )
