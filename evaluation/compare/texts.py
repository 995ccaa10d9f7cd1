"""Read an article's texts side by side over all runs, one article at a time."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from evaluation.compare.errors import CompareError
from evaluation.compare.heads import read_brief
from evaluation.compare.pairing import Pairing
from evaluation.compare.runs import Run
from evaluation.compare.view import ArticleTexts, FactMark, SentenceText
from evaluation.report.fields import Fields, ReportError


def texts_of(runs: Sequence[Run], pairing: Pairing) -> Callable[[], Iterator[ArticleTexts]]:
    """Return what gives the articles' texts, as often as it is called.

    Raises:
        CompareError: when an article is read, if a file is not what it was.
    """

    def read() -> Iterator[ArticleTexts]:
        for key, column in zip(pairing.names, pairing.places.T, strict=True):
            try:
                briefs = [
                    read_brief(run.path, run.heads.offsets[row]) if row >= 0 else None
                    for run, row in zip(runs, column, strict=True)
                ]
                yield _side_by_side(key, briefs)
            except ReportError as error:
                raise CompareError(str(error)) from error

    return read


def _side_by_side(key: str, briefs: Sequence[Fields | None]) -> ArticleTexts:
    references = next((brief.child_or_none("references") for brief in briefs if brief), None)
    return ArticleTexts(
        key=key,
        titles=[_text(brief, "translation", "title") for brief in briefs],
        sentences=_sentences(briefs),
        extracts=[_text(brief, "extractive", "text") for brief in briefs],
        abstracts=[_text(brief, "abstractive", "text") for brief in briefs],
        reference_translation=references.text_or_none("translation") if references else None,
        reference_summaries=references.texts("summaries") if references else (),
        facts=[mark for run, brief in enumerate(briefs) if brief for mark in _facts(run, brief)],
        warnings=[
            [warning.text("message") for warning in brief.children("warnings")] if brief else []
            for brief in briefs
        ],
    )


def _text(brief: Fields | None, part: str, key: str) -> str | None:
    found = brief.child_or_none(part) if brief else None
    return found.text_or_none(key) if found else None


def _sentences(briefs: Sequence[Fields | None]) -> list[SentenceText]:
    """Take the source from the first run that has sentences; others count where it is the same."""
    by_run = [_pairs(brief) for brief in briefs]
    picks = [_picks(brief) for brief in briefs]
    source = next((pairs for pairs in by_run if pairs), [])
    found = []
    for number, (sentence, *others) in enumerate(zip_longest(source, *by_run)):
        if sentence is None:
            break
        text = sentence.text("source")
        same = [other is not None and other.text("source") == text for other in others]
        found.append(
            SentenceText(
                paragraph=sentence.whole("paragraph"),
                kind=sentence.text("kind"),
                source=text,
                targets=[
                    other.text_or_none("target") if other and is_same else None
                    for other, is_same in zip(others, same, strict=True)
                ],
                picked=[
                    run for run, is_same in enumerate(same) if is_same and number in picks[run]
                ],
            )
        )
    return found


def _pairs(brief: Fields | None) -> list[Fields]:
    translation = brief.child_or_none("translation") if brief else None
    return translation.children("sentences") if translation else []


def _picks(brief: Fields | None) -> frozenset[int]:
    extractive = brief.child_or_none("extractive") if brief else None
    return frozenset(extractive.wholes("sentences") if extractive else ())


def _facts(run: int, brief: Fields) -> Iterator[FactMark]:
    for fact in brief.children("facts"):
        yield FactMark(
            run=run,
            part=fact.text("part"),
            kind=fact.text("kind"),
            side=fact.text("side"),
            text=fact.text("text"),
            sentence=_whole(fact, "sentence"),
            start=fact.whole("start"),
            end=fact.whole("end"),
            other_sentence=_whole(fact, "other_sentence"),
            other_start=_whole(fact, "other_start"),
            other_end=_whole(fact, "other_end"),
        )


def _whole(fields: Fields, key: str) -> int | None:
    return None if fields.values.get(key) is None else fields.whole(key)
