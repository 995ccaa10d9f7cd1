"""Cut a feed into parts, and tell for each record what it is among the versions of its story."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime
from itertools import islice
from types import TracebackType
from typing import Self

from pipeline.feed.register import Entry, Register, Verdict
from pipeline.feed.spool import unspool
from pipeline.feed.stretches import Stretch, Survey
from pipeline.parts.parcel import Order
from pipeline.parts.store import PartStore
from pipeline.records import Article, Fault
from pipeline.temporary import room


class Plan:
    """Takes surveys of all stretches, in order, and gives orders for parts then.

    What the surveys say lies in a temporary file: memory does not grow with the feed.

    Args:
        limit: so many records are taken at most.
    """

    def __init__(self, limit: int | None) -> None:
        self._left = limit
        self._stack = ExitStack()
        self._register = self._stack.enter_context(closing(Register()))
        self._spool = self._stack.enter_context(tempfile.TemporaryFile(buffering=0))  # noqa: SIM115
        self._source: str | None = None
        self._lines, self._ended = 0, False
        self.records = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @property
    def is_full(self) -> bool:
        """Tell whether no further record is wanted."""
        return self._left == 0

    def take(self, stretch: Stretch, survey: Survey) -> None:
        """Take the survey of the next stretch.

        Raises:
            OutputError: if there is no room for temporary files.
        """
        if stretch.source != self._source:
            self._source, self._lines, self._ended = stretch.source, 0, False
        if self._ended:
            return
        for cut, entries in survey.cuts:
            self._keep(replace(cut, passed=cut.passed + self._lines), entries)
        self._lines += survey.lines
        self._ended = survey.ends

    def _keep(self, cut: Stretch, entries: tuple[Entry | None, ...]) -> None:
        if self._left is not None:
            entries = entries[: self._left]
            self._left -= len(entries)
        if not entries:
            return
        for number, entry in enumerate(entries, self.records):
            if entry is not None:
                self._register.enter(entry, number)
        self.records += len(entries)
        with room("the plan of the parts"):
            part = replace(cut, count=len(entries)), entries
            pickle.dump(part, self._spool, pickle.HIGHEST_PROTOCOL)

    def orders(self, now: datetime) -> Iterator[Order]:
        """Yield an order for each part."""
        self._spool.seek(0)
        first = 0
        for number, (cut, entries) in enumerate(unspool(self._spool)):
            verdicts: dict[int, Verdict] = {}
            for index, entry in enumerate(entries):
                if entry is not None:
                    verdict = self._register.judge(entry, first + index)
                    if verdict.standing != "newest":
                        verdicts[index] = verdict
            first += len(entries)
            yield Order(number, cut, verdicts, now)


def carried_orders(
    items: Iterable[Article | Fault], store: PartStore, rows: int, now: datetime
) -> Iterator[tuple[Order, int]]:
    """Yield orders for records that were read and let in here, and how many each has."""
    source, number = iter(items), 0
    while part := list(islice(source, rows)):
        yield Order(number, store.put_inputs(part), {}, now), len(part)
        number += 1
