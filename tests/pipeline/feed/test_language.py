"""German is told from English on every sample story, and doubt is no fault."""

from pathlib import Path

import pytest

from pipeline.feed.language import LanguageCheck, detect_language
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed
from pipeline.records import Article, Block, Place

DATA = Path(__file__).parents[3] / "data"
STORIES = list(open_feed(JsonlFeed(path=str(DATA / "wire-sample.jsonl")), "de").read())


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_the_sample_is_german_and_its_references_are_english(story):
    assert detect_language(" ".join(block.text for block in story.blocks)) == "de"
    assert detect_language(story.references.translation) == "en"


@pytest.mark.parametrize("text", ["", "Ja.", "Dax", "3,5 % / 17", "New York Times"])
def test_short_text_is_not_judged(text):
    assert detect_language(text) is None


def article(text, language=None):
    return Article(id="a", blocks=(Block(text),), place=Place("feed", 1), language=language)


ENGLISH = "The company said on Tuesday that its sales had risen by three percent this year."
GERMAN = "Apple-Chef Tim Cook sprach mit Elon Musk über das Wall Street Journal und SpaceX."


@pytest.mark.parametrize(
    ("item", "expected", "is_fault"),
    [
        (article(ENGLISH), "de", True),
        (article(ENGLISH, "de"), "de", True),
        (article(ENGLISH, "en"), "de", True),
        (article(ENGLISH, "en"), "en", False),
        (article(GERMAN), "de", False),
        (article(GERMAN, "de-DE"), "de", False),
        (article(GERMAN, "fr"), "de", True),
        (article("Ja.", "de"), "de", False),
    ],
)
def test_check(item, expected, is_fault):
    fault = LanguageCheck().check(item, expected)
    assert (fault is not None) == is_fault
    if fault:
        assert fault.reason == "other_language"
        assert "translation=none" in fault.remedy or "languages.source=" in fault.remedy
