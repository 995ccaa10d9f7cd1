"""Which facts of two texts agree: each of one side is matched with one of the other."""

import re
from collections import Counter
from collections.abc import Sequence

from evaluation.fact_finder import Fact

_FROM_TO = {
    "von": "from", "auf": "to", "from": "from", "to": "to",
}  # fmt: skip
_BEFORE = re.compile(
    r"\b(von|auf|from|to)(?: (?:rund|etwa|knapp|gut|about|around|some|nearly))? [€$£]?$"
)
_PIECE = 20

Disagreement = tuple[str, Fact, Fact]
"""Kind of a mismatch, the fact, and what stands in its place on the other side."""


def surplus(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[Fact]:
    """Return our facts that are not among theirs, each of theirs used once."""
    left = Counter((fact.kind, fact.value) for fact in theirs)
    over = []
    for fact in ours:
        if left[fact.kind, fact.value]:
            left[fact.kind, fact.value] -= 1
        else:
            over.append(fact)
    return over


def worth_telling(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[Fact]:
    """Return the certain ones, and doubtful ones if the other side has such a one in its place."""
    places = {fact.kind for fact in theirs if not fact.certain and fact.value not in {"0", "1"}}
    return [
        fact
        for fact in ours
        if fact.certain or (fact.kind in places and fact.value not in {"0", "1"})
    ]


def without_times(missing: list[Fact], added: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Drop times that the other side writes as plain numbers or words: `at 7`, `noon`."""
    left, right = list(missing), list(added)
    for ours, theirs in ((left, right), (right, left)):
        for time in [fact for fact in ours if fact.kind == "time"]:
            used = _written_otherwise(time, theirs)
            if used:
                ours.remove(time)
                theirs[:] = [fact for fact in theirs if id(fact) not in used]
    return left, right


def other_units(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[Disagreement]:
    """Return our numbers that stand with other units only on their side."""
    units: dict[str, list[Fact]] = {}
    for fact in theirs:
        if fact.kind == "number":
            units.setdefault(fact.value, []).append(fact)
    return [
        ("unit", fact, units[fact.value][0])
        for fact in ours
        if fact.kind == "number"
        and fact.unit
        and fact.value in units
        and not {None, fact.unit} & {other.unit for other in units[fact.value]}
    ]


def exchanged_places(
    ours: Sequence[Fact], theirs: Sequence[Fact], source: str, target: str
) -> list[Disagreement]:
    """Return a number that is what something fell `from` here and what it fell `to` there."""
    here, there = _ways(ours, source), _ways(theirs, target)
    if len(here) != len(_WAYS) or len(there) != len(_WAYS):
        return []
    values = [(here[way].value, there[way].value) for way in _WAYS]
    if values[0][0] == values[1][1] != values[0][1] == values[1][0]:
        return [("number", here["from"], there["from"])]
    return []


_WAYS = ("from", "to")


def _ways(facts: Sequence[Fact], text: str) -> dict[str, Fact]:
    """Return the numbers behind `from` and `to`, if there is one of each."""
    found: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind != "number":
            continue
        match = _BEFORE.search(text, max(0, fact.start - _PIECE), fact.start)
        if match:
            way = _FROM_TO[match.group(1)]
            if way in found:
                return {}
            found[way] = fact
    return found


def _written_otherwise(time: Fact, theirs: Sequence[Fact]) -> set[int]:
    """Return what the other side has in the place of a time, by identity."""
    hour, minute = time.value.split(":")
    words = [fact for fact in theirs if fact.kind == "daytime"]
    if time.value == "0:00" and words:
        return {id(words[0])}
    hours = [f for f in theirs if f.kind == "number" and _hour(f) == int(hour)]
    minutes = [f for f in theirs if f.kind == "number" and f.value == str(int(minute))]
    if hours and (minutes or minute == "00"):
        return {id(hours[0]), *(id(fact) for fact in minutes[:1])}
    return set()


def _hour(fact: Fact) -> int | None:
    return int(fact.value) % 12 if fact.value.isdigit() and int(fact.value) <= 24 else None
