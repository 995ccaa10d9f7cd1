"""What the stages make of an article that is not to be briefed in full."""

from dataclasses import replace

from pipeline.records import Caution, Draft

_NOT_SUMMARIZED = "not_summarized"


def is_passed(draft: Draft) -> bool:
    """Tell whether an article is passed on as it is."""
    return draft.article.treatment == "pass"


def without_summary(draft: Draft, stage: str) -> Draft | None:
    """Return the draft of an article that gets no summary, with a caution saying why, once.

    Args:
        draft: on its way.
        stage: that makes none.

    Returns:
        `None` for an article that gets one.
    """
    if draft.article.treatment == "brief":
        return None
    if any(caution.code == _NOT_SUMMARIZED for caution in draft.cautions):
        return draft
    caution = Caution(_NOT_SUMMARIZED, stage, _why(draft))
    return replace(draft, cautions=(*draft.cautions, caution))


def _why(draft: Draft) -> str:
    article = draft.article
    nature = article.wire.nature
    name = f"{'an' if nature == 'advisory' else 'a'} {nature.replace('_', ' ')}"
    if is_passed(draft):
        return f"{name} is passed on as it is (treatment.{nature})"
    if not article.blocks:
        return "there is a headline and no text"
    if nature == "digest":
        return "a digest holds several stories, over which one summary would mislead"
    return f"{name} is only translated (treatment.{nature})"
