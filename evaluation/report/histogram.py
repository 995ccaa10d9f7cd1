"""Distributions of scores, counted as a stream: memory does not grow with the articles."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

_FINEST = 1000
"""Buckets are counted in thousandths, as whole numbers, so that merging them stays exact."""

_BUCKETS = 512
_FEW = 400
"""Below so many values, half as many bars."""

_BARS = 40
_LARGEST = 1e15
WIDTH = 240.0
HEIGHT = 64.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the drawing: its place in units of the SVG, and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    count: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """What is drawn of one score.

    Attributes:
        low, high: ends of the axis.
        mean_x: where the mean stands, in units of the SVG.
    """

    name: str
    count: int
    mean: float
    least: float
    most: float
    low: float
    high: float
    mean_x: float
    bars: tuple[Bar, ...]


@dataclass(slots=True)
class Tally:
    """Counts values in buckets that grow coarser as the range widens."""

    name: str
    count: int = 0
    total: float = 0.0
    least: float = math.inf
    most: float = -math.inf
    _width: int = 1
    _buckets: Counter[int] = field(default_factory=Counter)

    def add(self, value: float) -> None:
        """Count a value; `nan`, infinity and what is beyond 1e15 are no values."""
        if not abs(value) <= _LARGEST:
            return
        self.count += 1
        self.total += value
        self.least = min(self.least, value)
        self.most = max(self.most, value)
        self._buckets[_thousandths(value) // self._width] += 1
        if len(self._buckets) > _BUCKETS:
            width = next(width for width in _widths() if width > self._width)
            self._buckets = _merge(self._buckets, width // self._width)
            self._width = width

    def draw(self) -> Histogram | None:
        """Lay the bars out; `None` if nothing was counted."""
        if not self.count:
            return None
        unit = self.least >= 0 and self.most <= 1
        most_bars = _BARS if self.count >= _FEW else _BARS // 2
        first, last = (
            (0, _FINEST - 1)
            if unit
            else (
                min(self._buckets) * self._width,
                max(self._buckets) * self._width,
            )
        )
        width = next(
            width
            for width in _widths()
            if width % self._width == 0 and last // width - first // width < most_bars
        )
        start, stop = first // width, last // width + 1
        counts: Counter[int] = Counter()
        for bucket, number in _merge(self._buckets, width // self._width).items():
            counts[min(bucket, stop - 1)] += number
        low, high = start * width / _FINEST, stop * width / _FINEST
        mean = min(max(self.total / self.count, self.least), self.most)
        return Histogram(
            name=self.name,
            count=self.count,
            mean=mean,
            least=self.least,
            most=self.most,
            low=low,
            high=high,
            mean_x=round((mean - low) / (high - low) * WIDTH, 2),
            bars=tuple(_bars(counts, start, stop, width)),
        )


def _thousandths(value: float) -> int:
    return math.floor(value * _FINEST + 1e-9)


def _widths() -> Iterator[int]:
    """Yield 1, 5, 10, 50, 100, ... thousandths: each divides all that follow."""
    for power in count():
        yield 10**power
        yield 5 * 10**power


def _merge(buckets: Counter[int], factor: int) -> Counter[int]:
    merged: Counter[int] = Counter()
    for bucket, number in buckets.items():
        merged[bucket // factor] += number
    return merged


def _bars(counts: Counter[int], start: int, stop: int, width: int) -> Iterator[Bar]:
    step = WIDTH / (stop - start)
    tallest = max(counts.values())
    for bucket in range(start, stop):
        if number := counts[bucket]:
            height = round(max(number / tallest * HEIGHT, 1.0), 2)
            yield Bar(
                x=round((bucket - start) * step + 0.5, 2),
                y=round(HEIGHT - height, 2),
                width=round(step - 1, 2),
                height=height,
                count=number,
                low=bucket * width / _FINEST,
                high=(bucket + 1) * width / _FINEST,
            )
