"""Score each system's text of an article: what its numbers are."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Protocol

from evaluation.article_numbers import Recipes
from evaluation.facts import SIGNATURE as FACTS
from evaluation.facts import compare_translation
from evaluation.measures import SIGNATURE as MEASURES
from evaluation.measures import measure
from evaluation.pairs import Item
from evaluation.rouge import METRICS as ROUGE
from evaluation.rouge import Rouge
from evaluation.translation import Statistics, TranslationMetrics, align_all, paragraphs

_FACTS = "translation.facts"
_MEASURED = ("words", "compression", "coverage", "density", "novel_bigrams", "redundancy")


class ItemScorer(Protocol):
    """Scores texts of one kind."""

    def score(self, item: Item, prediction: str) -> tuple[Mapping[str, float], Statistics]:
        """Return the numbers that are averaged, and those that are summed up."""

    def recipes(self, resampling: str) -> Recipes:
        """Return how scores come from them, once everything has been scored.

        Args:
            resampling: how intervals are found, for the signatures.
        """


class SummaryScorer:
    """ROUGE and length; with the article, the measures of an extract, too.

    Args:
        rouge: that scores.
    """

    def __init__(self, rouge: Rouge) -> None:
        self._rouge = rouge

    def score(self, item: Item, prediction: str) -> tuple[Mapping[str, float], Statistics]:
        """Score a summary; of several references, empty ones do not count."""
        references = [text for text in item.references if text] or list(item.references)
        found: dict[str, float] = {}
        for name, prf in self._rouge.score(prediction, references).items():
            found |= {f"{name}.p": prf.precision, f"{name}.r": prf.recall, f"{name}.f": prf.f}
        lengths = sum(len(reference.split()) for reference in references)
        if lengths:
            found["length_ratio"] = len(prediction.split()) * len(references) / lengths
        measures = measure(item.source, prediction) if item.source else None
        return found | (asdict(measures) if measures else {}), {}

    def recipes(self, resampling: str) -> Recipes:
        """Return the recipes: all are means."""
        rouge = f"{self._rouge.signature()}|mean|{resampling}"
        others = f"{MEASURES}|mean|{resampling}"
        names = [f"{name}.{part}" for name in ROUGE for part in "prf"]
        signatures = dict.fromkeys(names, rouge) | dict.fromkeys(
            ("length_ratio", *_MEASURED), others
        )
        return Recipes(signatures, {}, {})


class TranslationItemScorer:
    """BLEU, chrF and TER; with the German source, the agreement of facts, too.

    Args:
        metrics: that score.
        is_line: each text is one line, taken as it is; else paragraphs are aligned.
    """

    def __init__(self, metrics: TranslationMetrics, *, is_line: bool) -> None:
        self._metrics, self._is_line = metrics, is_line

    def score(self, item: Item, prediction: str) -> tuple[Mapping[str, float], Statistics]:
        """Score a translation."""
        statistics = self._metrics.statistics(self._aligned([prediction, *item.references]))
        means = {}
        if item.source:
            reports = [
                compare_translation(source, target)
                for source, target in self._aligned([item.source, prediction])
            ]
            if checked := sum(report.checked for report in reports):
                means[_FACTS] = sum(report.agreed for report in reports) / checked
        return means, {f"translation.{name}": row for name, row in statistics.items()}

    def recipes(self, resampling: str) -> Recipes:
        """Return the recipes: facts are means, the rest comes from sums."""
        signatures = {}
        compute, lines = {}, {}
        for name in self._metrics.names:
            full = f"translation.{name}"
            signatures[full] = f"{self._metrics.signature(name)}|{resampling}"
            compute[full] = self._metrics.scorer(name)
            lines[full] = self._metrics.scorer(name, of_line=True)
        signatures[_FACTS] = f"{FACTS}|mean|{resampling}"
        return Recipes(signatures, compute, lines)

    def _aligned(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        if self._is_line:
            return [tuple(texts)]
        return align_all([paragraphs(text) or [""] for text in texts])
