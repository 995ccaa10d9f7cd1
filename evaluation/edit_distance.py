"""Edit distances of word lists to a target, in a band around the diagonal of the matrix.

All words of the target are computed at once, a bit for each (Hyyrö 2003). The band is sacrebleu's:
what is outside is never reached. In the bits, cells above the band cost one more each than the last
inside, and the cell below it one more than the first inside; so no cell inside is cheaper to reach
from there than from its neighbours in the band.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

_WIDTH = 25
"""Cells of the band on either side of the diagonal."""


@dataclass(frozen=True, slots=True)
class Column:
    """The distances of some first words to the first words of the target, as differences.

    Attributes:
        up, down: bits of target words with which the distance grows or falls.
        free: bits of target words where the step along the diagonal costs nothing.
        grown: bits of target words to which the distance grew with the last word.
        distance: to the whole target.
    """

    up: int
    down: int
    free: int
    grown: int
    distance: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which words belong together, by one cheapest way to turn words into the target.

    Attributes:
        places: for each target word, the index of the last word up to it; -1 if there is none.
        wrong_target, wrong_words: how many of the first 0, 1, 2, ... are not matched.
    """

    places: list[int]
    wrong_target: list[int]
    wrong_words: list[int]


@dataclass(frozen=True, slots=True)
class _Band:
    """What of a column counts: cells from `low` to below `high`; the rest says it in bits.

    Attributes:
        equal: bits of target words that may match.
        above: bits that are left of the column before.
        edge: bit with which the distance falls into the band, where the band does not move.
        lead: bit of the lowest target word.
    """

    low: int
    high: int
    equal: int
    above: int
    edge: int
    lead: int


class EditDistance:
    """Edit distances to one target, which has a word at least, of lists of one length."""

    def __init__(self, target: Sequence[str], length: int) -> None:
        self._target = target
        self._size = len(target)
        self._bands = list(_bands(length, self._size))
        self._bits: dict[str, int] = {}
        for index, word in enumerate(target):
            self._bits[word] = self._bits.get(word, 0) | 1 << index

    def columns(self, words: Sequence[str]) -> list[Column]:
        """Return the column before the first word, and behind each."""
        found = [Column((1 << self._size) - 1, 0, 0, 0, self._size)]
        for number, word in enumerate(words):
            found.append(self._behind(found[-1], number, [word]))
        return found

    def distance(self, column: Column, words: Sequence[str], kept: int) -> int:
        """Return the distance of words of which the first `kept` led to a column."""
        return self._behind(column, kept, words[kept:]).distance

    def align(self, words: Sequence[str], columns: Sequence[Column]) -> Alignment:
        """Walk back along one cheapest way: replace rather than drop, drop rather than add."""
        left, row = len(words), self._size
        places = [-1] * row
        wrong_target, wrong_words = [0] * (row + 1), [0] * (left + 1)
        while left or row:
            band, column, bit = self._bands[left - 1], columns[left], 1 << row >> 1
            same = left and row and words[left - 1] == self._target[row - 1]
            diagonal = left and row and band.low < row <= band.high
            if diagonal and (same or not column.free & bit):
                wrong_target[row] = wrong_words[left] = int(not same)
                places[row - 1] = left - 1
                left, row = left - 1, row - 1
            elif left and (not row or (row < band.high and column.grown & bit)):
                wrong_words[left] = 1
                left -= 1
            else:
                wrong_target[row] = 1
                places[row - 1] = left - 1
                row -= 1
        return Alignment(places, list(accumulate(wrong_target)), list(accumulate(wrong_words)))

    def _behind(self, column: Column, number: int, words: Sequence[str]) -> Column:
        up, down, distance = column.up, column.down, column.distance
        free, grown = column.free, column.grown
        every, last = (1 << self._size) - 1, 1 << self._size >> 1
        bits, bands = self._bits, self._bands[number + 1 : number + 1 + len(words)]
        for word, band in zip(words, bands, strict=True):
            equal = bits.get(word, 0) & band.equal
            up &= band.above
            down |= band.edge
            free = ((((equal & up) + up) ^ up) | equal | down) & every
            grown = down | (every ^ (free | up))
            fallen = free & up
            if grown & last:
                distance += 1
            elif fallen & last:
                distance -= 1
            moved = grown << 1 | band.lead
            up = (fallen << 1 | ~(free | moved)) & every
            down = moved & free
        return Column(up, down, free, grown, distance)


def _bands(length: int, size: int) -> Iterator[_Band]:
    """Yield the band of each column; that before the first word is whole."""
    ratio = size / length if length else 1.0
    width = _WIDTH if ratio / 2 <= _WIDTH else math.ceil(ratio / 2 + _WIDTH)
    before = _Band(0, size + 1, 0, 0, 0, 1)
    yield before
    for number in range(1, length + 1):
        middle = math.floor(number * ratio)
        low = max(0, middle - width)
        high = size + 1 if number == length else min(size + 1, middle + width)
        still = low > 0 and low == before.low
        lead = 1 << max(low - 1, 0)
        above = -lead * 2 if still else -lead
        reached = (1 << min(before.high, high - 1)) - 1
        before = _Band(low, high, above & reached, above, lead if still else 0, lead)
        yield before
