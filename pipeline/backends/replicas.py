"""Copies of a model on several devices, each working on a batch of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Generic, TypeVar

from pipeline.backends.memory import is_out_of_memory

Model = TypeVar("Model")
Made = TypeVar("Made")


class Replicas(Generic[Model]):
    """Runs a batch on whichever copy is free; a single copy runs it at once, in this thread.

    Args:
        models: copies, one on each device.
    """

    def __init__(self, models: Sequence[Model]) -> None:
        self._free: SimpleQueue[Model] = SimpleQueue()
        for model in models:
            self._free.put(model)
        many = len(models) > 1
        self._threads = ThreadPoolExecutor(len(models), "replica") if many else None

    def start(self, run: Callable[[Model], Made]) -> Callable[[], Made]:
        """Start work on a copy; the returned function waits for it and gives what it made."""
        if self._threads is not None:
            return self._threads.submit(self._run, run).result
        made = self._run(run)
        return lambda: made

    def close(self) -> None:
        """Wait for what is running."""
        if self._threads is not None:
            self._threads.shutdown()

    def _run(self, run: Callable[[Model], Made]) -> Made:
        model = self._free.get()
        try:
            return run(model)
        except (MemoryError, RuntimeError, OSError) as error:
            if not is_out_of_memory(error):
                raise
            failed = error.with_traceback(None)  # its frames hold the batch's memory
        finally:
            self._free.put(model)
        raise failed
