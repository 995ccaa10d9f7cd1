"""Decide which articles may be worked on: usable ones, whose embargo is over, once each."""

from collections.abc import Callable
from datetime import UTC, datetime

from pipeline.feed.faults import fault
from pipeline.feed.versions import identity
from pipeline.records import Article, Fault


class Gate:
    """Holds back what may not be used, or was seen before.

    Args:
        now: the clock that embargoes are checked against.
    """

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or (lambda: datetime.now(UTC))
        self._seen: set[int] = set()

    def admit(self, article: Article) -> Article | Fault:
        """Return the article, or why it is held back."""
        place, name = article.place, article.id
        key = hash((identity(article), article.version))
        if key in self._seen:
            message = f"id {name} version {article.version} came before"
            remedy = "The first one was used; give a corrected take a higher version."
            return fault(place, "duplicate", message, remedy, name)
        self._seen.add(key)
        if article.status != "usable":
            message = f"status is {article.status}"
            remedy = "Only usable articles are briefed; deliver it again when it is."
            return fault(place, "withheld", message, remedy, name)
        if article.embargo is not None and article.embargo > self._now():
            remedy = "Run again after that time."
            until = f"embargoed until {article.embargo.isoformat()}"
            return fault(place, "embargoed", until, remedy, name)
        return article
