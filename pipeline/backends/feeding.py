"""Feed an engine batch by batch; where memory runs out, with smaller batches."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pipeline.backend import Decoding
from pipeline.backends.batching import plan_batches
from pipeline.backends.memory import is_out_of_memory
from pipeline.errors import ArticleError
from pipeline.events import event
from pipeline.stage import Effort

LOG = logging.getLogger(__name__)

Row = TypeVar("Row")
"""A source text as the engine wants it."""


class Runs(Protocol[Row]):
    """The part of an engine that runs batches."""

    queue: int
    written: int

    def submit(self, rows: list[Row], decoding: Decoding) -> Callable[[], list[list[str]]]:
        """Start a batch; the returned function waits for it and gives each row's candidates."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """A submitted batch: the places of its texts, how to wait for it, whether it runs alone."""

    places: list[int]
    result: Callable[[], list[list[str]]]
    alone: bool


class Feeder(Generic[Row]):
    """Runs batches, and remembers which size fits into memory.

    Args:
        model: name as configured, for messages.
        engine: runs the batches.
        batch_tokens: padded source tokens in one batch, to begin with.

    Attributes:
        effort: what the batches took.
    """

    def __init__(self, model: str, engine: Runs[Row], batch_tokens: int) -> None:
        self._model, self._engine = model, engine
        self._budget = batch_tokens
        self._in_flight = engine.queue + 1
        self.effort = Effort()
        self._since = 0.0
        self._shrunk = self._told = False

    def run(
        self, rows: Sequence[Row], lengths: Sequence[int], decoding: Decoding
    ) -> Iterator[tuple[list[int], list[list[str]]]]:
        """Yield, batch by batch, the places of its rows and the candidates for each.

        Raises:
            ArticleError: if a single text does not fit into memory.
        """
        todo = deque(plan_batches(lengths, self._budget))
        waiting: deque[_Batch] = deque()
        while todo or waiting:
            if todo and len(waiting) < self._in_flight:
                self._since = self._since if waiting else time.perf_counter()
                places = todo.popleft()
                waiting.append(self._submit(places, [rows[place] for place in places], decoding))
                continue
            batch = waiting.popleft()
            try:
                found = self._wait(batch, lengths)
            except (MemoryError, RuntimeError, OSError) as error:
                if not is_out_of_memory(error):
                    raise
                reason = _first_line(error)
            else:
                self._tell()
                yield batch.places, found
                continue
            # Only here is the failed batch's memory free: the error held its frames.
            self._shrink(batch, lengths, reason)
            left = [place for places in (batch.places, *todo) for place in places]
            plan = plan_batches([lengths[place] for place in left], self._budget)
            todo = deque([left[index] for index in indices] for indices in plan)

    def _wait(self, batch: _Batch, lengths: Sequence[int]) -> list[list[str]]:
        """Wait for a batch, and note what it took."""
        written = self._engine.written
        found = batch.result()
        sizes, now = [lengths[place] for place in batch.places], time.perf_counter()
        self.effort.add(sum(sizes), len(sizes) * max(sizes), self._engine.written - written)
        self.effort.seconds += now - self._since
        self._since = now
        return found

    def _submit(self, places: list[int], rows: list[Row], decoding: Decoding) -> _Batch:
        """Start a batch; an engine that runs it at once may run out of memory here."""
        alone = self._in_flight == 1
        try:
            return _Batch(places, self._engine.submit(rows, decoding), alone)
        except (MemoryError, RuntimeError, OSError) as error:
            if not is_out_of_memory(error):
                raise
            reason = _first_line(error)

        def fail() -> list[list[str]]:
            raise MemoryError(reason)

        return _Batch(places, fail, alone)

    def _shrink(self, batch: _Batch, lengths: Sequence[int], reason: str) -> None:
        """Halve the batch for this and all later texts; a single text is tried once more alone."""
        longest = max(lengths[place] for place in batch.places)
        if len(batch.places) > 1:
            self._budget = len(batch.places) // 2 * longest
            self._shrunk = True
        elif batch.alone:
            raise ArticleError(
                "out_of_memory",
                f"{self._model}: memory does not hold even one text of {longest} tokens ({reason})",
                "Lower max_source_tokens, beams or threads, set compute_type=int8 "
                "(engine=ctranslate2), take device=cpu or a smaller model.",
            )
        else:
            self._in_flight = 1

    def _tell(self) -> None:
        """Tell once that batches are smaller now, when one has passed."""
        if self._shrunk and not self._told:
            self._told = True
            LOG.warning(
                "%s: memory ran out, so batches are smaller from here on. Set batch_tokens=%d to "
                "begin so.",
                self._model,
                self._budget,
                extra=event("batches_halved", batch_tokens=self._budget),
            )


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
