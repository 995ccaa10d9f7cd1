"""Split a sentence that a model cannot read whole, at the places where it hurts least."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

_CONJUNCTIONS = (
    "und|oder|aber|denn|sondern|weil|dass|da|wenn|als|ob|obwohl|während|nachdem|bevor|damit|sodass"
    "|wobei|wo|der|die|das|and|or|but|because|that|which|who|while|when|after|before|although|so"
)
_CLOSERS = "[\"'“”’»«)]*+"

# A kind of place to cut in each group; the cut is where the match ends.
_CUTS = re.compile(
    rf"(?P<stop>[!?;]{_CLOSERS}\s++|\n\s*+)"
    r"|(?P<colon>:\s++)"
    r"|(?P<dash>(?<=\s[-–—])\s++)"
    rf"|(?P<clause>,{_CLOSERS}\s++(?=(?:{_CONJUNCTIONS})\b))"
    rf"|(?P<comma>,{_CLOSERS}\s++)"
    r"|(?P<loose>[\d.]\s++)"
    r"|(?P<joint>\s++(?=(?:und|oder|sowie|and|or)\s))"
    r"|(?P<space>\s++)"
)

# What a kind of cut costs, in shares of a piece's length away from its ideal end.
_COSTS = {
    "stop": 0.0,
    "colon": 0.05,
    "dash": 0.1,
    "clause": 0.1,
    "comma": 0.2,
    "joint": 0.3,
    "space": 0.6,
    "loose": 0.9,  # between a number or an abbreviation and its noun
}
_ONE_MORE_PIECE = 0.3
_SHORTEST = 0.3  # of a piece's ideal length, unless there is no other place to cut
_CLUSTER = 32  # characters that a letter and its accents, or an emoji, have at most
_JOINER = "\u200d"


Fits = Callable[[str], bool]


def split_long(sentence: str, fits: Fits) -> list[str]:
    """Split `sentence` into pieces that satisfy `fits`: few, and of similar length.

    It is cut behind semicolons, colons, dashes and commas, best in front of a conjunction; at
    spaces if there is nothing better; inside a word only if the word is too long itself. White
    space at the cuts is all that is dropped. `fits` should accept what is shorter than something
    it accepts; a single character is returned even if it does not fit.
    """
    text = sentence.strip()
    if not text:
        return []
    if fits(text):
        return [text]
    cuts = _find_cuts(text)
    pieces: list[str] = []
    first, count = 0, 8
    while first < len(cuts):
        start = cuts[first - 1].end if first else 0
        count = _count_fitting(text, start, cuts, first, count, fits)
        if count:
            chosen = _choose(text, start, cuts, range(first, first + count), fits)
            pieces.append(_piece(text, start, cuts[chosen].end))
        else:
            chosen = first
            pieces += _cut_word(_piece(text, start, cuts[first].end), fits)
        first, count = chosen + 1, max(1, count)
    return pieces


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place to cut, behind the white space there, and what cutting there costs."""

    end: int
    cost: float


def _find_cuts(text: str) -> list[_Cut]:
    """Return all places to cut, the text's end as the last."""
    found = [_Cut(match.end(), _COSTS[match.lastgroup or ""]) for match in _CUTS.finditer(text)]
    return [*found, _Cut(len(text), 0.0)]


def _piece(text: str, start: int, end: int) -> str:
    return text[start:end].rstrip()


def _count_fitting(
    text: str, start: int, cuts: list[_Cut], first: int, guess: int, fits: Fits
) -> int:
    """Return how many cuts from `first` on make a piece that fits; `guess` speeds that up."""

    def fit(count: int) -> bool:
        return fits(_piece(text, start, cuts[first + count - 1].end))

    return _largest(fit, guess, len(cuts) - first)


def _largest(holds: Callable[[int], bool], guess: int, most: int) -> int:
    """Return the largest number up to `most` that `holds`, or 0, by doubling and halving."""
    low, high = 0, most + 1
    while high - low > 1:
        guess = min(max(guess, low + 1), high - 1)
        if holds(guess):
            low = guess
        else:
            high = guess
        guess = (low + high) // 2 if high <= most else 2 * low
    return low


def _choose(text: str, start: int, cuts: list[_Cut], fitting: range, fits: Fits) -> int:
    """Return the index of the best cut in `fitting`."""
    last = fitting[-1]
    longest, rest = cuts[last].end - start, len(text) - start
    if longest == rest:
        return last
    pieces = ceil(rest / longest)
    ideal = rest / pieces

    def cost(index: int) -> float:
        length = cuts[index].end - start
        extra = _ONE_MORE_PIECE if rest - length > (pieces - 1) * longest else 0.0
        short = 1.0 if length < _SHORTEST * ideal else 0.0
        return abs(length - ideal) / ideal + cuts[index].cost + extra + short

    best = min(fitting, key=cost)
    return best if fits(_piece(text, start, cuts[best].end)) else last


def _cut_word(word: str, fits: Fits) -> list[str]:
    """Cut a word that is too long into equal parts, tearing no accent or emoji apart."""
    parts, start, longest = [], 0, 64
    while start < len(word):

        def fit(length: int, start: int = start) -> bool:
            return fits(word[start : start + length])

        rest = len(word) - start
        longest = max(1, _largest(fit, longest, rest))
        end = _before_marks(word, start, start + ceil(rest / ceil(rest / longest)))
        parts.append(word[start:end])
        start = end
    return parts


def _before_marks(word: str, start: int, end: int) -> int:
    """Move `end` back to where a letter with its accents, or an emoji, ends."""
    for place in range(end, max(start, end - _CLUSTER), -1):
        if place == len(word) or not _continues(word, place):
            return place
    return end


def _continues(word: str, place: int) -> bool:
    character = word[place]
    is_mark = unicodedata.category(character).startswith("M")  # variation selectors as well
    return is_mark or character == _JOINER or word[place - 1] == _JOINER
