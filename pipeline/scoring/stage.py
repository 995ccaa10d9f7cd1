"""Score each brief: ROUGE against references, measures without, and facts against the source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from evaluation.fact_finder import Language
from evaluation.facts import FactReport, check_summary, compare_translation
from evaluation.measures import measure
from evaluation.rouge import Rouge
from pipeline.records import Caution, Draft, Fault
from pipeline.scoring.settings import RougeScoring
from pipeline.stage import Usage


class ScoreStage:
    """Fill `Draft.scores`, and add a caution for each fact that does not agree.

    Args:
        settings: how ROUGE counts.
        source_is_german: compare facts from German; else the feed is English already.
    """

    name = "score"

    def __init__(self, settings: RougeScoring, *, source_is_german: bool) -> None:
        self._settings = settings
        self._source_is_german = source_is_german
        self._rouge: Rouge | None = None
        self.usage = Usage()

    def open(self) -> None:
        """Load the scorer."""
        settings = self._settings
        self._rouge = Rouge(stem=settings.stem, many=settings.many_references.value)

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Score each draft for itself."""
        scored = []
        for draft in drafts:
            scored.append(self._one(draft))
            advance(1)
        self.usage.made += len(drafts)
        return scored

    def close(self) -> None:
        """Hold nothing."""

    def _one(self, draft: Draft) -> Draft:
        scores: dict[str, float] = {}
        cautions: list[Caution] = []
        if draft.translation is not None and self._source_is_german:
            scores |= self._translation_facts(draft, cautions)
        summaries = {
            "extractive": draft.extract.text if draft.extract else None,
            "abstractive": draft.abstract.text if draft.abstract else None,
        }
        for part, summary in summaries.items():
            if summary and draft.translation is not None:
                scores |= self._summary(draft, part, summary, cautions)
        return replace(draft, scores=scores, cautions=(*draft.cautions, *cautions))

    def _summary(
        self, draft: Draft, part: str, summary: str, cautions: list[Caution]
    ) -> Mapping[str, float]:
        found: dict[str, float] = {}
        references = draft.article.references.summaries
        if references and self._rouge is not None:
            for name, prf in self._rouge.score(summary, references).items():
                found[f"{part}.{name}.p"] = prf.precision
                found[f"{part}.{name}.r"] = prf.recall
                found[f"{part}.{name}.f"] = prf.f
            lengths = [len(reference.split()) for reference in references]
            found[f"{part}.length_ratio"] = len(summary.split()) * len(lengths) / sum(lengths)
        article = " ".join(target for target in _targets(draft) if target)
        measures = measure(article, summary)
        if measures is not None:
            found[f"{part}.words"] = measures.words
            found[f"{part}.compression"] = measures.compression
            found[f"{part}.coverage"] = measures.coverage
            found[f"{part}.density"] = measures.density
            found[f"{part}.novel_bigrams"] = measures.novel_bigrams
            found[f"{part}.redundancy"] = measures.redundancy
        report = check_summary(summary, _sources(draft, article, german=self._source_is_german))
        if report.checked:
            found[f"{part}.facts"] = report.agreed / report.checked
        cautions += [
            Caution(
                f"{mismatch.kind}_mismatch",
                self.name,
                f"{part} summary: {mismatch.text!r} is not in the article",
            )
            for mismatch in report.mismatches
        ]
        return found

    def _translation_facts(self, draft: Draft, cautions: list[Caution]) -> Mapping[str, float]:
        checked = agreed = 0
        pairs = [
            (sentence.text, target)
            for sentence, target in zip(draft.sentences, _targets(draft), strict=True)
            if target
        ]
        if draft.article.title and draft.translation and draft.translation.title:
            pairs.insert(0, (draft.article.title, draft.translation.title))
        for source, target in pairs:
            report = compare_translation(source, target)
            checked += report.checked
            agreed += max(0, report.agreed)
            cautions += _translation_cautions(report, source, target)
        return {"translation.facts": agreed / checked} if checked else {}


def _targets(draft: Draft) -> tuple[str | None, ...]:
    return draft.translation.targets if draft.translation else ()


def _sources(draft: Draft, article: str, *, german: bool) -> list[tuple[str, Language]]:
    """A summary's facts may come from the source in either language, titles included."""
    title = draft.translation.title if draft.translation else None
    found: list[tuple[str, Language]] = [(f"{title or ''}. {article}", "en")]
    if german:
        text = " ".join(sentence.text for sentence in draft.sentences)
        found.append((f"{draft.article.title or ''}. {text}", "de"))
    return found


def _translation_cautions(report: FactReport, source: str, target: str) -> list[Caution]:
    found = []
    for mismatch in report.mismatches:
        if mismatch.kind == "negation":
            what = "the negation is lost"
        elif mismatch.side == "missing":
            what = f"{mismatch.text!r} is missing"
        else:
            what = f"{mismatch.text!r} is not in the source"
        message = f"translation: {what}: {source!r} -> {target!r}"
        found.append(Caution(f"{mismatch.kind}_mismatch", "score", message))
    return found
