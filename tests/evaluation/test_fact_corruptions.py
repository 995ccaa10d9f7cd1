"""The fact guard on the sample feed: silent on human translations, loud on seeded errors."""

import json
import re
from pathlib import Path

import pytest

from evaluation.fact_words import MONTHS, WEEKDAYS
from evaluation.facts import check_summary, compare_translation
from pipeline.sentences.english import EnglishSplitter
from pipeline.sentences.german import GermanSplitter

SAMPLE = Path(__file__).parents[2] / "data" / "wire-sample.jsonl"
STORIES = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]


def sentence_pairs():
    german, english = GermanSplitter(()), EnglishSplitter()
    found = []
    for story in STORIES:
        source, target = (
            story["text"].split("\n\n"),
            story["references"]["translation"].split("\n\n"),
        )
        source[0] = source[0].partition(") - ")[2] or source[0]
        for left, right in zip(source, target, strict=False):
            ours, theirs = german.split(left), english.split(right)
            if len(ours) == len(theirs):
                found += zip(ours, theirs, strict=True)
    return found


PAIRS = sentence_pairs()


def swap_digits(text):
    """Exchange two neighbouring digits that differ."""
    for match in re.finditer(r"(?<![\w.,])\d[\d.,]*\d(?!\d)", text):
        number = match.group()
        for place in range(len(number) - 1):
            left, right = number[place], number[place + 1]
            if left.isdigit() and right.isdigit() and right not in {left, "0"}:
                swapped = number[:place] + right + left + number[place + 2 :]
                return text[: match.start()] + swapped + text[match.end() :]
    return None


def replaced(pattern, by):
    def corrupt(text):
        match = re.search(pattern, text)
        return match and text[: match.start()] + by(match) + text[match.end() :]

    return corrupt


def next_of(names):
    return lambda match: names[(names.index(match.group()) + 1) % len(names)]


DAYS = [name.capitalize() for name in WEEKDAYS["en"]]
MONTH_NAMES = [name.capitalize() for name in MONTHS["en"]]
CERTAIN_MONTHS = "|".join(rf"\b{name}\b" for name in MONTH_NAMES if name not in {"May", "March"})
CORRUPTIONS = {
    "digits swapped": (swap_digits, 0.97),
    "million to billion": (replaced(r"\bmillion\b", lambda _: "billion"), 0.97),
    "billion to million": (replaced(r"\bbillion\b", lambda _: "million"), 0.97),
    "number dropped": (replaced(r"(?<![\w.,-])\d[\d.,]*\d (?=\w)", lambda _: ""), 0.95),
    "another weekday": (replaced("|".join(DAYS), next_of(DAYS)), 0.97),
    "another month": (replaced(CERTAIN_MONTHS, next_of(MONTH_NAMES)), 0.97),
    "euros to dollars": (replaced(r"(?<=\d )euros\b|(?<=lion )euros\b", lambda _: "dollars"), 0.97),
    "percent to points": (replaced(r"(?<=\d )percent\b", lambda _: "percentage points"), 0.95),
    "not dropped": (replaced(r" not\b|n['’]t\b", lambda _: ""), 0.75),
    "not added": (
        replaced(r"(?<= )(will|is|was|has|had|are|were) (?!not)", lambda m: f"{m[1]} not "),
        0.6,
    ),
}
"""What is done to a human translation, and the share of it that must be found."""


def test_human_translations_raise_few_alarms():
    assert len(PAIRS) > 350
    alarms = [pair for pair in PAIRS if compare_translation(*pair).mismatches]
    assert len(alarms) <= 0.01 * len(PAIRS), alarms


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_seeded_errors_are_found(name):
    corrupt, least = CORRUPTIONS[name]
    seeded = [
        (source, corrupted)
        for source, target in PAIRS
        if not compare_translation(source, target).mismatches and (corrupted := corrupt(target))
    ]
    assert len(seeded) >= 10
    found = sum(bool(compare_translation(*pair).mismatches) for pair in seeded)
    assert found >= least * len(seeded), f"{found} of {len(seeded)}"


def test_human_summaries_are_founded_in_the_german_source():
    checked = flagged = 0
    for story in STORIES:
        source = [(f"{story['title']}. {story['text']}", "de")]
        for summary in story["references"]["summaries"]:
            report = check_summary(summary, source, story["references"]["translation"])
            checked += report.checked
            flagged += len(report.mismatches)
    assert checked > 400
    assert flagged <= 0.01 * checked
