"""Which of two versions of a story is the newer one."""

from datetime import UTC, datetime

from pipeline.records import Article

_NEVER = datetime.min.replace(tzinfo=UTC)

_DIGITS = 40
_EVERY = "~"
"""Comes after all digits."""

Order = tuple[int, datetime, datetime]
"""Version number, its creation, its last touch; compares as the versions follow each other."""


def identity(article: Article) -> tuple[str, str]:
    """Return what stays the same over all versions of a story: provider and id."""
    return (article.provider or "").casefold(), article.id


def order_of(article: Article) -> Order:
    """Return a version's place among the versions of its story.

    Where a format has no versions, or repeats a number, the time of creation decides, then the last
    touch. Numbers need not start at one or follow each other.
    """
    created = article.wire.created or article.published or _NEVER
    return article.version, created, article.wire.updated or created


def digits_of(version: int) -> str:
    """Return a version number so that texts compare as numbers do."""
    return f"{version:0{_DIGITS}d}"


def withdrawn_by(kill: Article) -> str:
    """Return up to which version a kill withdraws, to be compared with `digits_of`.

    It withdraws its own version and those before it, and all that there may ever be if it names
    none: that the wrong text stays is worse than that a right one is missed.
    """
    return digits_of(kill.version) if kill.is_numbered else _EVERY


def rank_of(article: Article) -> str:
    """Return `order_of` as a text that compares like it, for databases."""
    version, created, updated = order_of(article)
    return f"{digits_of(version)} {created.timestamp():020.6f} {updated.timestamp():020.6f}"
