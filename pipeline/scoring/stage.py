"""Score each brief: against references, without them, and its facts against the source."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from evaluation.facts import compare_translation
from evaluation.measures import measure
from evaluation.rouge import Reference, Rouge
from evaluation.translation import Statistics, TranslationMetrics
from pipeline.grounds import Grounds, grounds_of, is_german
from pipeline.records import FIXED, Caution, Draft, FactMismatch, Fault
from pipeline.scoring import cautions, mismatches
from pipeline.scoring.alignment import reference_pairs
from pipeline.scoring.recipe import make_rouge
from pipeline.scoring.settings import RougeScoring
from pipeline.stage import Usage
from pipeline.treatments import is_passed


class ScoreStage:
    """Fill `Draft.scores`, and add a caution for each fact that does not agree.

    Args:
        settings: how ROUGE counts.
        language: ISO 639-1 code of the summaries.
        source_is_german: compare facts from German; else the feed is English already.
    """

    name = "score"

    def __init__(self, settings: RougeScoring, language: str, *, source_is_german: bool) -> None:
        self._settings, self._language = settings, language
        self._source_is_german = source_is_german
        self._rouge: Rouge | None = None
        self._translation: TranslationMetrics | None = None
        self.usage = Usage()

    def open(self) -> None:
        """Load the scorers."""
        self._rouge = make_rouge(self._settings, self._language)
        self._translation = TranslationMetrics()

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
        if draft.translation is None or is_passed(draft):
            return replace(draft, scores={})
        found: list[Caution] = []
        facts: list[FactMismatch] = []
        scores: dict[str, float] = {}
        statistics: Statistics = {}
        pairs = reference_pairs(draft)
        if pairs and self._translation is not None:
            statistics = self._translation.statistics(pairs)
            of_article = self._translation.scores(statistics)
            scores |= {f"translation.{name}": value for name, value in of_article.items()}
        if is_german(draft, german_feed=self._source_is_german):
            scores |= _translation_facts(draft, found, facts)
        summaries: dict[mismatches.Summary, str | None] = {
            "extractive": draft.extract.text if draft.extract else None,
            "abstractive": draft.abstract.text if draft.abstract else None,
        }
        is_summed_up = any(summaries.values())
        references = self._references(draft) if is_summed_up else []
        grounds = grounds_of(draft, german_feed=self._source_is_german) if is_summed_up else None
        for part, summary in summaries.items():
            if summary and grounds:
                numbers = self._rouge_scores(references, summary) | _measures(draft, summary)
                numbers |= _summary_facts(draft, grounds, part, summary, found, facts)
                scores |= {f"{part}.{name}": value for name, value in numbers.items()}
        return replace(
            draft,
            scores=scores,
            statistics=statistics,
            cautions=(*draft.cautions, *found),
            facts=tuple(facts),
        )

    def _references(self, draft: Draft) -> list[tuple[Reference, int]]:
        """Return the reference summaries, prepared, with their lengths in words."""
        if self._rouge is None:
            return []
        texts = [text for text in draft.article.references.summaries if text.strip()]
        return [(self._rouge.prepare(text), len(text.split())) for text in texts]

    def _rouge_scores(
        self, references: Sequence[tuple[Reference, int]], summary: str
    ) -> dict[str, float]:
        if not references or self._rouge is None:
            return {}
        found: dict[str, float] = {}
        prepared = [reference for reference, _ in references]
        for name, prf in self._rouge.score(summary, prepared).items():
            found |= {f"{name}.p": prf.precision, f"{name}.r": prf.recall, f"{name}.f": prf.f}
        lengths = [length for _, length in references]
        found["length_ratio"] = len(summary.split()) * len(lengths) / sum(lengths)
        return found


def _summary_facts(
    draft: Draft,
    grounds: Grounds,
    part: mismatches.Summary,
    summary: str,
    found: list[Caution],
    facts: list[FactMismatch],
) -> dict[str, float]:
    """Look facts up in the source; names may come from its translation, too."""
    report = grounds.check(summary)
    facts += mismatches.of_summary(report, part, summary, draft, grounds.language)
    found += cautions.of_summary(report, part, summary)
    return {"facts": report.agreed / report.checked} if report.checked else {}


def _translation_facts(
    draft: Draft, found: list[Caution], facts: list[FactMismatch]
) -> dict[str, float]:
    checked = agreed = 0
    targets = draft.translation.targets if draft.translation else ()
    pairs: list[tuple[int | None, str, str]] = [
        (number, sentence.text, target)
        for number, (sentence, target) in enumerate(zip(draft.sentences, targets, strict=True))
        if target and sentence.kind not in FIXED
    ]
    if draft.article.title and draft.translation and draft.translation.title:
        pairs.insert(0, (None, draft.article.title, draft.translation.title))
    for number, source, target in pairs:
        report = compare_translation(source, target)
        checked += report.checked
        agreed += report.agreed
        found += cautions.of_translation(report, source, target)
        facts += mismatches.of_translation(report, number)
    return {"translation.facts": agreed / checked} if checked else {}


def _measures(draft: Draft, summary: str) -> dict[str, float]:
    """Measure the summary; without a whole article only what needs none."""
    targets = draft.translation.targets if draft.translation else ()
    whole = None not in targets
    measures = measure(" ".join(target for target in targets if target), summary)
    if measures is None:
        return {}
    alone = ("words", "redundancy")
    return {name: value for name, value in asdict(measures).items() if whole or name in alone}
