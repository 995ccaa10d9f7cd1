"""Brief what is due: by the models, or from what is known of the same text."""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Protocol

from pipeline.desk.agenda import Item
from pipeline.desk.stopping import StopSignal
from pipeline.errors import BackendError, MemoError
from pipeline.events import event, unquoted
from pipeline.execution.passing import Observer
from pipeline.feed.language import LanguageCheck
from pipeline.feed.planner import Planner
from pipeline.fingerprint import canonical_json
from pipeline.records import Article, Draft, Fault
from pipeline.settings import Settings

LOG = logging.getLogger(__name__)


class Execution(Protocol):
    """Drives articles through the stages."""

    def run(self, source: Iterable[Article | Fault], observer: Observer) -> Iterator[Draft | Fault]:
        """Yield one outcome for each input, in order."""


class _Nobody:
    """Does not want to know how far a batch is."""

    def expect(self, total: int) -> None:
        """Ignore it."""

    def advance(self, stage: str, count: int) -> None:
        """Ignore it."""


class Briefing:
    """Makes briefs of items.

    Args:
        execution: drives articles through the stages.
        planner: decides what is made of each article.
        language: ISO code of the articles that are briefed.
        retries: tries of a batch after one that failed as a whole.
        retry_seconds: wait before the first of them.
        stop: ends a batch early.
    """

    def __init__(
        self,
        execution: Execution,
        planner: Planner,
        language: str,
        retries: int,
        retry_seconds: float,
        stop: StopSignal,
    ) -> None:
        self._execution, self._planner = execution, planner
        self._language, self._stop = language, stop
        self._retries, self._retry_seconds = retries, retry_seconds
        self._check = LanguageCheck()

    def make(self, items: Sequence[Item]) -> list[Draft | Fault]:
        """Return one outcome for each item, in order.

        Raises:
            Stopped: if the command is to end; nothing is made then.
            WirebriefError: if models or memo cannot be used, after all tries.
        """
        wait = self._retry_seconds
        for _ in range(self._retries):
            try:
                return self._try(items)
            except (BackendError, MemoError) as error:
                LOG.warning(
                    "a batch failed, the next try is in %g seconds: %s",
                    wait,
                    unquoted(error),
                    extra=event("retry", articles=[item.article.id for item in items]),
                )
            self._stop.wait(wait)
            wait *= 2
        return self._try(items)

    def _try(self, items: Sequence[Item]) -> list[Draft | Fault]:
        with self._stop.interrupting():
            planned = [self._planner.plan(item.article) for item in items]
            checked = [self._check.examine(article, self._language) for article in planned]
            inputs = [
                found
                for item, found in zip(items, checked, strict=True)
                if isinstance(found, Article) and item.known is None
            ]
            made = iter(list(self._execution.run(inputs, _Nobody())))
        outcomes: list[Draft | Fault] = []
        for item, found in zip(items, checked, strict=True):
            if isinstance(found, Fault):
                outcomes.append(found)
            elif item.known is not None:
                outcomes.append(replace(item.known, article=found))
            else:
                outcomes.append(next(made))
        return outcomes


def recipe_of(settings: Settings) -> str:
    """Digest the settings that decide how a text is briefed."""
    parts = {
        name: asdict(getattr(settings, name))
        for name in (
            "sentences",
            "translation",
            "extractive",
            "abstractive",
            "scoring",
            "languages",
            "treatment",
        )
    }
    steps = [step.value for step in settings.stages]
    text = canonical_json([parts, steps, settings.order])
    return hashlib.sha256(text.encode()).hexdigest()
