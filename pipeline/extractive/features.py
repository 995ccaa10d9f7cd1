"""What the learned ranker sees of an article: its words, and sets of its sentences.

The sentence features are those known from the literature (Edmundson 1969; Kupiec et al. 1995):
position, paragraph, length, overlap with the title and with the rest of the article, numbers, names
and quotes. Words carry them too, as in Hong and Nenkova (2014).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from pipeline.extractive.ranker import Candidates
from pipeline.extractive.vectors import Words

Key = tuple[str, int]
"""A stem and the number of its occurrence: a summary may say `the` three times."""

MOST_TIMES = 4
"""Further occurrences of a stem add nothing."""
_WORD = re.compile(r"[^\W_]+(?:[.,:'’-][^\W_]+)*")
_QUOTED = re.compile(r"[„“”\"«»]([^„“”\"«»]+)[“”\"«»]")
_PLACES = (0, 1, 2, 3, 4, 6, 9)
"""Where ranges of sentence numbers begin."""
_LONGEST_STEM = 12
_USUAL_SENTENCE = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with everything counted that features ask for.

    Attributes:
        counts: stems of each sentence, stop words included.
        content: those of them that are no stop words.
        paragraphs: number of each sentence's paragraph, from 0.
        title: stems of the title, stop words left out.
        names: stems that are capitalised within a sentence; in German, nouns too.
        quoted: stems that stand in quotation marks.
        capitals: capitalised words within each sentence.
        quotes: whether a sentence has a quotation mark.
    """

    counts: Sequence[Counter[str]]
    content: Sequence[frozenset[str]]
    paragraphs: Sequence[int]
    title: frozenset[str]
    names: frozenset[str]
    quoted: frozenset[str]
    capitals: Sequence[int]
    quotes: Sequence[bool]


def read(candidates: Candidates, words: Words) -> Reading:
    """Count an article; without known paragraphs it is one."""
    stop = words.stop()
    texts = candidates.texts
    counts = [Counter(words.every(text)) for text in texts]
    capitals = [[w for w in _WORD.findall(text)[1:] if w[0].isupper()] for text in texts]
    quoted = (inside for text in texts for inside in _QUOTED.findall(text))
    return Reading(
        counts=counts,
        content=[frozenset(count) - stop for count in counts],
        paragraphs=_from_zero(candidates.paragraphs or [0] * len(texts)),
        title=frozenset(words.every(candidates.title or "")) - stop,
        names=frozenset(stem for found in capitals for w in found for stem in words.every(w)),
        quoted=frozenset(stem for inside in quoted for stem in words.every(inside)),
        capitals=[len(found) for found in capitals],
        quotes=[any(mark in text for mark in '„“”"«»') for text in texts],
    )


def has_digit(stem: str) -> bool:
    """Tell whether a stem is a number or has one, as `F3` does."""
    return any(sign.isdigit() for sign in stem)


def word_features(reading: Reading) -> dict[Key, dict[str, float]]:
    """Return named features of every occurrence of every stem, up to `MOST_TIMES` each."""
    homes: dict[str, list[int]] = {}
    for number, count in enumerate(reading.counts):
        for stem in count:
            homes.setdefault(stem, []).append(number)
    totals = Counter(stem for count in reading.counts for stem in count.elements())
    sentences = _sentence_features(reading)
    found = {}
    for stem, where in homes.items():
        shared = _stem_features(reading, stem, where, totals[stem])
        shared |= _home_features(stem, [sentences[number] for number in where])
        for time in range(1, min(totals[stem], MOST_TIMES) + 1):
            left = {f"time {time}": 1.0, "log times left": log(totals[stem] / time)}
            found[stem, time] = shared | left
    return found


@dataclass(frozen=True, slots=True)
class _SentenceFeatures:
    title: float
    central: float
    quote: float
    starts: float
    words: float
    numbers: float


def _sentence_features(reading: Reading) -> list[_SentenceFeatures]:
    spread = Counter(stem for content in reading.content for stem in content)
    paragraphs = reading.paragraphs
    return [
        _SentenceFeatures(
            title=len(content & reading.title) / max(1, len(reading.title)),
            central=sum(spread[stem] - 1 for stem in content) / max(1, len(content)),
            quote=float(reading.quotes[number]),
            starts=float(number == 0 or paragraphs[number] != paragraphs[number - 1]),
            words=reading.counts[number].total() / _USUAL_SENTENCE,
            numbers=float(sum(map(has_digit, content))),
        )
        for number, content in enumerate(reading.content)
    ]


def _stem_features(
    reading: Reading, stem: str, where: Sequence[int], times: int
) -> dict[str, float]:
    size = len(reading.counts)
    place = sum(where[0] >= start for start in _PLACES) - 1
    content = stem in reading.content[where[0]]
    often, wide, first = log(times), log(len(where)), where[0] / size
    name, titled = float(stem in reading.names), float(stem in reading.title)
    found = {
        f"from sentence {_PLACES[place]}": 1.0,
        "log times": often,
        "log sentences": wide,
        "share of paragraphs": len({reading.paragraphs[number] for number in where})
        / (reading.paragraphs[-1] + 1),
        "first place": first,
        "last place": where[-1] / size,
        "log sentences of the article": log(size),
        "number": float(has_digit(stem)),
        "name": name,
        "quoted": float(stem in reading.quoted),
        "title": titled,
        "letters": min(len(stem), _LONGEST_STEM) / _LONGEST_STEM,
        "name in the title": name * titled,
        "title, log times": titled * often,
        "name, log times": name * often,
    }
    if content:
        found |= {
            f"content from sentence {_PLACES[place]}": 1.0,
            "content": 1.0,
            "content, log times": often,
            "content, log sentences": wide,
            "content, first place": first,
        }
    return found


def _home_features(stem: str, homes: Sequence[_SentenceFeatures]) -> dict[str, float]:
    first = homes[0]
    starting = sum(home.starts for home in homes)
    return {
        "sentence: title": max(home.title for home in homes),
        "sentence: central": max(home.central for home in homes),
        "sentence: only quotes": min(home.quote for home in homes),
        "sentence: starts a paragraph": float(starting > 0),
        "sentence: log starts": log(1 + starting),
        "sentence: words": sum(home.words for home in homes) / len(homes),
        "sentence: numbers": max(home.numbers for home in homes),
        "first sentence: title": first.title,
        "first sentence: quote": first.quote,
        "first sentence: words": first.words,
        "number where a paragraph starts": float(has_digit(stem)) * first.starts,
    }


def _from_zero(paragraphs: Sequence[int]) -> list[int]:
    """Number paragraphs anew, so that subheads between them leave no gap."""
    numbers: list[int] = []
    for place, paragraph in enumerate(paragraphs):
        new = place > 0 and paragraph != paragraphs[place - 1]
        numbers.append(numbers[-1] + new if numbers else 0)
    return numbers
