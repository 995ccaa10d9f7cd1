"""Items of dpa digitalwires as tests change them, and what is read from them."""

import json
from pathlib import Path

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.formats.digitalwires import DigitalwiresFormat
from pipeline.records import Article, Place
from tests.pipeline.feed.formats.told import blocks_of, read

FORMAT = DigitalwiresFormat()
STORY = json.loads((Path(__file__).parent / "digitalwires" / "story.json").read_text("utf-8"))


def one(**changes):
    (outcome,) = read(FORMAT, json.dumps(STORY | changes))
    return outcome


def article(**changes):
    made = ArticleMaker("de").make(one(**changes), Place("feed"))
    assert isinstance(made, Article)
    return made


def html(body, **changes):
    return blocks_of(one(article_html=body, **changes))
