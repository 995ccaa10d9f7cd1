"""The feed of the survival runs: first paragraphs of the sample's stories, some of them spoiled."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "data" / "wire-sample.jsonl"
EVERY = 5
"""One line in so many is spoiled."""

Story = dict[str, Any]


def _text(story: Story, **keys: Any) -> bytes:
    return json.dumps({**story, **keys}, ensure_ascii=False).encode()


SPOILS = {
    "unreadable_record": lambda story: _text(story)[:200],
    "missing_field": lambda story: _text(story, id=None),
    "wrong_type": lambda story: _text(story, version="drei"),
    "empty_text": lambda story: _text(story, text=" \n\n "),
    "other_language": lambda story: _text(story, language="fr"),
    "killed": lambda story: _text(story, status="canceled"),
}


def write_feed(path: Path, count: int) -> tuple[str, ...]:
    """Write first paragraphs of so many stories; return the ids that are to become briefs."""
    stories = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    spoils = list(SPOILS.values())
    good = []
    with path.open("wb") as feed:
        for number in range(count):
            story = _retold(stories[number % len(stories)], number, number // len(stories))
            spoiled = number % EVERY == EVERY - 1
            line = spoils[number // EVERY % len(spoils)](story) if spoiled else _text(story)
            feed.write(line + b"\n")
            if not spoiled:
                good.append(story["id"])
    return tuple(good)


def _retold(story: Story, number: int, turn: int) -> Story:
    """Return a story's start under an id of its own; each turn has other paragraphs."""
    references, kept = story["references"], slice(turn, turn + 1)

    def cut(text: str) -> str:
        return "\n\n".join(text.split("\n\n")[kept])

    translation = cut(references["translation"])
    told = {"translation": translation, "summaries": references["summaries"]}
    return {**story, "id": f"{number}", "text": cut(story["text"]), "references": told}
