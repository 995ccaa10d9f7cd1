"""Pass drafts through one stage: together, or one by one where that fails for a reason of one."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from configs.exhaustion import ran_out
from pipeline.errors import ArticleError, WirebriefError
from pipeline.events import event, origin, trace
from pipeline.execution.memory import memory_watched
from pipeline.records import Draft, Fault
from pipeline.stage import Stage

LOG = logging.getLogger(__name__)


Outcome = Draft | Fault
"""What becomes of an article."""


@dataclass(slots=True)
class StageCounts:
    """What went through a stage: `entered` drafts, of which `faults` ended there.

    Attributes:
        seconds: in which the stage was at work; stages may work at the same time.
        peak_bytes: largest resident memory of the process meanwhile; `None` before.
    """

    entered: int = 0
    faults: int = 0
    seconds: float = 0.0
    peak_bytes: int | None = None


class Observer(Protocol):
    """Whoever wants to know how far the run is; the terminal, or nobody."""

    def expect(self, total: int) -> None:
        """Learn how many articles there are, as soon as that is known."""

    def advance(self, stage: str, count: int) -> None:
        """Learn, from any thread, that `count` more articles have passed `stage`."""


def pass_window(
    stage: Stage,
    window: Sequence[Outcome],
    advance: Callable[[int], None],
    counts: StageCounts,
) -> list[Outcome]:
    """Pass the drafts of a window through a stage; what is a fault already stays one.

    Args:
        stage: to be passed.
        window: outcomes of the stage before.
        advance: is given counts of finished drafts.
        counts: of the stage; they are counted on.

    Raises:
        WirebriefError: if the whole run cannot go on.
    """
    drafts = [outcome for outcome in window if isinstance(outcome, Draft)]
    started = time.perf_counter()
    with memory_watched(counts):
        results = iter(pass_drafts(stage, drafts, advance) if drafts else [])
    merged = [next(results) if isinstance(item, Draft) else item for item in window]
    counts.entered += len(drafts)
    counts.faults += sum(isinstance(item, Fault) for item in merged) - len(window) + len(drafts)
    seconds = time.perf_counter() - started
    counts.seconds += seconds
    LOG.debug(
        "%s: %d articles in %.1f s",
        stage.name,
        len(drafts),
        seconds,
        extra=event(
            "window_done",
            stage=stage.name,
            articles=[draft.article.id for draft in drafts],
            seconds=round(seconds, 3),
        ),
    )
    return merged


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
    except Exception as error:  # noqa: BLE001 - whichever of them it is becomes a fault
        if not ran_out(error):
            _tell_defect(stage, drafts, error)
        outcomes = [_process_alone(stage, draft) for draft in drafts]
    if len(outcomes) != len(drafts):
        raise AssertionError(f"stage {stage.name}: {len(drafts)} in, {len(outcomes)} out")
    return [
        replace(outcome, position=draft.position) if isinstance(outcome, Fault) else outcome
        for draft, outcome in zip(drafts, outcomes, strict=True)
    ]


def _tell_defect(stage: Stage, drafts: Sequence[Draft], error: Exception) -> None:
    """Say where a stage failed; not the error's message, which may quote an article."""
    fields = event(
        "stage_failed",
        stage=stage.name,
        articles=[draft.article.id for draft in drafts],
        error=type(error).__name__,
        trace=[*trace(error)],
    )
    place = origin(error)
    LOG.error("%s failed on %d articles together: %s", stage.name, len(drafts), place, extra=fields)


def _process_alone(stage: Stage, draft: Draft) -> Draft | Fault:
    try:
        (outcome,) = stage.process([draft], lambda _: None)
    except WirebriefError:
        raise
    except ArticleError as error:
        return article_fault(stage.name, draft, error)
    except Exception as error:  # noqa: BLE001 - one bad article never stops the others
        if ran_out(error):
            return article_fault(stage.name, draft, _short_of_memory(error))
        message = f"{type(error).__name__}: {error}"
        remedy = "This is a defect of wirebrief; please report it with this record."
        return article_fault(stage.name, draft, ArticleError("internal_error", message, remedy))
    return outcome


def _short_of_memory(error: Exception) -> ArticleError:
    return ArticleError(
        "out_of_memory",
        f"memory ran out ({type(error).__name__}: {error})",
        "Give the command more of it, or end other programs, and run again.",
    )


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
