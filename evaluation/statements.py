"""What a summary states and its article denies, or the other way round."""

import re
from collections.abc import Iterator
from typing import Literal

from evaluation.negation import NEGATIONS, negations

Side = Literal["missing", "added"]
_CLAUSE = re.compile(r"[^.!?;,\n]+(?:[.,](?=\d)[^.!?;,\n]+)*")
_JOINT = re.compile(r" (?:but|although|while|because|whereas|and) ")
_WORD = re.compile(r"[^\W_]{4,}")
_COMMON = frozenset(
    _WORD.findall(
        "will with have been were that this they their there from said also which would could "
        "about after more than only into over when what does"
    )
)
_LIKE = 0.75
_HALF = 0.5
_LEAST = 3


def denied(summary: str, article: str) -> Iterator[tuple[Side, int, int]]:
    """Yield clauses of a summary of which only one side is negated, with their offsets.

    A clause is held against the one of the article that it is most like, if they are alike:
    `missing` is a negation that the summary has lost, `added` one that it brings.
    """
    theirs = [(article[start:end], words) for start, end, words in _clauses(article) if words]
    for start, end, words in _clauses(summary):
        alike = [(_likeness(words, other), text) for text, other in theirs if words & other]
        best = max((share for share, _ in alike), default=0.0)
        if best < _LIKE:
            continue
        likely = [text for share, text in alike if share == best]
        mine = summary[start:end]
        if not NEGATIONS["en"].search(mine):
            if all(negations(text, "en") for text in likely):
                yield "missing", start, end
        elif (own := negations(mine, "en")) and not any(map(NEGATIONS["en"].search, likely)):
            yield "added", start + own[0][0], start + own[0][1]


def _likeness(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return the share of the words of either side that the other one has, too."""
    shared = len(ours & theirs)
    mine, other = shared / len(ours), shared / len(theirs)
    if len(theirs) >= _LEAST and mine >= _HALF:
        return max(mine, other)
    return mine if len(ours) >= _LEAST else 0.0


def _clauses(text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield start, end and the longer words of each clause."""
    for match in _CLAUSE.finditer(text):
        start = match.start()
        ends = [
            *(joint.start() for joint in _JOINT.finditer(text, start, match.end())),
            match.end(),
        ]
        for end in ends:
            words = (word[:6] for word in _WORD.findall(text[start:end].casefold()))
            yield start, end, frozenset(words) - _COMMON
            start = end
