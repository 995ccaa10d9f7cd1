"""Take what stands in front of the dateline: a headline, a byline, notes in brackets."""

import re
from dataclasses import dataclass

from pipeline.feed.datelines import opens_certainly
from pipeline.feed.signatures import is_byline

_BLANK = re.compile(r"\n[ \t]*\n\s*")
_PARAGRAPHS = 4
_HEAD = 2000
_LONGEST = 160
_WORDS = 24
_NOTE = re.compile(r"\([^()]{3,300}\)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stood in front of the dateline, and the text from there.

    Attributes:
        text: opens with the dateline.
        title: the headline.
        byline: `Von Petra Muster, dpa` and the like.
        notes: what was in brackets, such as `(Berichtigung: Schreibweise)`.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    notes: tuple[str, ...] = ()


def take_head(text: str) -> Head:
    """Take a headline off, if a paragraph behind it opens with a certain dateline.

    Without such a dateline nothing tells a headline from a short first paragraph.
    """
    if opens_certainly(text):
        return Head(text)
    start, parts = 0, []
    for _ in range(_PARAGRAPHS):
        blank = _BLANK.search(text, start, start + _HEAD)
        if blank is None:
            break
        parts.append(text[start : blank.start()].strip())
        start = blank.end()
        if opens_certainly(text[start:]):
            return _head(parts, text[start:]) or Head(text)
    return Head(text)


def _head(parts: list[str], text: str) -> Head | None:
    """Tell the parts apart; `None` if one is none of the three."""
    title = byline = None
    notes = []
    for part in parts:
        if _NOTE.fullmatch(part):
            notes.append(" ".join(part.split()))
        elif byline is None and is_byline(part):
            byline = part.strip("-–— ")
        elif title is None and _is_headline(part):
            title = part
        else:
            return None
    return Head(text, title, byline, tuple(notes))


def _is_headline(part: str) -> bool:
    return (
        "\n" not in part
        and len(part) <= _LONGEST
        and len(part.split()) <= _WORDS
        and not part.rstrip("\"“”»«'’)").endswith((".", ":", ";", ",", "…"))
    )
