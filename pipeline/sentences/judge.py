"""Decide whether a sentence ends at a place that looks like an end."""

import re

from pipeline.sentences.ordinals import number_ends
from pipeline.sentences.place import OPENING, Place
from pipeline.sentences.rules import Rules

_LABEL_ALONE = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[IVXLC]+)\Z")
_YEAR_OPENS = re.compile(r"(?:19|20)\d\d\s+[a-zäöü]")
_NUMERAL = re.compile(r"[\d§]|[IVX]+\b")
_INITIALS = re.compile(r"(?:\w\.)*\w\Z|[IVXLC]+\Z")
_JOINTS = re.compile(r"[-/–]")
_LONGEST_PART = 6  # of an abbreviation that is written with spaces, its dot included


class Judge:
    """Apply a language's rules to places."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._kinds = {
            form: kind
            for kind in ("number", "sometimes", "ordinary", "never")
            for form in getattr(rules, kind)
        }

    def ends_sentence(self, place: Place) -> bool:
        """Tell whether a sentence ends at `place`."""
        if place.before[-1:] in {"", "(", "["} or place.splits_bracket():
            return False
        if not place.spaced and not _misses_space(place):
            return False
        return self._full_stop_ends(place) if place.marks == "." else self._mark_ends(place)

    def _full_stop_ends(self, place: Place) -> bool:
        word, front = place.word, place.front()
        if place.before[-1].isspace() or not word[-1:].isalnum():
            return bool(place.words)
        if front is not None and _LABEL_ALONE.match(front):
            return False
        if word[-1].isdecimal():
            ordinals = self._rules.ordinals
            return ordinals is None or number_ends(place, ordinals)
        return self._word_ends(place, word)

    def _mark_ends(self, place: Place) -> bool:
        if place.opens:
            return True
        if place.marks == "!":
            return f"{place.word}!" not in self._kinds
        return not (place.before[-1].isspace() and not place.marks.strip(".…"))

    def _word_ends(self, place: Place, word: str) -> bool:
        match self._kind(place, word):
            case "never":
                return False
            case "number":
                return _NUMERAL.match(place.text, place.resume) is None
            case "sometimes":
                return place.opens or _YEAR_OPENS.match(place.text, place.resume) is not None
            case _:
                return True

    def _kind(self, place: Place, word: str) -> str | None:
        """Classify the abbreviation in front of the full stop; `None` for ordinary words."""
        tail = _JOINTS.split(word)[-1]
        for form in (*_joined(place, word), word, tail):
            if kind := self._kinds.get(form):
                return kind
        if _INITIALS.match(tail) and (tail == word or tail.isupper()):
            return None if self._is_label(place.earlier(1), tail) else "sometimes"
        if tail.endswith("str") and len(tail) > 5:
            return "sometimes"  # a street
        return None

    def _is_label(self, previous: str, letter: str) -> bool:
        noun = previous.lstrip(OPENING)
        return (
            noun in self._rules.labels
            or noun.split("-")[-1] in self._rules.labels
            or (letter == "X" and noun.islower())  # the online service, not a first name
        )


def _joined(place: Place, word: str) -> list[str]:
    """Return what `word` makes with the abbreviations in front of it, the longest first."""
    forms: list[str] = []
    for back in range(1, 5):
        previous = place.earlier(back)
        if not previous.endswith(".") or len(previous) > _LONGEST_PART:
            break
        word = previous.lstrip(OPENING) + word
        forms.insert(0, word)
    return forms


def _misses_space(place: Place) -> bool:
    """Tell whether a full stop without white space clearly stands between two sentences."""
    return (
        '"' not in place.close
        and place.opens
        and place.before[-2:].isalpha()
        and place.before[-2:].islower()
        and not any(sign in place.words[-1] for sign in ".@/:\\")
    )
