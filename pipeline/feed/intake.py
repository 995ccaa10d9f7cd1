"""Read a feed and let in what may be worked on."""

import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import IO

from pipeline.feed.faults import set_aside
from pipeline.feed.gate import hold, reinstated
from pipeline.feed.language import LanguageCheck
from pipeline.feed.planner import Planner
from pipeline.feed.reader import Reader
from pipeline.feed.register import Register, Verdict, entry_of
from pipeline.feed.spool import unspool
from pipeline.records import Article, Fault
from pipeline.temporary import room

_KEPT = "the feed, while it is read,"


class Intake:
    """A feed without what is held back, was overtaken, or is in another language.

    Args:
        reader: gives the feed.
        language: ISO code of the articles that are let in.
        planner: decides what is made of each.
        is_delivery: several versions of a story may come, in any order: the whole feed is read
            before the first article is let in. A dataset is let in row by row.
        now: the clock that embargoes are checked against.
    """

    def __init__(
        self,
        reader: Reader,
        language: str,
        planner: Planner | None = None,
        *,
        is_delivery: bool = True,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._reader, self._is_delivery = reader, is_delivery
        self._now = now or (lambda: datetime.now(UTC))
        self._preparation = Preparation(language, planner or Planner())

    def articles(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each item of the feed.

        Raises:
            OutputError: if there is no room for temporary files.
        """
        yield from map(self._preparation.prepare, self.admitted())

    def admitted(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each item, whatever its language."""
        with closing(Register()) as register:
            if not self._is_delivery:
                for number, item in enumerate(self._reader.read()):
                    if isinstance(item, Article):
                        register.enter(entry_of(item), number)
                    yield self._admit(register, item, number)
                return
            with tempfile.TemporaryFile(buffering=0) as spool:  # closing has nothing to write
                self._take(register, spool)
                for number, item in enumerate(unspool(spool)):
                    yield self._admit(register, item, number)

    def _take(self, register: Register, spool: IO[bytes]) -> None:
        """Read the whole feed, once: a pipe cannot be read again, and a folder may change."""
        for number, item in enumerate(self._reader.read()):
            if isinstance(item, Article):
                register.enter(entry_of(item), number)
            with room(_KEPT):
                pickle.dump(item, spool, pickle.HIGHEST_PROTOCOL)
        with room(_KEPT):
            spool.seek(0)

    def _admit(self, register: Register, item: Article | Fault, number: int) -> Article | Fault:
        if isinstance(item, Fault):
            return item
        return admit(item, register.judge(entry_of(item), number), self._now())


class Preparation:
    """What is done to an article for itself before it is worked on.

    Args:
        language: ISO code of the articles that are let in.
        planner: decides what is made of each.
    """

    def __init__(self, language: str, planner: Planner) -> None:
        self._language, self._planner, self._check = language, planner, LanguageCheck()

    def prepare(self, item: Article | Fault) -> Article | Fault:
        """Return an admitted article as it is worked on, or as a fault of its language."""
        if isinstance(item, Fault):
            return item
        return self._check.examine(self._planner.plan(item), self._language)


def admit(article: Article, verdict: Verdict, now: datetime) -> Article | Fault:
    """Return the article, or why it is not let in.

    Args:
        article: as it was delivered.
        verdict: what it is among the versions of its story.
        now: the time that embargoes are checked against.
    """
    held = _overtaken(article, verdict) or hold(article, now)
    if held is None and verdict.standing == "reinstated":
        return reinstated(article)
    return held or article


def _overtaken(article: Article, verdict: Verdict) -> Fault | None:
    """Return why a version is not the one that counts."""
    name, version = article.id, article.version
    match verdict.standing:
        case "duplicate":
            message = f"id {name} version {version} came before"
            remedy = "The first one was used; give a corrected take a higher version."
        case "superseded":
            newest = f"version {verdict.newest}"
            by = f"a later delivery of {newest}" if str(version) == verdict.newest else newest
            message = f"version {version} was overtaken by {by}"
            remedy = "Nothing is to be done: the newest version counts."
        case "killed" if article.status != "canceled":
            message = f"version {version} was withdrawn"
            remedy = "Nothing is to be done: a higher usable version would reinstate the story."
        case _:
            return None
    return set_aside(article, verdict.standing, message, remedy)
