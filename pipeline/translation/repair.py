"""Put back numbers and names that a small model garbled while copying them.

A small model copies piece by piece, and slips: `2020202` for 2022, `Telasla` for Tesla. Where the
target has a number or word that neither the source nor the language knows, and the source has one
that is much like it and missing from the target, the source's stands there again. What was put back
is told in the brief.

A place that stands where the source has another one (`Vienna` for Wiesbaden) is put right if a
table of places has one English word for it.

`words_en.txt` holds the English words and `words_de.txt` the German nouns with a translation of
their own that occur four times or more in the starter's training data.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files

from evaluation.other_names import exchanged_names
from evaluation.places import german_places, is_place

_GERMAN_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|(?<![\w.,])\d+(?:,\d+)?"
)
_ENGLISH_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ALIKE_NUMBER = 0.5
_ALIKE_NAME = 0.6
_NAME_LETTERS = 4
_NOUN_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Repair:
    """A target after repair, and what was changed: (as the model wrote it, as it stands now)."""

    text: str
    changes: tuple[tuple[str, str], ...]


def repair(source: str, target: str) -> Repair:
    """Restore garbled numbers and names of a German sentence in its English translation."""
    numbers, number_changes = _repair_numbers(source, target)
    names, name_changes = _repair_names(source, numbers)
    text, place_changes = _repair_places(source, names)
    return Repair(text, (*number_changes, *name_changes, *place_changes))


def english_number(german: str) -> str:
    """Write a German number as English does: `18.412,33` becomes `18,412.33`."""
    return german.translate(str.maketrans(".,", ",."))


def _repair_numbers(source: str, target: str) -> tuple[str, list[tuple[str, str]]]:
    ours = [english_number(found) for found in _GERMAN_NUMBER.findall(source)]
    theirs = list(_ENGLISH_NUMBER.finditer(target))
    missing = list((Counter(ours) - Counter(match.group() for match in theirs)).elements())
    left = Counter(ours)
    strange = []
    for match in theirs:
        if left[match.group()]:
            left[match.group()] -= 1
        else:
            strange.append(match)
    missing.sort(key=ours.index)
    return _replace(
        target, strange, missing, _ALIKE_NUMBER, same_count=len(strange) == len(missing)
    )


def _repair_names(source: str, target: str) -> tuple[str, list[tuple[str, str]]]:
    present = {form for word in _WORD.findall(target) for form in _forms(word)}
    names = [name for word in _WORD.findall(source) for name in _names(word)]
    missing = [
        name
        for name in dict.fromkeys(names)
        if len(name) >= _NAME_LETTERS and present.isdisjoint(_forms(name))
    ]
    ours = {form for word in _WORD.findall(source) for form in _forms(word)}
    english = _words("words_en.txt")
    strange = [
        match
        for match in _WORD.finditer(target)
        if len(match.group()) >= _NAME_LETTERS
        and match.group()[0].isupper()
        and (word := match.group().casefold().removesuffix("'s").removesuffix("’s")) not in ours
        and word not in english
    ]
    return _replace(target, strange, missing, _ALIKE_NAME, same_count=False)


def _repair_places(source: str, target: str) -> tuple[str, list[tuple[str, str]]]:
    named = {place.start: place.english for place in german_places(source)}
    changes = []
    for (_, there), (name, start) in reversed(exchanged_names(source, target)):
        english = named.get(there, frozenset())
        if is_place(name) and len(english) == 1:
            (right,) = english
            changes.append((name, right.title()))
            target = target[:start] + right.title() + target[start + len(name) :]
    return target, changes[::-1]


def _names(word: str) -> list[str]:
    """Return a capitalised word that has no translation; of `Tesla-Aktie` the part without one."""
    translated = _words("words_de.txt")
    parts = word.split("-")
    names = [
        part
        for part in parts
        if part[:1].isupper()
        and part.casefold() not in translated
        and not _ends_with_noun(part.casefold())
    ]
    return ["-".join(names)] if names and word[0].isupper() else []


def _ends_with_noun(word: str) -> bool:
    """Tell a compound such as `Softwarekonzern` from a name."""
    nouns = _words("words_de.txt")
    return any(word[at:] in nouns for at in range(3, len(word) - _NOUN_LETTERS + 1))


def _forms(word: str) -> set[str]:
    """Return what a translator may make of a name: no genitive, and one part of a compound."""
    parts = {part for part in re.split(r"[-'’]", word.casefold()) if len(part) >= _NAME_LETTERS}
    return {word.casefold(), *parts, *(part.removesuffix("s") for part in parts)}


def _replace(
    target: str,
    strange: Sequence[re.Match[str]],
    missing: list[str],
    bar: float,
    *,
    same_count: bool,
) -> tuple[str, list[tuple[str, str]]]:
    """Give each strange place the missing word most like it; equal counts go by order."""
    chosen: dict[int, str] = {}
    if same_count:
        chosen = dict(enumerate(missing))
    else:
        scores = sorted(
            (
                (-_likeness(match.group(), word), place, number)
                for place, match in enumerate(strange)
                for number, word in enumerate(missing)
            ),
        )
        used: set[int] = set()
        for score, place, number in scores:
            if -score < bar:
                break
            if place not in chosen and number not in used:
                chosen[place] = missing[number]
                used.add(number)
    text = target
    for place, match in reversed(list(enumerate(strange))):
        if place in chosen:
            text = text[: match.start()] + chosen[place] + text[match.end() :]
    return text, [(strange[place].group(), word) for place, word in sorted(chosen.items())]


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False).ratio()


@lru_cache(maxsize=2)
def _words(name: str) -> frozenset[str]:
    text = files("pipeline.translation").joinpath(name).read_text(encoding="utf-8")
    return frozenset(text.split())
