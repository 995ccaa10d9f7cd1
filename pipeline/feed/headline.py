"""Take what stands in front of the dateline: a headline, a byline, notes in brackets, a teaser."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.feed.datelines import opens_certainly
from pipeline.feed.markers import has_label, is_note
from pipeline.feed.signatures import is_byline

_BLANK = re.compile(r"\n[ \t]*\n\s*")
_PARAGRAPHS = 4
_HEAD = 2000
_LONGEST = 160
_WORDS = 24
_TEASER = 600
_BLOCK = 800
_NOTE = re.compile(r"\([^()]{3,300}\)")
_SENTENCE_END = re.compile(r"[.!?][\"“”»«'’)]*\Z")
_NOTE_ABOVE = re.compile(r"(\([^()]{2,300}\))[ \t]*\n")
_NOTE_BELOW = re.compile(r"\n(\([^()]{2,300}\))\Z")
_ISSUER = re.compile(r"((?:EQS|DGAP)-[\w-]+): [^\n]+ / Schlagw[^\n]*\n(.+)", re.DOTALL)
_HEADLINE_END = re.compile(r"\s=\Z")


@dataclass(frozen=True, slots=True)
class Head:
    """What stood in front of the text.

    Attributes:
        text: the rest; opens with the dateline if it has one.
        title: the headline.
        byline: `Von Petra Muster, dpa` and the like.
        notes: what was in brackets, such as `(Berichtigung: Schreibweise)`, and on embargoes.
        teaser: a sentence or two above the dateline.
    """

    text: str = ""
    title: str | None = None
    byline: str | None = None
    notes: tuple[str, ...] = ()
    teaser: str | None = None


def take_head(text: str) -> Head:
    """Take the head off a running text."""
    starts, paragraphs, start = [0], list[str](), 0
    while len(paragraphs) <= _PARAGRAPHS:
        blank = _BLANK.search(text, start, start + _HEAD)
        end = blank.start() if blank else len(text)
        paragraphs.append(text[start : min(end, start + _HEAD)].strip())
        start = blank.end() if blank else len(text)
        starts.append(start)
        if blank is None:
            break
    count, head = read_head(paragraphs)
    rest = text[starts[count] :]
    if head.teaser is not None and _is_digest(_BLANK.split(rest)[1:]):
        return Head(text)
    return replace(head, text=rest)


def take_head_blocks(texts: Sequence[str]) -> tuple[int, Head]:
    """Return how many of the first blocks are no text, and what they say; `""` is no prose."""
    count, head = read_head(texts[: _PARAGRAPHS + 1])
    if head.teaser is not None and _is_digest(texts[count + 1 :]):
        return 0, Head()
    return count, head


def read_head(paragraphs: Sequence[str]) -> tuple[int, Head]:
    """Return how many of the first paragraphs are no text, and what they say.

    A headline is taken off if a certain dateline follows, or if it has a label that only headlines
    have, or ends in ` =`. Without those nothing tells it from a short first paragraph.
    """
    if not paragraphs:
        return 0, Head()
    for number in range(min(len(paragraphs), _PARAGRAPHS + 1)):
        if opens_certainly("\n\n".join(paragraphs[number : number + 2])):
            head = _head(list(_unfolded(paragraphs[:number])))
            if head is None or (head.teaser and paragraphs[number].startswith("(")):
                return 0, Head()
            return number, head
    if len(paragraphs[0]) <= _BLOCK and _HEADLINE_END.search(paragraphs[0]):
        head = _head(list(_unfolded(paragraphs[:1])))
        return (1, head) if head else (0, Head())
    return _labelled(paragraphs)


def _labelled(paragraphs: Sequence[str]) -> tuple[int, Head]:
    """Read a head by what it says of itself, without a dateline behind it."""
    count = 0
    title, notes = None, []
    for paragraph in paragraphs[:_PARAGRAPHS]:
        if is_note(paragraph):
            notes.append(" ".join(paragraph.split()))
        elif title is None and (found := _labelled_title(paragraph)):
            title = found
        else:
            break
        count += 1
    if count == len(paragraphs) and title is None:
        return 0, Head()
    return count, Head(title=title, notes=tuple(notes))


def _labelled_title(paragraph: str) -> str | None:
    if issuer := _ISSUER.fullmatch(paragraph):
        return f"{issuer.group(1)}: {' '.join(issuer.group(2).split())}"
    return paragraph if is_headline(paragraph) and has_label(paragraph) else None


def _is_digest(paragraphs: Sequence[str]) -> bool:
    """Tell whether more stories follow, so that what stands above the first is no teaser."""
    return any(opens_certainly(paragraph) for paragraph in paragraphs)


def is_headline(part: str) -> bool:
    """Tell whether a paragraph may be a headline by its form."""
    return (
        any(char.isalnum() for char in part)
        and "\n" not in part
        and len(part) <= _LONGEST
        and len(part.split()) <= _WORDS
        and not part.rstrip("\"“”»«'’)").endswith((".", ":", ";", ",", "…"))
    )


def _head(parts: list[str]) -> Head | None:
    """Tell the parts in front of a dateline apart; `None` if one is none of them."""
    title = byline = teaser = None
    notes = []
    for number, part in enumerate(parts, start=1):
        if _NOTE.fullmatch(part) or is_note(part):
            notes.append(" ".join(part.split()))
        elif byline is None and is_byline(part):
            byline = part.strip("-–— ")
        elif title is None and is_headline(part):
            title = part
        elif number == len(parts) and len(part) <= _TEASER and _SENTENCE_END.search(part):
            teaser = " ".join(part.split())
        else:
            return None
    return Head(title=title, byline=byline, notes=tuple(notes), teaser=teaser)


def _unfolded(paragraphs: Sequence[str]) -> Iterator[str]:
    """Yield the parts of headline blocks: notes in brackets above and below, a byline, ` =`."""
    for paragraph in paragraphs:
        text = _HEADLINE_END.sub("", paragraph)
        is_ended = text != paragraph
        below = []
        while found := _NOTE_ABOVE.match(text):
            yield found.group(1)
            text = text[found.end() :]
        while found := _NOTE_BELOW.search(text):
            below.append(found.group(1))
            text = text[: found.start()]
        above, _, last = text.rpartition("\n")
        if above and is_byline(last):
            below.append(last)
            text = above
        yield " ".join(text.split()) if is_ended else text
        yield from below
