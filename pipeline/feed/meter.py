"""Count what a feed yields, and the time that reading takes."""

import time
from collections.abc import Iterable, Iterator

from pipeline.records import Article, Fault


class FeedMeter:
    """Passes records on and counts them.

    Attributes:
        entered: records read.
        set_aside: those that are rightly not briefed.
        faults: the others that became no article.
        seconds: time spent reading.
    """

    def __init__(self) -> None:
        self.entered = self.set_aside = self.faults = 0
        self.seconds = 0.0

    def watch(self, source: Iterable[Article | Fault]) -> Iterator[Article | Fault]:
        """Yield what the source yields."""
        items = iter(source)
        while True:
            started = time.perf_counter()
            try:
                item = next(items)
            except StopIteration:
                return
            finally:
                self.seconds += time.perf_counter() - started
            self.entered += 1
            if isinstance(item, Fault):
                self.set_aside += item.is_set_aside
                self.faults += not item.is_set_aside
            yield item

    def add(self, entered: int, set_aside: int, faults: int, seconds: float) -> None:
        """Count records that were read elsewhere."""
        self.entered += entered
        self.set_aside += set_aside
        self.faults += faults
        self.seconds += seconds
