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
    if _DAY_AND.match(left) and len(last) <= 2 and int(last) <= 12:
        return place.opens  # a date such as 31.12.
    if place.text[place.resume].isdecimal():
        return not _is_day(place, left + last)
    if place.earlier(1).endswith(":") and len(left + last) <= 2:
        return False  # an item of a list
    return place.opens or not _is_ordinal(place, words, left, last)


def _is_day(place: Place, number: str) -> bool:
    """Recognise a day or month in front of another number, as in `5. 11. 2024`."""
    before_month = len(number) <= 2 and _DAY_BEHIND.match(place.text, place.resume)
    return bool(before_month) or _DAY_AND.match(place.earlier(1)) is not None


def _is_ordinal(place: Place, words: OrdinalWords, left: str, last: str) -> bool:
    previous = place.earlier(1)
    before = previous.lstrip(OPENING) in words.before
    after = place.following in words.after
    if left and not _RANGE.match(left):
        return before and after and _THOUSANDS.match(left) is not None
    if len(last) > 3:
        return before and after
    return after or before or _is_series(place, words) or _is_owner(previous)


def _is_series(place: Place, words: OrdinalWords) -> bool:
    """Recognise the second of two ordinals, as in `am 3. und 4. Mai`."""
    first = place.earlier(2)
    return place.earlier(1) in words.between and first.endswith(".") and first[:-1].isdecimal()


def _is_owner(word: str) -> bool:
    """Recognise a name in the genitive, as in `Evas 3. Sieg`."""
    return len(word) > 3 and word[0].isupper() and word[1:].islower() and word.endswith("s")
