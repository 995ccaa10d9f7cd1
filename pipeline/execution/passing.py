"""Pass drafts through one stage: together, or one by one where that fails for a reason of one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from pipeline.errors import ArticleError, WirebriefError
from pipeline.records import Draft, Fault
from pipeline.stage import Stage

LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class StageCounts:
    """What went through a stage: `entered` drafts, of which `faults` ended there."""

    entered: int = 0
    faults: int = 0
    seconds: float = 0.0


class Observer(Protocol):
    """Whoever wants to know how far the run is; the terminal, or nobody."""

    def expect(self, total: int) -> None:
        """Learn how many articles there are, as soon as that is known."""

    def advance(self, stage: str, count: int) -> None:
        """Learn that `count` more articles have passed `stage`."""


def pass_drafts(
    stage: Stage, drafts: list[Draft], advance: Callable[[int], None]
) -> list[Draft | Fault]:
    """Process drafts together; if that fails for one of them or no known reason, one by one.

    Args:
        stage: to be passed.
        drafts: at least one.
        advance: is given counts of finished drafts.

    Raises:
        WirebriefError: if the whole run cannot go on.
    """
    try:
        outcomes = list(stage.process(drafts, advance))
    except WirebriefError:
        raise
    except ArticleError:
        outcomes = [_process_alone(stage, draft) for draft in drafts]
    except Exception:
        LOG.exception("stage %s failed on %d articles together", stage.name, len(drafts))
        outcomes = [_process_alone(stage, draft) for draft in drafts]
    if len(outcomes) != len(drafts):
        raise AssertionError(f"stage {stage.name}: {len(drafts)} in, {len(outcomes)} out")
    return [
        replace(outcome, position=draft.position) if isinstance(outcome, Fault) else outcome
        for draft, outcome in zip(drafts, outcomes, strict=True)
    ]


def _process_alone(stage: Stage, draft: Draft) -> Draft | Fault:
    try:
        (outcome,) = stage.process([draft], lambda _: None)
    except WirebriefError:
        raise
    except ArticleError as error:
        return article_fault(stage.name, draft, error)
    except Exception as error:  # noqa: BLE001 - one bad article never stops the others
        message = f"{type(error).__name__}: {error}"
        remedy = "This is a defect of wirebrief; please report it with this record."
        return article_fault(stage.name, draft, ArticleError("internal_error", message, remedy))
    return outcome


def article_fault(stage: str, draft: Draft, error: ArticleError) -> Fault:
    """Return the fault that an article becomes in a stage."""
    return Fault(
        place=draft.article.place,
        stage=stage,
        reason=error.reason,
        message=str(error),
        remedy=error.remedy,
        article_id=draft.article.id,
        position=draft.position,
    )
