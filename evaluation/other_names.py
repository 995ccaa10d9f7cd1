"""Names that a translation has put in the place of others: each side has one the other lacks."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files

from evaluation.fact_words import MONTHS, WEEKDAYS
from evaluation.names import Named, fold, is_mentioned
from evaluation.places import german_places, is_place

_CAPITAL = re.compile(r"\b[A-ZÄÖÜ][\w’'-]*[a-zäöüß][\w’'-]*")
_TOKEN = re.compile(r"\w[\w-]*(?:['’]s?(?!\w))?")
_OPENS = re.compile(r"(?:^|[.!?:;] ?|[“\"„»‘(–-] ?)$")
_SAME_IN_BOTH = frozenset(["In", "So", "Was", "Die", "Also"])
_FORMS = frozenset(["AG", "SE", "GmbH", "KG", "KGaA", "Holding", "Group", "Bank"])
_BEHIND = frozenset(
    ["von", "bei", "gegen", "mit", "sagte", "of", "at", "by", "with", "against", "said"]
)
_EXONYM = re.compile(r"(?:ien|stan|land|ik|ie)s?$")
_LEAST = 4
_ALIKE = 0.7
_SAME = 0.85
_MOST = 0.6
_SOUNDS = (
    ("tsch", "c"),
    ("ch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("tz", "z"),
    ("ts", "z"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
    ("z", "s"),
)
"""How German and English write the sounds of other alphabets: Lomzew is Lomtsev."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its neighbours."""

    text: str
    start: int
    before: str
    after: str


@lru_cache(maxsize=256)  # asked for sentences, and again for the grounds of their summaries
def exchanged_names(source: str, target: str) -> tuple[tuple[Named, Named], ...]:
    """Return pairs of a German name and the English one that stands in its place.

    An English word is looked at if it is capitalised, the German text does not have it, and it is
    no word of offices and institutions. Only with a German name that the English text lacks beside
    it is it taken for another name; alone it may be many things.
    """
    capitals = [word for word in _words(target) if _CAPITAL.match(word.text)]
    if len(capitals) > _MOST * len(target.split()) and len(capitals) > _LEAST:
        return ()  # a headline in capitals
    strange = [word for word in capitals if not _is_known(word.text, source)]
    if not strange:
        return ()
    places = german_places(source)
    named = {english for place in places for english in place.english}
    lowered = target.casefold()
    lost_places = [
        (place.text, place.start)
        for place in places
        if place.is_name
        and not any(english in lowered for english in place.english)
        and not is_mentioned(place.text, target)
    ]
    others = [word for word in _words(source) if _is_lost(word, target)]
    found: list[tuple[Named, Named]] = []
    for word in strange:
        bare = _bare(word.text)
        if {bare.casefold(), *bare.casefold().split("-")} & named:
            continue
        if is_place(bare):
            ours = lost_places.pop(0) if lost_places else None
        else:
            ours = _stands_for(word, others, opens=_OPENS.search(target, 0, word.start) is not None)
        if ours:
            found.append((ours, (bare, word.start)))
    return tuple(found)


def _stands_for(word: _Word, others: list[_Word], *, opens: bool) -> Named | None:
    """Take the German word that a strange name stands for: like it, or beside the same word."""
    bare = _bare(word.text)
    for other in others:
        alike = _likeness(other.text, bare)
        if alike >= _SAME and _sound(other.text) == _sound(bare):
            return None
        beside = _is_beside(word.before, other.before)
        beside |= word.after in _FORMS and _is_beside(word.after, other.after)
        behind = word.before in _BEHIND and other.before in _BEHIND
        likely = beside or (alike >= _ALIKE and behind and not _EXONYM.search(other.text))
        if opens:  # Founder Arvid Lenhardt; but Braun's lawyer
            likely = bare != word.text and other.start == 0 and other.text[-1] in "s'’"
        if likely:
            others.remove(other)
            return _bare(other.text), other.start
    return None


def _words(text: str) -> list[_Word]:
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
    words = ["", *(token for token, _ in tokens), ""]
    return [
        _Word(token, start, words[place], words[place + 2])
        for place, (token, start) in enumerate(tokens)
    ]


def _is_beside(ours: str, theirs: str) -> bool:
    """Tell whether both are one word with a capital: a first name, or what a company is."""
    if len(ours) < 2 or not ours[0].isupper() or ours in _SAME_IN_BOTH:
        return False
    return _bare(ours) == _bare(theirs)


def _is_lost(word: _Word, target: str) -> bool:
    text = word.text
    if len(text) < _LEAST or not _CAPITAL.match(text):
        return False
    return not is_mentioned(text, target)


def _is_known(word: str, source: str) -> bool:
    bare = _bare(word)
    if bare.casefold() in _ordinary():
        return True
    parts = [part for part in bare.split("-") if len(part) > 1]
    return all(part.casefold() in _ordinary() or is_mentioned(part, source) for part in parts)


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _likeness(ours: str, theirs: str) -> float:
    if ours[0].casefold() != theirs[0].casefold():
        return 0.0
    return SequenceMatcher(None, _sound(_bare(ours)), _sound(theirs)).ratio()


def _sound(word: str) -> str:
    sound = fold.__wrapped__(word)
    for written, said in _SOUNDS:
        sound = sound.replace(written, said)
    return sound


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Return English words that are capitalised and no names."""
    text = files("evaluation").joinpath("capitalised.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset([*" ".join(lines).split(), *WEEKDAYS["en"], *MONTHS["en"]])
