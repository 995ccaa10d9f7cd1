"""Follow an address: what changes there is put into a folder, and read like any delivery."""

import hashlib
import logging
from pathlib import Path
from threading import Event, Thread
from typing import Self

from pipeline.desk.atomic import explained, write_whole
from pipeline.desk.status import Pulse
from pipeline.desk.stopping import StopSignal
from pipeline.errors import FeedError, OutputError
from pipeline.feed.subscription import Subscription

LOG = logging.getLogger(__name__)

_GLANCE_SECONDS = 0.1


class Fetching:
    """A thread that asks an address, so that a slow one delays no brief; used as a context manager.

    Args:
        subscription: the address.
        folder: where each state of it becomes a file, which the desk's spool is then.
        seconds: between two questions.
        pulse: is told what went wrong.
        stop: hears that the command is to end.
    """

    def __init__(
        self,
        subscription: Subscription,
        folder: Path,
        seconds: float,
        pulse: Pulse,
        stop: StopSignal,
    ) -> None:
        self._subscription, self._folder = subscription, folder
        self._seconds, self._pulse, self._stop = seconds, pulse, stop
        self._ended = Event()
        self._asked = Event()
        self._last: str | None = None
        self._thread = Thread(target=self._run, name="fetching", daemon=True)

    def __enter__(self) -> Self:
        """Begin; the first answer, or that there is none, is waited for."""
        with explained(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        self._thread.start()
        while not self._asked.wait(_GLANCE_SECONDS) and not self._stop.is_heard:
            pass
        return self

    def __exit__(self, *_: object) -> None:
        """End, without waiting for an answer that is still out."""
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._ask()
            except (FeedError, OutputError) as error:
                LOG.warning("%s", error)
                self._pulse.last_error = str(error)
            self._asked.set()
            self._ended.wait(self._seconds)

    def _ask(self) -> None:
        """Ask once; put the answer into the folder if it is another one than the last."""
        content = self._subscription.fetch()
        if content is None:
            return
        digest = hashlib.sha256(content).hexdigest()
        if digest != self._last:
            write_whole(self._folder / f"{digest}.xml", content, private=True)
            self._last = digest
