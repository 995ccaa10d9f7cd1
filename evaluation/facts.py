"""The fact guard: numbers, dates, negations and names of both languages in one normal form.

`1,2 Milliarden Euro` and `1.2 billion euros` are the same fact. A translation must keep each fact
of its source and add none; a summary must not state a fact that its article does not have.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.fact_finder import Fact, Language, find_facts, is_negated
from evaluation.fact_words import ADDED_NEGATION, DENIALS
from evaluation.names import english_names, german_names, is_mentioned

SIGNATURE = "facts|v:2"
"""Part of every signature; grows when the guard judges differently."""

Side = Literal["missing", "added"]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact that stands on one side only.

    Attributes:
        kind: `number`, `unit`, `decade`, `time`, `month`, `weekday`, `negation` or `name`.
        side: `missing` in the target, or `added` there.
        text: as written.
        start: character offset in the text that has it.
        end: offset behind it.
    """

    kind: str
    side: Side
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactReport:
    """The outcome of a comparison.

    Attributes:
        checked: facts looked at.
        mismatches: those that do not agree.
    """

    checked: int
    mismatches: tuple[Mismatch, ...]

    @property
    def agreed(self) -> int:
        """Count the facts that agree."""
        return self.checked - len(self.mismatches)


def compare_translation(
    source: str, target: str, source_language: Language = "de", target_language: Language = "en"
) -> FactReport:
    """Compare a sentence with its translation, in both directions."""
    ours, theirs = find_facts(source, source_language), find_facts(target, target_language)
    missing, added = _without_times(_surplus(ours, theirs), _surplus(theirs, ours))
    flagged = [_mismatch(fact, "missing") for fact in _worth_telling(missing, added)]
    also = [_mismatch(fact, "added") for fact in _worth_telling(added, missing)]
    units = _other_units(ours, theirs)
    certain = sum(fact.certain for fact in ours)
    doubtful = len(flagged) - sum(fact.certain for fact in missing)
    checked = certain + doubtful + len(also) + len(units)
    found = [*flagged, *also, *units]
    if is_negated(source, source_language):
        checked += 1
        if not is_negated(target, target_language):
            found.append(Mismatch("negation", "missing", "", 0, len(source)))
    elif source_language == "de" and (denial := ADDED_NEGATION.search(target)):
        checked += 1
        if not DENIALS.search(source):
            found.append(Mismatch("negation", "added", denial.group(), *denial.span()))
    if (source_language, target_language) == ("de", "en"):
        names = german_names(source)
        checked += len(names)
        found += [
            Mismatch("name", "missing", name, start, start + len(name))
            for name, start in names
            if not is_mentioned(name, target)
        ]
    return FactReport(checked, tuple(found))


def check_summary(
    summary: str, sources: Sequence[tuple[str, Language]], more_names: str = ""
) -> FactReport:
    """Look up each fact of an English summary in its sources.

    A number may be rounded: 18,412 agrees with 18.412,33.

    Args:
        summary: in English.
        sources: the article, in one or more languages.
        more_names: text that names, and nothing else, may come from: a translation's `Munich`.
    """
    known = [fact for text, language in sources for fact in find_facts(text, language)]
    facts = [fact for fact in find_facts(summary, "en") if fact.certain]
    found = [_mismatch(fact, "added") for fact in facts if not _is_founded(fact, known)]
    founded = [fact for fact in facts if _is_founded(fact, known)]
    units = [
        Mismatch("unit", "added", mismatch.text, mismatch.start, mismatch.end)
        for mismatch in _other_units(founded, known)
    ]
    found += units
    everything = " ".join([more_names, *(text for text, _ in sources)])
    mentioned = english_names(summary)
    found += [
        Mismatch("name", "added", name, start, start + len(name))
        for name, start in mentioned
        if not all(is_mentioned(part, everything) for part in re.split(r"[-–]", name) if part)
    ]
    return FactReport(len(facts) + len(units) + len(mentioned), tuple(found))


def _surplus(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[Fact]:
    """Return our facts that are not among theirs, each of theirs used once."""
    left = Counter((fact.kind, fact.value) for fact in theirs)
    surplus = []
    for fact in ours:
        if left[fact.kind, fact.value]:
            left[fact.kind, fact.value] -= 1
        else:
            surplus.append(fact)
    return surplus


def _worth_telling(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[Fact]:
    """Return the certain ones, and doubtful ones if the other side has such a one in its place."""
    places = {fact.kind for fact in theirs if not fact.certain and fact.value not in {"0", "1"}}
    return [
        fact
        for fact in ours
        if fact.certain or (fact.kind in places and fact.value not in {"0", "1"})
    ]


def _without_times(missing: list[Fact], added: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Drop times that the other side writes as plain numbers: `at 7`, `19:00`."""
    left, right = list(missing), list(added)
    for ours, theirs in ((left, right), (right, left)):
        for time in [fact for fact in ours if fact.kind == "time"]:
            hour, minute = time.value.split(":")
            hours = [f for f in theirs if f.kind == "number" and _hour(f) == int(hour)]
            minutes = [f for f in theirs if f.kind == "number" and f.value == str(int(minute))]
            if hours and (minutes or minute == "00"):
                ours.remove(time)
                used = {id(hours[0]), *(id(fact) for fact in minutes[:1])}
                theirs[:] = [fact for fact in theirs if id(fact) not in used]
    return left, right


def _hour(fact: Fact) -> int | None:
    return int(fact.value) % 12 if fact.value.isdigit() and int(fact.value) <= 24 else None


def _other_units(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[Mismatch]:
    """Return our numbers that stand with other units only on their side."""
    units: dict[str, set[str | None]] = {}
    for fact in theirs:
        if fact.kind == "number":
            units.setdefault(fact.value, set()).add(fact.unit)
    return [
        Mismatch("unit", "missing", fact.text, fact.start, fact.end)
        for fact in ours
        if fact.kind == "number"
        and fact.unit
        and not {None, fact.unit} & units.get(fact.value, {None})
    ]


def _mismatch(fact: Fact, side: Side) -> Mismatch:
    return Mismatch(fact.kind, side, fact.text, fact.start, fact.end)


def _is_founded(fact: Fact, known: Sequence[Fact]) -> bool:
    if any(fact.kind == other.kind and fact.value == other.value for other in known):
        return True
    numbers = [float(other.value) for other in known if other.kind == "number"]
    if fact.kind == "time":
        return float(fact.value.split(":")[0]) in {number % 12 for number in numbers}
    if fact.kind != "number":
        return False
    value = float(fact.value)
    return any(round(number, fact.decimals) == value for number in numbers)
