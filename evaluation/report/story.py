"""An article as the page shows it: a brief with its anchor and what the filters need."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote

from evaluation.page.legible import legible
from evaluation.report.model import Brief, Pair

SECTIONS = (
    "section-scores",
    "section-distribution",
    "section-run",
    "section-warnings",
    "section-faults",
    "section-set-aside",
    "section-articles",
    "section-configuration",
    "controls",
    "search",
    "show",
    "sort",
    "shown",
    "toggle",
    "theme",
)
"""Element ids of the page itself, which no article may take."""


@dataclass(frozen=True, slots=True)
class Story:
    """A brief on the page.

    Attributes:
        anchor: element id; `fragment` is the same, quoted for a link.
        paragraphs: the sentence pairs, paragraph by paragraph.
        scores_json: the article's scores for sorting.
    """

    position: int
    brief: Brief
    anchor: str
    fragment: str
    paragraphs: tuple[tuple[Pair, ...], ...]
    scores_json: str


def tell(briefs: Iterable[tuple[int, Brief]]) -> Iterator[Story]:
    """Give each brief an anchor of its own: its id, with the version where two share an id.

    Args:
        briefs: each with its position in the run.
    """
    taken = set(SECTIONS)
    for position, brief in briefs:
        base = "-".join(legible(brief.id).split()) or "article"
        versioned = f"{base}-v{brief.version}"
        anchor = next(name for name in _names(base, versioned) if name not in taken)
        taken.add(anchor)
        yield Story(
            position=position,
            brief=brief,
            anchor=anchor,
            fragment=quote(anchor),
            paragraphs=_paragraphs(brief.pairs),
            scores_json=json.dumps(dict(brief.scores), allow_nan=False, ensure_ascii=False),
        )


def _names(base: str, versioned: str) -> Iterator[str]:
    yield base
    yield versioned
    for number in count(2):
        yield f"{versioned}-{number}"


def _paragraphs(pairs: tuple[Pair, ...]) -> tuple[tuple[Pair, ...], ...]:
    paragraphs: dict[int, list[Pair]] = {}
    for pair in pairs:
        paragraphs.setdefault(pair.paragraph, []).append(pair)
    return tuple(tuple(paragraph) for paragraph in paragraphs.values())
