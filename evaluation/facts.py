"""The fact guard: numbers, dates, negations and names of both languages in one normal form.

`1,2 Milliarden Euro` and `1.2 billion euros` are the same fact. A translation must keep each fact
of its source and add none; a summary must not state a fact that its article does not have.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evaluation import negation, statements
from evaluation.agreement import (
    exchanged_places,
    other_units,
    surplus,
    without_times,
    worth_telling,
)
from evaluation.fact_finder import Fact, Language, find_facts
from evaluation.names import english_names, german_names, is_mentioned
from evaluation.other_names import exchanged_names
from evaluation.places import german_places

SIGNATURE = "facts|v:3"
"""Part of every signature; grows when the guard judges differently."""

Side = Literal["missing", "added"]

_REPORTED = {"share": "number", "period": "number", "daytime": "time"}
_OF_MONEY = re.compile(r" (?:francs?|dollars?|pounds?)\b")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: as written, its character offset, and the offset behind it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact that stands on one side only.

    Attributes:
        kind: `number`, `unit`, `decade`, `time`, `month`, `weekday`, `negation` or `name`.
        side: `missing` in the target, or `added` there.
        text: as written: in the source if it is missing, in the target if it is added.
        start: character offset in that text.
        end: offset behind it.
        other: what stands in its place in the other text, or all of that text if nothing does;
            `None` where the other text is a whole article.
    """

    kind: str
    side: Side
    text: str
    start: int
    end: int
    other: Span | None = None


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
    missing, added = without_times(surplus(ours, theirs), surplus(theirs, ours))
    flagged = [_mismatch(fact, "missing") for fact in worth_telling(missing, added)]
    also = [_mismatch(fact, "added") for fact in worth_telling(added, missing)]
    pairs = [*other_units(ours, theirs), *exchanged_places(ours, theirs, source, target)]
    units = [
        replace(_mismatch(fact, "missing"), kind=kind, other=_span(other))
        for kind, fact, other in pairs
    ]
    certain = sum(fact.certain for fact in ours)
    doubtful = len(flagged) - sum(fact.certain for fact in missing)
    checked = certain + doubtful + len(also) + sum(unit.kind == "unit" for unit in units)
    found = [*_facing(flagged, also), *_facing(also, flagged), *units]
    denied, negations = _negations(source, target, source_language, target_language)
    named, names = _names(source, target, source_language, target_language)
    everything = [*found, *negations, *names]
    located = (
        mismatch
        if mismatch.other
        else replace(mismatch, other=_whole(target if mismatch.side == "missing" else source))
        for mismatch in everything
    )
    return FactReport(checked + denied + named, tuple(located))


def check_summary(
    summary: str, sources: Sequence[tuple[str, Language]], translation: str = ""
) -> FactReport:
    """Look up each fact of an English summary in its sources.

    A number may be rounded: 18,412 agrees with 18.412,33.

    Args:
        summary: in English.
        sources: the article, in one or more languages.
        translation: the article in English; names, and nothing else, may come from it alone, and
            what its sentences deny, the summary must not state.
    """
    known = [fact for text, language in sources for fact in find_facts(text, language)]
    facts = [fact for fact in find_facts(summary, "en") if _is_looked_up(fact, known)]
    founded = [fact for fact in facts if _is_founded(fact, known)]
    found = [_mismatch(fact, "added") for fact in facts if fact not in founded]
    units = [
        replace(_mismatch(fact, "added"), kind=kind)
        for kind, fact, _ in other_units(founded, known)
    ]
    mentioned = english_names(summary)
    names = _unfounded_names(summary, mentioned, [*sources, (translation, "en")])
    english = [translation, *(text for text, language in sources if language == "en")]
    denials = [
        Mismatch("negation", side, summary[start:end], start, end)
        for side, start, end in statements.denied(summary, "\n".join(english))
    ]
    checked = len(facts) + len(units) + len(mentioned) + len(denials)
    return FactReport(checked, (*found, *units, *names, *denials))


def _negations(
    source: str, target: str, source_language: Language, target_language: Language
) -> tuple[int, list[Mismatch]]:
    """Return how many sides were looked at, and a negation that only one of them has."""
    if negation.is_negated(source, source_language):
        lost = negation.lost(source, target, source_language, target_language)
        return 1, [_at("negation", "missing", source, *lost)] if lost else []
    if source_language == "de" and negation.ADDED_NEGATION.search(target):
        added = negation.added(source, target)
        return 1, [_at("negation", "added", target, *added)] if added else []
    return 0, []


def _names(
    source: str, target: str, source_language: Language, target_language: Language
) -> tuple[int, list[Mismatch]]:
    """Return how many names were looked at, and those that only one side has."""
    if (source_language, target_language) != ("de", "en"):
        return 0, []
    names = german_names(source)
    exchanged = exchanged_names(source, target)
    found = []
    for (ours, start), (theirs, place) in exchanged:
        left = _at("name", "missing", source, start, start + len(ours))
        right = _at("name", "added", target, place, place + len(theirs))
        found += [replace(left, other=_span(right)), replace(right, other=_span(left))]
    known = {mismatch.start for mismatch in found if mismatch.side == "missing"}
    found += [
        _at("name", "missing", source, start, start + len(name))
        for name, start in names
        if start not in known and not is_mentioned(name, target)
    ]
    more = sum(mismatch.side == "added" for mismatch in found)
    beside = sum(start not in {at for _, at in names} for start in known)
    return len(names) + more + beside, found


def _unfounded_names(
    summary: str, names: Sequence[tuple[str, int]], sources: Sequence[tuple[str, Language]]
) -> list[Mismatch]:
    everything = " ".join(text for text, _ in sources)
    strange = [
        (name, start)
        for name, start in names
        if not all(is_mentioned(part, everything) for part in _parts(name))
        and not _OF_MONEY.match(summary, start + len(name))
    ]
    if not strange:
        return []
    german = (text for text, language in sources if language == "de")
    places = {word for text in german for place in german_places(text) for word in place.english}
    return [
        _at("name", "added", summary, start, start + len(name))
        for name, start in strange
        if not places.issuperset(part.lower() for part in _parts(name))
    ]


def _parts(name: str) -> list[str]:
    """Return the capitalised parts of a name: of `Bremen-based` the first."""
    parts = re.split(r"[-–]", re.sub(r"['’]s?$", "", name))
    return [part for part in parts if part[:1].isupper()]


def _facing(ours: Sequence[Mismatch], theirs: Sequence[Mismatch]) -> list[Mismatch]:
    """Give each of ours the one of theirs, of the same kind, that stands in its place."""
    places: dict[str, list[Mismatch]] = {}
    for mismatch in theirs:
        places.setdefault(mismatch.kind, []).append(mismatch)
    faced = []
    for mismatch in ours:
        left = places.get(mismatch.kind)
        faced.append(replace(mismatch, other=_span(left.pop(0))) if left else mismatch)
    return faced


def _span(place: Fact | Mismatch) -> Span:
    return Span(place.text, place.start, place.end)


def _whole(text: str) -> Span:
    return Span(text, 0, len(text))


def _at(kind: str, side: Side, text: str, start: int, end: int) -> Mismatch:
    return Mismatch(kind, side, text[start:end], start, end)


def _mismatch(fact: Fact, side: Side) -> Mismatch:
    return Mismatch(_REPORTED.get(fact.kind, fact.kind), side, fact.text, fact.start, fact.end)


def _is_looked_up(fact: Fact, known: Sequence[Fact]) -> bool:
    """Tell whether a summary's fact must be founded: number words from three on are, too."""
    if fact.certain:
        return True
    if fact.kind == "number":
        return float(fact.value) > 2
    return any(other.kind == fact.kind for other in known)


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
