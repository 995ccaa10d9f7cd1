"""The desk's loop: look, read, release, brief, publish."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.desk.agenda import Agenda, Item
from pipeline.desk.briefing import Briefing
from pipeline.desk.paper import Paper
from pipeline.desk.spool import Spool
from pipeline.desk.status import Pulse
from pipeline.desk.stopping import Stopped, StopSignal
from pipeline.desk.tray import Tray
from pipeline.desk_settings import WatchSettings
from pipeline.errors import FeedError
from pipeline.events import event
from pipeline.records import Draft, Fault
from pipeline.stage import Stage

LOG = logging.getLogger(__name__)

_SLICE_SECONDS = 0.5
_LONGEST_SLICE_SECONDS = 2.0
_FADING = 0.7
_FORGET_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Parts:
    """What a desk is put together from.

    Attributes:
        spool: where deliveries come in.
        tray: takes them into the database.
        agenda: tells what is to be briefed.
        briefing: briefs it.
        paper: publishes it.
        stop: hears that the desk is to close.
        pulse: is told how the desk is.
        stages: count what models made.
        now: the clock that embargoes are checked against.
    """

    spool: Spool
    tray: Tray
    agenda: Agenda
    briefing: Briefing
    paper: Paper
    stop: StopSignal
    pulse: Pulse
    stages: Sequence[Stage]
    now: Callable[[], datetime]


class Desk:
    """Works until it is told to stop, or, if so wanted, until nothing is left to do.

    Each step leaves the database and the files such that the process may be killed after or within
    it: deliveries are in the spool until they are in the database, and what stands in the database
    but not yet in a file is marked there.
    """

    def __init__(self, parts: Parts, settings: WatchSettings) -> None:
        self._parts, self._settings = parts, settings
        self._next_look = self._next_forget = 0.0
        self._slice = _SLICE_SECONDS
        self._pace = settings.batch_seconds
        """Seconds for an article: of the slow ones among the last, as a flash is made quickly."""

    def run(self) -> None:
        """Work.

        Raises:
            WirebriefError: if models cannot be used, the disk is full, or similar.
        """
        parts = self._parts
        parts.pulse.state = "running"
        try:
            while not parts.stop.is_heard:
                if not self.step():
                    waits = parts.spool.waits or parts.tray.waits
                    if self._settings.until_idle and not waits:
                        parts.pulse.state = "idle"
                        return
                    parts.stop.wait(max(0.0, self._next_look - time.monotonic()))
        except Stopped:
            LOG.info("a batch was given up; the next start takes it up again")
        parts.pulse.state = "stopped"

    def step(self) -> bool:
        """Do a bit of everything; tell whether there was anything to do."""
        parts = self._parts
        self._look()
        parts.tray.work(self._slice)
        parts.agenda.release(parts.now())
        written = parts.paper.publish()
        briefed = self._brief()
        self._forget()
        return bool(briefed or written or not parts.tray.is_empty)

    def _look(self) -> None:
        """Look into the spool, if it is time to."""
        moment = time.monotonic()
        if moment < self._next_look:
            return
        parts = self._parts
        self._next_look = moment + self._settings.poll_seconds
        try:
            parts.tray.put(parts.spool.look(parts.tray, moment))
        except FeedError as error:
            if self._settings.until_idle:
                raise
            if parts.pulse.last_error != str(error):
                LOG.warning("%s", error)
            parts.pulse.last_error = str(error)
            return
        parts.pulse.last_poll = parts.now().timestamp()

    def _brief(self) -> int:
        parts = self._parts
        fitting = int(self._settings.batch_seconds / self._pace)
        most = max(1, min(fitting, self._settings.batch))
        items = parts.agenda.next(most, parts.now())
        if not items:
            self._slice = _SLICE_SECONDS
            return 0
        began = time.monotonic()
        outcomes = parts.briefing.make(items)
        seconds = time.monotonic() - began
        self._slice = min(max(seconds, _SLICE_SECONDS), _LONGEST_SLICE_SECONDS)
        self._pace = max(seconds / len(items), self._pace * _FADING, 1e-6)
        for item, outcome in zip(items, outcomes, strict=True):
            parts.agenda.finish(item, outcome, parts.now())
        parts.paper.publish()
        self._tell(items, outcomes, seconds)
        return len(items)

    def _tell(
        self, items: Sequence[Item], outcomes: Sequence[Draft | Fault], seconds: float
    ) -> None:
        pulse, stages = self._parts.pulse, self._parts.stages
        pulse.model_outputs = sum(stage.usage.made for stage in stages)
        pulse.reused_outputs = sum(stage.usage.reused for stage in stages)
        for item, outcome in zip(items, outcomes, strict=True):
            name = f"{item.article.provider or '-'} {item.article.id} v{item.article.version}"
            if isinstance(outcome, Fault):
                fields = event(
                    "set_aside" if outcome.is_set_aside else "fault",
                    article=item.article.id,
                    stage=outcome.stage,
                    reason=outcome.reason,
                    place=str(outcome.place),
                )
                LOG.warning("%s: %s in %s", name, outcome.reason, outcome.stage, extra=fields)
                if not outcome.is_set_aside:
                    pulse.last_error = f"{name}: {outcome.reason}"
                continue
            waited = self._parts.now().timestamp() - item.entered
            pulse.last_brief_seconds = round(waited, 1)
            fields = event("briefed", article=item.article.id, seconds=round(waited, 1))
            LOG.info("briefed %s, %.1f s after it came in", name, waited, extra=fields)
        LOG.debug("a batch of %d took %.1f s", len(items), seconds)

    def _forget(self) -> None:
        moment = time.monotonic()
        if moment >= self._next_forget:
            self._next_forget = moment + _FORGET_SECONDS
            self._parts.agenda.forget(self._parts.now(), self._settings.keep_days)
            self._parts.tray.forget_vanished()
