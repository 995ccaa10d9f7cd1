"""Have several sides do the same work by turns, so that all have the same load on the machine."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """What a side did: units of work, such as tokens, and how long it took."""

    units: float
    seconds: float

    @property
    def speed(self) -> float:
        """Return units in a second."""
        return self.units / self.seconds


Side = Callable[[], Turn]


def timed(work: Callable[[], float]) -> Turn:
    """Time work that returns its units."""
    gc.collect()
    started = time.perf_counter()
    units = work()
    return Turn(units, time.perf_counter() - started)


def take_turns(sides: Mapping[str, Side], repetitions: int) -> dict[str, list[Turn]]:
    """Return each side's turns; every repetition begins with another side."""
    turns: dict[str, list[Turn]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(repetitions):
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            turns[name].append(sides[name]())
    return turns


def ratios(ours: Sequence[Turn], theirs: Sequence[Turn]) -> tuple[float, ...]:
    """Return how many times as fast we were, repetition by repetition."""
    return tuple(one.speed / other.speed for one, other in zip(ours, theirs, strict=True))
