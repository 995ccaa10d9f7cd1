"""Faults of the feed."""

from pipeline.records import Article, Fault, Place

STAGE = "feed"


def fault(place: Place, reason: str, message: str, remedy: str, name: str | None = None) -> Fault:
    """Return a fault of the feed."""
    return Fault(place, STAGE, reason, message, remedy, name)


def too_long(place: Place, limit: int, name: str | None = None) -> Fault:
    """Return the fault of a record that is longer than any article."""
    message = f"the record has more than {limit:,} characters"
    remedy = "Part it into articles, or set feed.max_characters to more."
    return fault(place, "too_long", message, remedy, name)


def set_aside(article: Article, reason: str, message: str, remedy: str) -> Fault:
    """Return the outcome of an article that is rightly not briefed."""
    return Fault(article.place, STAGE, reason, message, remedy, article.id, is_set_aside=True)
