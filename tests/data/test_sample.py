"""The sample feed is what its README says."""

import json
import re
from pathlib import Path

import pytest

from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed, PlaintextFeed
from pipeline.records import Article
from pipeline.sentences.german import GermanSplitter

DATA = Path(__file__).parents[2] / "data"
DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def read(name):
    return list(open_feed(JsonlFeed(path=str(DATA / name)), "de").read())


STORIES = read("wire-sample.jsonl")
TAKES = read("wire-takes.jsonl")


def test_counts_ids_and_versions():
    assert len(STORIES) == 40
    assert len({story.id for story in STORIES}) == 40
    assert {story.version for story in STORIES} == {1}
    assert len(TAKES) == 8
    assert {take.version for take in TAKES} == {2}
    assert {take.id for take in TAKES} <= {story.id for story in STORIES}


@pytest.mark.parametrize("story", [*STORIES, *TAKES], ids=lambda s: f"{s.id}-v{s.version}")
def test_a_story_is_dressed_and_undresses(story):
    assert isinstance(story, Article)
    assert story.dateline.isupper()
    assert story.signature
    assert story.warnings == ()
    text = "\n".join(block.text for block in story.blocks)
    assert "(dpa" not in text
    assert story.signature not in text
    assert "ISIN" not in text
    assert story.blocks[-1].text.endswith((".", "“"))
    assert story.published.tzinfo


@pytest.mark.parametrize("story", [*STORIES, *TAKES], ids=lambda s: f"{s.id}-v{s.version}")
def test_the_reference_has_the_same_blocks(story):
    reference = story.references.translation.split("\n\n")
    assert len(reference) == len(story.blocks)
    for block, english in zip(story.blocks, reference, strict=True):
        assert (block.kind == "subhead") == (not english.endswith((".", "”", "?")))
    assert len(story.references.summaries) == (2 if story.version == 1 else 1) or (
        len(story.references.summaries) == 2
    )


def test_most_stories_have_a_subhead():
    assert sum(any(b.kind == "subhead" for b in story.blocks) for story in STORIES) == 26


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.id)
def test_the_weekday_of_the_lead_is_that_of_publication(story):
    named = [day for day in DAYS if re.search(rf"\b[Aa]m {day}", story.blocks[0].text)]
    if not named:
        pytest.skip("the lead names no weekday")
    assert DAYS[story.published.weekday()] in named


def test_a_second_take_keeps_about_seventy_per_cent_of_its_sentences():
    split = GermanSplitter().split
    first = {story.id: story for story in STORIES}
    for take in TAKES:
        old = {text for block in first[take.id].blocks for text in split(block.text)}
        new = [text for block in take.blocks for text in split(block.text)]
        assert 0.55 <= sum(text in old for text in new) / len(new) <= 0.85
        assert take.published > first[take.id].published


def test_plain_text_files_are_the_same_stories():
    by_id = {story.id: story for story in STORIES}
    files = list(open_feed(PlaintextFeed(path=str(DATA / "plaintext")), "de").read())
    assert len(files) == 6
    for article in files:
        assert article.blocks == by_id[article.id].blocks
        assert article.signature == by_id[article.id].signature
    assert [article.prefix for article in files if article.prefix] == ["date 2025-10"]


def test_identifiers_are_kept_as_a_field():
    found = {
        story.id: story.extra["identifiers"] for story in STORIES if "identifiers" in story.extra
    }
    assert len(found) == 9
    assert found["co-002"] == ["ISIN DE000BRH7011", "WKN BRH701"]


def test_every_line_is_an_object_with_the_contract_s_keys():
    for line in (DATA / "wire-sample.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert {"id", "version", "language", "status", "published", "title", "text"} <= set(record)
