"""Feed an engine batch by batch; where memory runs out, with smaller batches."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pipeline.backend import Decoding
from pipeline.backends.batching import Shape, plan_batches, plan_fixed
from pipeline.backends.memory import is_out_of_memory
from pipeline.backends.sizing import BatchSize
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
    workers: int

    def submit(self, rows: list[Row], decoding: Decoding) -> Callable[[], list[list[str]]]:
        """Start a batch; the returned function waits for it and gives each row's candidates."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """A submitted batch.

    Attributes:
        places: of its texts.
        result: waits for it.
        alone: no other one runs.
        padded: rows times longest row.
        began: when it was submitted.
    """

    places: list[int]
    result: Callable[[], list[list[str]]]
    alone: bool
    padded: int
    began: float


@dataclass(frozen=True, slots=True)
class Fixed:
    """How batches of a fixed shape are made.

    Attributes:
        shape: of all batches.
        limit: of the model, in tokens.
    """

    shape: Shape
    limit: int


class Feeder(Generic[Row]):
    """Runs batches, and remembers which size fits into memory.

    Args:
        model: name as configured, for messages.
        engine: runs the batches.
        size: of a batch; of no effect on batches of a fixed shape.
        fixed: what shape they have, if it is fixed.

    Attributes:
        effort: what the batches took.
    """

    def __init__(
        self, model: str, engine: Runs[Row], size: BatchSize, fixed: Fixed | None = None
    ) -> None:
        self._model, self._engine = model, engine
        self._size, self._fixed = size, fixed
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
        todo = self._plan(range(len(rows)), lengths)
        waiting: deque[_Batch] = deque()
        while todo or waiting:
            if todo and len(waiting) < (1 if self._size.is_trying else self._in_flight):
                self._since = self._since if waiting else time.perf_counter()
                places = todo.popleft()
                padded = len(places) * max(lengths[place] for place in places)
                batch_rows = [rows[place] for place in places]
                waiting.append(self._submit(places, batch_rows, padded, decoding))
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
                if self._size.passed(batch.padded, time.perf_counter() - batch.began):
                    todo = self._plan([place for places in todo for place in places], lengths)
                yield batch.places, found
                continue
            # Only here is the failed batch's memory free: the error held its frames.
            self._shrink(batch, lengths, reason)
            left = [place for places in (batch.places, *todo) for place in places]
            todo = self._plan(left, lengths)

    def _wait(self, batch: _Batch, lengths: Sequence[int]) -> list[list[str]]:
        """Wait for a batch, and note what it took."""
        written = self._engine.written
        found = batch.result()
        sizes, now = [lengths[place] for place in batch.places], time.perf_counter()
        self.effort.add(sum(sizes), len(sizes) * max(sizes), self._engine.written - written)
        self.effort.seconds += now - self._since
        self._since = now
        return found

    def _plan(self, places: Sequence[int], lengths: Sequence[int]) -> deque[list[int]]:
        """Return batches of places."""
        wanted = [lengths[place] for place in places]
        if self._fixed is not None:
            plan = plan_fixed(wanted, self._fixed.shape, self._fixed.limit)
        else:
            plan = plan_batches(wanted, self._size.tokens, self._engine.workers)
        return deque([places[index] for index in indices] for indices in plan)

    def _submit(
        self, places: list[int], rows: list[Row], padded: int, decoding: Decoding
    ) -> _Batch:
        """Start a batch; an engine that runs it at once may run out of memory here."""
        alone, began = self._in_flight == 1, time.perf_counter()
        try:
            return _Batch(places, self._engine.submit(rows, decoding), alone, padded, began)
        except (MemoryError, RuntimeError, OSError) as error:
            if not is_out_of_memory(error):
                raise
            reason = _first_line(error)

        def fail() -> list[list[str]]:
            raise MemoryError(reason)

        return _Batch(places, fail, alone, padded, began)

    def _shrink(self, batch: _Batch, lengths: Sequence[int], reason: str) -> None:
        """Halve the batch for this and all later texts; a single text is tried once more alone.

        A batch of a fixed shape is never halved, and tried once more alone.
        """
        longest = max(lengths[place] for place in batch.places)
        if len(batch.places) > 1 and self._fixed is None:
            self._size.failed(len(batch.places) // 2 * longest)
            self._shrunk = True
        elif batch.alone:
            strict = self._fixed is not None
            what = "a batch of the fixed shape for texts" if strict else "even one text"
            raise ArticleError(
                "out_of_memory",
                f"{self._model}: memory does not hold {what} of {longest} tokens ({reason})",
                ("Set batching.strict=false, lower" if strict else "Lower")
                + " max_source_tokens, beams or threads, set compute_type=int8 "
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
                self._size.tokens,
                extra=event("batches_halved", batch_tokens=self._size.tokens),
            )


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
