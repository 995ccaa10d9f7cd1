"""Countries, their people, regions and cities: which German words stand for which English ones."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_][\w-]*")
_KEY = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a German text.

    Attributes:
        english: words for it, in lower case; several words of one name are parted by a space.
        text: as written.
        start: character offset.
        is_name: it is the noun that names the place, and no adjective, capital or group of people.
    """

    english: frozenset[str]
    text: str
    start: int
    is_name: bool


def german_places(text: str) -> list[Place]:
    """Return the places of the table that a German text names, in its order."""
    by_start, _ = _table()
    lowered, found = text.lower(), []
    for match in _WORD.finditer(lowered):
        start = match.start()
        for stem, english, leads in by_start.get(match.group()[:_KEY], ()):
            if lowered.startswith(stem, start):
                is_name = leads and text[start].isupper()
                found.append(Place(english, text[start : match.end()], start, is_name))
    return found


def is_place(word: str) -> bool:
    """Tell whether an English word names a place of the table, or its people."""
    return word.lower() in _table()[1]


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, list[tuple[str, frozenset[str], bool]]], frozenset[str]]:
    """Return stems with their English words, by the first letters, and all English words."""
    lines = files("evaluation").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    by_start: dict[str, list[tuple[str, frozenset[str], bool]]] = {}
    known: set[str] = set()
    for line in lines:
        if line.startswith("#"):
            continue
        stems, words = line.lower().split("|")
        english = frozenset(word.replace("_", " ") for word in words.split())
        known |= english
        for number, stem in enumerate(stems.split()):
            entry = (stem.replace("_", " "), english, number == 0)
            by_start.setdefault(stem[:_KEY], []).append(entry)
    return by_start, frozenset(known)
