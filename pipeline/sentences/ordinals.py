"""Decide whether a number with a full stop is an ordinal or ends a sentence."""

import re

from pipeline.sentences.place import OPENING, Place
from pipeline.sentences.rules import OrdinalWords

_NUMBER = re.compile(r"(?P<left>\S*?)(?P<last>\d+)\Z")
_DAY_AND = re.compile(r"\d{1,2}\.\Z")
_DAY_BEHIND = re.compile(r"\d{1,2}\.(?:\s|\d{4}\b|\Z)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})*\.\Z")
_RANGE = re.compile(r"\d{1,3}\.?[-–/]\Z")


def number_ends(place: Place, words: OrdinalWords) -> bool:
    """Tell whether a sentence ends behind the number in front of `place`."""
    found = _NUMBER.match(place.word)
    left, last = (found["left"], found["last"]) if found else ("", place.word)
    previous = place.earlier(1)
    if _DAY_AND.match(left) and len(last) <= 2 and int(last) <= 12:
        return place.opens  # a date such as 31.12.
    if place.text[place.resume].isdecimal():
        return not (
            _DAY_BEHIND.match(place.text, place.resume) and len(last) <= 2 and not left
        ) and not _DAY_AND.match(previous)
    if previous.endswith(":"):
        return False
    if place.opens:
        return True
    before = previous.lstrip(OPENING) in words.before
    after = place.following in words.after
    if left and not _RANGE.match(left):
        return not (before and after and _THOUSANDS.match(left))
    if len(last) > 3:
        return not (before and after)
    return not (after or before or _is_series(place, words) or _is_owner(previous))


def _is_series(place: Place, words: OrdinalWords) -> bool:
    """Recognise the second of two ordinals, as in `am 3. und 4. Mai`."""
    first = place.earlier(2)
    return place.earlier(1) in words.between and first.endswith(".") and first[:-1].isdecimal()


def _is_owner(word: str) -> bool:
    """Recognise a name in the genitive, as in `Evas 3. Sieg`."""
    return len(word) > 3 and word[0].isupper() and word[1:].islower() and word.endswith("s")
