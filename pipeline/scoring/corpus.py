"""Corpus scores: means over articles with bootstrap intervals, and BLEU, chrF and TER."""

from evaluation.corpus_scores import corpus_scores
from evaluation.facts import SIGNATURE as FACTS
from evaluation.measures import SIGNATURE as MEASURES
from evaluation.rouge import METRICS
from evaluation.score import Score
from evaluation.statistics_spool import StatisticsCollector
from pipeline.records import Draft
from pipeline.scoring.recipe import make_rouge
from pipeline.scoring.settings import RougeScoring
from pipeline.temporary import room


class CorpusScorer:
    """Collects numbers article by article; they are spooled, so memory does not grow with them.

    Args:
        settings: how ROUGE counts, and what the intervals are drawn from.
        language: ISO 639-1 code of the summaries.

    Attributes:
        unscored: briefs without any reference summary.
    """

    def __init__(self, settings: RougeScoring, language: str) -> None:
        self._settings = settings
        self._rouge = make_rouge(settings, language).signature()
        self._collector = StatisticsCollector()
        self.unscored = 0

    def add(self, draft: Draft) -> None:
        """Add a finished draft.

        Raises:
            OutputError: if there is no room for temporary files.
        """
        article = draft.article
        summed = {f"translation.{name}": rows for name, rows in draft.statistics.items()}
        with room("the numbers of articles"):
            self._collector.add(article.id, article.version, draft.scores or {}, summed)
        if not article.references.summaries:
            self.unscored += 1

    def statistics(self) -> StatisticsCollector:
        """Return the exact numbers of all drafts so far."""
        return self._collector

    def scores(self) -> list[Score]:
        """Return all corpus scores, translation first."""
        settings = self._settings

        def recipe(name: str) -> str:
            measure = name.split(".")[1]
            if measure in METRICS:
                return self._rouge
            return FACTS if measure == "facts" else MEASURES

        with room("the numbers of articles"):
            return corpus_scores(self._collector, recipe, settings.samples, settings.seed)
