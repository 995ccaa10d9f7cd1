"""The sample feed is what its README says."""

import json
import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed, PlaintextFeed
from pipeline.records import Article
from pipeline.sentences.german import GermanSplitter

BERLIN = ZoneInfo("Europe/Berlin")
DATA = Path(__file__).parents[2] / "data"
APART = {"po-010": 1, "so-007": -2, "wo-007": -1}
"""Days from publication to the day the lead names, where the story looks ahead or back."""
DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def read(name):
    return list(open_feed(JsonlFeed(path=str(DATA / name)), "de").read())


def text_of(story):
    return "\n".join(block.text for block in story.blocks)


def day_named(story):
    found = re.search(rf"\b(?:[Aa]m|zum) ({'|'.join(DAYS)})", story.blocks[0].text)
    return found and found.group(1)


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
    text = text_of(story)
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


@pytest.mark.parametrize("story", [*STORIES, *TAKES], ids=lambda s: f"{s.id}-v{s.version}")
def test_two_summaries_have_one_sentence_a_line(story):
    assert len(set(story.references.summaries)) == 2
    for summary in story.references.summaries:
        lines = summary.split("\n")
        assert 2 <= len(lines) <= 3
        for line in lines:
            assert re.fullmatch(r'["“$A-Z0-9].*[.!?]["”]?', line)
            assert not re.search(r'[a-z]{3}[.!?]["”]? ["“]?[A-Z]', line)


def test_most_stories_have_a_subhead():
    assert sum(any(b.kind == "subhead" for b in story.blocks) for story in STORIES) == 26


@pytest.mark.parametrize(
    "story",
    [story for story in [*STORIES, *TAKES] if day_named(story)],
    ids=lambda s: f"{s.id}-v{s.version}",
)
def test_the_weekday_of_the_lead_is_that_of_publication(story):
    told = story.published + timedelta(days=APART.get(story.id, 0))
    assert DAYS[told.weekday()] == day_named(story)


def test_nearly_every_lead_names_a_weekday():
    assert {story.id for story in STORIES if not day_named(story)} == {"po-007", "so-008"}


@pytest.mark.parametrize("story", [*STORIES, *TAKES], ids=lambda s: f"{s.id}-v{s.version}")
def test_times_have_the_offset_of_germany(story):
    assert story.published.utcoffset() == story.published.astimezone(BERLIN).utcoffset()
    if re.search(r"(heute|[Aa]m) Abend|Montagabend|aus dem Handel", text_of(story)):
        assert story.published.hour >= 18


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
    assert b"\r\n" in (DATA / "plaintext" / "po-003.txt").read_bytes()
    wrapped = (DATA / "plaintext" / "wo-009.txt").read_text(encoding="utf-8")
    assert max(map(len, wrapped.splitlines())) <= 72


def test_identifiers_are_kept_as_a_field():
    found = {story.id: story.wire.identifiers for story in STORIES if story.wire.identifiers}
    assert len(found) == 8
    assert found["co-002"] == ("ISIN DE000BRH7014", "WKN BRH701")
    codes = [code for listed in found.values() for code in listed if code.startswith("ISIN")]
    assert len(codes) == 10
    for code in codes:
        assert has_valid_check_digit(code.removeprefix("ISIN "))


def has_valid_check_digit(isin):
    digits = "".join(str(int(character, 36)) for character in isin)
    doubled = "".join(str(int(d) * (1 + n % 2)) for n, d in enumerate(reversed(digits)))
    return len(isin) == 12 and sum(map(int, doubled)) % 10 == 0


@pytest.mark.parametrize("name", ["wire-sample.jsonl", "wire-takes.jsonl"])
def test_every_line_is_an_object_with_the_contract_s_keys(name):
    keys = {
        "id", "version", "language", "status", "embargo", "published", "provider", "title",
        "dateline", "desk", "text", "references", "reference_title", "headline_en",
    }  # fmt: skip
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        corrected = {"correction_note_de"} if record["version"] == 2 else set()
        assert set(record) == keys | corrected
        assert (record["language"], record["status"], record["embargo"]) == ("de", "usable", None)
        assert record["text"].startswith(f"{record['dateline']} ({record['provider']}) ")
