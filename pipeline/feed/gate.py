"""Hold back what may not be used yet, or at all; let in what replaces it."""

from dataclasses import replace
from datetime import datetime

from pipeline.feed.faults import STAGE, set_aside
from pipeline.records import Article, Caution, Fault


def hold(article: Article, now: datetime) -> Fault | None:
    """Return why an article is held back, `None` if it may be used.

    Only a time that the format gives ends an embargo. Where only the prose speaks of one, the
    article is held until it comes without: times in prose lack year and zone, and converters are
    known to print wrong days.
    """
    if article.status == "canceled":
        when = f" on {article.wire.created.isoformat()}" if article.wire.created else ""
        what = f" with version {article.version}, and every version before it"
        message = f"withdrawn{when}{what if article.is_numbered else ', every version of it'}"
        return set_aside(article, "killed", message, "Withdraw what was made of it elsewhere.")
    if article.status != "usable":
        remedy = "Only usable articles are briefed; deliver it again when it is."
        return set_aside(article, "withheld", f"status is {article.status}", remedy)
    if article.embargo is not None and article.embargo > now:
        until = f"embargoed until {article.embargo.isoformat()}"
        return set_aside(article, "embargoed", until, "Run again after that time.")
    if article.embargo is None and article.wire.embargo_text is not None:
        message = "its text speaks of an embargo, and no field says until when"
        remedy = "Deliver it again with a time of embargo, or without the note once it is free."
        return set_aside(article, "embargoed", message, remedy)
    return None


def reinstated(article: Article) -> Article:
    """Warn of a version that is newer than one that was withdrawn."""
    message = "an earlier version was withdrawn; this one is newer"
    caution = Caution("reinstated", STAGE, message)
    return replace(article, warnings=(*article.warnings, caution))
