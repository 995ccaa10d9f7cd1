"""Feeds of many articles, some of them poisoned in every way that a delivery can be.

Each repeats the sample with other ids and other digits, the same in a story and its references, so
that no memo knows it, unless texts are to repeat themselves.
"""

import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parent.parent / "data" / "wire-sample.jsonl"
DIGITS = "123456789"
FIRST = "dpa-AFX"
"""Provider of the sample's first story: a version of it must come from there."""
FORMS = ("jsonl", "folder", "zip")

Story = dict[str, Any]
Spoil = Callable[[Story, bytes], bytes]


def changed(**keys: Any) -> Spoil:
    """Return what gives a story other values."""
    return lambda story, _: encoded({**story, **keys})


def nested(depth: int) -> list[Any]:
    """Return a list in a list in a list."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def encoded(story: Story) -> bytes:
    """Return a story as a line of the feed."""
    return json.dumps(story, ensure_ascii=False).encode()


POISONS: dict[str, tuple[str, Spoil]] = {
    "cut JSON": ("unreadable_record", lambda _, line: line[: len(line) // 2]),
    "invalid UTF-8": ("unreadable_record", lambda _, line: line.replace(b'", "', b'\xff\xe4", "')),
    "no object": ("unreadable_record", lambda story, _: json.dumps([story["id"]]).encode()),
    "NaN": ("unreadable_record", changed(weight=float("nan"))),
    "null id": ("missing_field", changed(id=None)),
    "missing text": (
        "missing_field",
        lambda story, _: encoded({key: story[key] for key in story if key != "text"}),
    ),
    "text that is a list": ("missing_field", changed(text=["Absatz eins.", "Absatz zwei."])),
    "version in words": ("wrong_type", changed(version="drei")),
    "value too deep": ("wrong_type", changed(extra=nested(60))),
    "empty text": ("empty_text", changed(text=" \n\n ")),
    "declared French": ("other_language", changed(language="fr")),
    "English text": (
        "other_language",
        lambda story, _: encoded({**story, "text": story["references"]["translation"]}),
    ),
    "under embargo": ("embargoed", changed(embargo="2999-01-01T00:00:00+01:00")),
    "killed": ("killed", changed(status="canceled")),
    "overtaken": ("superseded", changed(id="many-0", version=0, provider=FIRST)),
}


@dataclass(frozen=True, slots=True)
class Feed:
    """What is written.

    Attributes:
        size: articles.
        form: one of FORMS: one file, a folder with a file for each article, or that folder in a
            zip file.
        short: first paragraphs only, of two or three sentences.
        share: how many of the articles are poisoned.
        distinct: after so many articles texts repeat.
    """

    size: int
    form: str = "jsonl"
    short: bool = True
    share: float = 0.01
    distinct: int = 1 << 40


def write_feed(feed: Feed, folder: Path) -> tuple[Path, list[str | None]]:
    """Write a feed into a folder; return where, and for each article the reason of its fault."""
    path = folder / {"jsonl": "feed.jsonl", "folder": "feed", "zip": "feed.zip"}[feed.form]
    expected = []
    if feed.form == "jsonl":
        with path.open("wb") as lines:
            for line, reason in articles(feed):
                lines.write(line + b"\n")
                expected.append(reason)
    elif feed.form == "folder":
        path.mkdir()
        for number, (line, reason) in enumerate(articles(feed)):
            (path / f"{number:08}.jsonl").write_bytes(line + b"\n")
            expected.append(reason)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for number, (line, reason) in enumerate(articles(feed)):
                archive.writestr(f"{number:08}.jsonl", line + b"\n")
                expected.append(reason)
    return path, expected


def articles(feed: Feed) -> Iterator[tuple[bytes, str | None]]:
    """Yield each article as a line, and the reason of its fault: `None` for a good one."""
    stories = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    draw = random.Random(feed.size)
    poisoned = sorted(draw.sample(range(1, feed.size), round(feed.share * feed.size)))
    kinds = dict(zip(poisoned, cycle(list(POISONS.values())), strict=False))
    for number in range(feed.size):
        story = retold(stories[number % len(stories)], number, feed)
        reason, spoil = kinds.get(number, (None, lambda _, line: line))
        yield spoil(story, encoded(story)), reason


def cycle(poisons: list[tuple[str, Spoil]]) -> Iterator[tuple[str, Spoil]]:
    """Yield all poisons, over and over."""
    while True:
        yield from poisons


def retold(story: Story, number: int, feed: Feed) -> Story:
    """Return a story with another id and other digits; zeros stay, so dates keep their length."""
    key = number % feed.distinct
    digits = list(DIGITS)
    random.Random(key).shuffle(digits)
    table = str.maketrans(DIGITS, "".join(digits))
    text, references = story["text"], story["references"]
    translation = references["translation"]
    if feed.short:
        text, translation = text.split("\n\n")[0], translation.split("\n\n")[0]
    return {
        **story,
        "id": f"many-{number}",
        "title": story["title"].translate(table),
        "text": text.translate(table),
        "references": {
            "translation": translation.translate(table),
            "summaries": [summary.translate(table) for summary in references["summaries"]],
        },
    }
