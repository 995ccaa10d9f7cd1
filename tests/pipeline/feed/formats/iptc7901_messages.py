"""Messages of serial wires as tests write them, and the articles made of them."""

from pathlib import Path

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.formats.iptc7901 import Iptc7901Format
from pipeline.feed.item import Item
from pipeline.records import Article, Place
from tests.pipeline.feed.formats.told import fixtures, read

FOLDER = Path(__file__).parent / "iptc7901"
FIXTURES = fixtures(FOLDER, "iptc")
FORMAT = Iptc7901Format()


def items(content):
    return read(FORMAT, content)


def articles(content):
    maker = ArticleMaker("de")
    made = [maker.make(item, Place("feed")) for item in items(content) if isinstance(item, Item)]
    assert all(isinstance(article, Article) for article in made)
    return made


def only(content):
    (article,) = articles(content)
    return article


def message(head="", text="", *, header="bdt0042 4 pl 110  dpa 0815", trailer="251037 Sep 24"):
    return (
        f"\x01{header}\n\nPartei/Bund/\n\x02{head} =\n\n{text}\n\n\x03{trailer}\n\x7f\n\x7f\x04\n"
    )
