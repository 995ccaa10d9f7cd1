"""The fact guard: numbers, dates, weekdays, negations of both languages in one normal form.

`1,2 Milliarden Euro` and `1.2 billion euros` are the same fact. A translation must keep each fact
of its source and add none; a summary must not state a fact that its article does not have.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.fact_finder import Fact, Language, find_facts, is_negated, names

Side = Literal["missing", "added"]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact that stands on one side only.

    Attributes:
        kind: `number`, `month`, `weekday`, `negation` or `name`.
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
    missing = _surplus(ours, theirs)
    added = _surplus(theirs, ours)
    found = [_mismatch(fact, "missing") for fact in missing if fact.certain]
    found += [_mismatch(fact, "added") for fact in added if fact.certain]
    checked = sum(fact.certain for fact in ours) + sum(fact.certain for fact in added)
    before, after = is_negated(source, source_language), is_negated(target, target_language)
    if before:
        checked += 1
        if not after:
            found.append(Mismatch("negation", "missing", "", 0, len(source)))
    return FactReport(checked, tuple(found))


def check_summary(summary: str, sources: Sequence[tuple[str, Language]]) -> FactReport:
    """Look up each fact of an English summary in its sources: the article in one or two languages.

    A number may be rounded: 18,412 agrees with 18.412,33.
    """
    known = [fact for text, language in sources for fact in find_facts(text, language)]
    values = {(fact.kind, fact.value) for fact in known}
    numbers = [float(fact.value) for fact in known if fact.kind == "number"]
    facts = [fact for fact in find_facts(summary, "en") if fact.certain]
    found = [
        _mismatch(fact, "added")
        for fact in facts
        if (fact.kind, fact.value) not in values and not _is_rounded(fact, numbers)
    ]
    everything = " ".join(text for text, _ in sources).casefold()
    mentioned = names(summary)
    found += [
        Mismatch("name", "added", text, start, start + len(text))
        for text, start in mentioned
        if text.casefold().removesuffix("'s").removesuffix("’s") not in everything
    ]
    return FactReport(len(facts) + len(mentioned), tuple(found))


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


def _mismatch(fact: Fact, side: Side) -> Mismatch:
    return Mismatch(fact.kind, side, fact.text, fact.start, fact.end)


def _is_rounded(fact: Fact, numbers: Sequence[float]) -> bool:
    if fact.kind != "number":
        return False
    value = float(fact.value)
    return any(round(number, fact.decimals) == value for number in numbers)
