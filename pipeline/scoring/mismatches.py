"""Say where facts do not agree: in an output, and in the source that it comes from."""

from typing import Literal

from evaluation.fact_finder import Language
from evaluation.facts import FactReport, Mismatch, Span, compare_translation
from evaluation.measures import tokens
from pipeline.records import Draft, FactMismatch, FactPlace

Summary = Literal["extractive", "abstractive"]


def of_translation(report: FactReport, sentence: int | None) -> list[FactMismatch]:
    """Return the mismatches of a sentence, or of the title (`None`), and of its translation."""
    return [
        FactMismatch(
            "translation",
            mismatch.kind,
            mismatch.side,
            FactPlace(mismatch.text, mismatch.start, mismatch.end, sentence),
            _place(mismatch.other, sentence),
        )
        for mismatch in report.mismatches
    ]


def of_summary(
    report: FactReport, part: Summary, summary: str, draft: Draft, language: Language
) -> list[FactMismatch]:
    """Return the mismatches of a summary, with the sentence that each one most likely comes from.

    Args:
        report: what the guard found in the summary.
        part: which summary.
        summary: its text.
        draft: the article.
        language: of its sentences.
    """
    return [
        FactMismatch(
            part,
            mismatch.kind,
            mismatch.side,
            FactPlace(mismatch.text, mismatch.start, mismatch.end),
            _origin(mismatch, summary, draft, language),
        )
        for mismatch in report.mismatches
    ]


def _origin(mismatch: Mismatch, summary: str, draft: Draft, language: Language) -> FactPlace | None:
    """Return what stands in the source in the place of a summary's fact."""
    start = summary.rfind("\n", 0, mismatch.start) + 1
    line = summary[start:].split("\n", 1)[0]
    number = _likeliest(line, draft)
    if number is None:
        return None
    source = draft.sentences[number].text
    for found in compare_translation(source, line, language, "en").mismatches:
        if found.kind != mismatch.kind:
            continue
        if found.side == "missing" and mismatch.side == "missing":
            return FactPlace(found.text, found.start, found.end, number)
        if found.side == "added" and found.start == mismatch.start - start:
            return _place(found.other, number)
    return FactPlace(source, 0, len(source), number)


def _likeliest(line: str, draft: Draft) -> int | None:
    """Return the sentence that shares most words with a line of a summary, if one does."""
    words = set(tokens(line))
    targets = draft.translation.targets if draft.translation else ()
    shared = {
        number: len(words & set(tokens(target or draft.sentences[number].text)))
        for number, target in enumerate(targets)
    }
    best = max(shared, key=lambda number: shared[number], default=None)
    return best if best is not None and shared[best] else None


def _place(span: Span | None, sentence: int | None) -> FactPlace | None:
    return FactPlace(span.text, span.start, span.end, sentence) if span else None
