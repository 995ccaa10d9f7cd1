"""The log lines of a run: that it starts, what became of each article, that it ended."""

import logging
from collections.abc import Sequence

from pipeline.events import event
from pipeline.records import Draft, Fault, Json

LOG = logging.getLogger(__name__)


def tell_started(output_dir: str, stages: Sequence[str], fingerprint: str | None) -> None:
    """Say that a run starts."""
    LOG.info(
        "started: %s, into %s",
        ", ".join(stages),
        output_dir,
        extra=event("run_started", stages=list(stages), fingerprint=fingerprint),
    )


def tell_outcome(outcome: Draft | Fault) -> None:
    """Say what became of an article; a brief only to those who want to know everything."""
    if not isinstance(outcome, Fault):
        article = outcome.article
        fields = event("briefed", article=article.id, place=str(article.place))
        LOG.debug("briefed %s", article.id, extra=fields)
        return
    fields = event(
        "set_aside" if outcome.is_set_aside else "fault",
        article=outcome.article_id,
        stage=outcome.stage,
        reason=outcome.reason,
        place=str(outcome.place),
    )
    LOG.log(
        logging.DEBUG if outcome.is_set_aside else logging.INFO,
        "%s%s: %s in %s",
        outcome.place,
        "" if outcome.article_id is None else f", article {outcome.article_id}",
        outcome.reason,
        outcome.stage,
        extra=fields,
    )


def tell_ended(counts: dict[str, Json], seconds: float, status: int) -> None:
    """Say that a run came to its end."""
    LOG.info(
        "ended after %.1f s with status %d: %s",
        seconds,
        status,
        ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items()),
        extra=event("run_ended", **counts, seconds=round(seconds, 3), status=status),
    )
