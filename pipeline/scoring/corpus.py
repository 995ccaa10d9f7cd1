"""Corpus scores: means over articles with bootstrap intervals, and BLEU, chrF and TER."""

from array import array

from evaluation.bootstrap import mean_interval
from evaluation.facts import SIGNATURE as FACTS
from evaluation.measures import SIGNATURE as MEASURES
from evaluation.rouge import METRICS
from evaluation.score import Score
from evaluation.translation import METRICS as TRANSLATION_METRICS
from evaluation.translation import TranslationScorer
from pipeline.records import Draft
from pipeline.scoring.recipe import make_rouge
from pipeline.scoring.settings import RougeScoring

_CORPUS_STATISTICS = frozenset(f"translation.{name}" for name in TRANSLATION_METRICS)
"""Not means: computed from sums over articles."""


class CorpusScorer:
    """Collects numbers article by article; memory holds numbers, no text.

    Args:
        settings: how ROUGE counts, and what the intervals are drawn from.
        language: ISO 639-1 code of the summaries.

    Attributes:
        unscored: briefs without any reference summary.
    """

    def __init__(self, settings: RougeScoring, language: str) -> None:
        self._settings = settings
        self._rouge = make_rouge(settings, language).signature()
        self._values: dict[str, array[float]] = {}
        self._translation = TranslationScorer()
        self.unscored = 0

    def add(self, draft: Draft) -> None:
        """Add a finished draft."""
        for name, value in (draft.scores or {}).items():
            if name not in _CORPUS_STATISTICS:
                self._values.setdefault(name, array("d")).append(value)
        if not draft.article.references.summaries:
            self.unscored += 1
        if draft.statistics:
            self._translation.add_statistics(draft.statistics)

    def scores(self) -> list[Score]:
        """Return all corpus scores, translation first."""
        settings = self._settings
        found = self._translation.scores("translation", settings.samples, settings.seed)
        resampling = f"bs:{settings.samples}|seed:{settings.seed}"
        for name, values in sorted(self._values.items()):
            low, high = mean_interval(values, settings.samples, settings.seed) or (None, None)
            mean = sum(values) / len(values)
            recipe = f"{_recipe(name, self._rouge)}|mean over articles|{resampling}"
            found.append(Score(name, mean, low, high, len(values), recipe))
        return found


def _recipe(name: str, rouge: str) -> str:
    measure = name.split(".")[1]
    if measure in METRICS:
        return rouge
    return FACTS if measure == "facts" else MEASURES
