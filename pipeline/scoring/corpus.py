"""Corpus scores: means over articles with bootstrap intervals, and BLEU, chrF and TER."""

from evaluation.article_statistics import ArticleStatistics, StatisticsCollector
from evaluation.corpus_scores import corpus_scores
from evaluation.facts import SIGNATURE as FACTS
from evaluation.measures import SIGNATURE as MEASURES
from evaluation.rouge import METRICS
from evaluation.score import Score
from pipeline.records import Draft
from pipeline.scoring.recipe import make_rouge
from pipeline.scoring.settings import RougeScoring


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
        self._collector = StatisticsCollector()
        self.unscored = 0

    def add(self, draft: Draft) -> None:
        """Add a finished draft."""
        article = draft.article
        summed = {f"translation.{name}": rows for name, rows in draft.statistics.items()}
        self._collector.add(article.id, article.version, draft.scores or {}, summed)
        if not article.references.summaries:
            self.unscored += 1

    def statistics(self) -> ArticleStatistics:
        """Return the exact numbers of all drafts so far."""
        return self._collector.table()

    def scores(self) -> list[Score]:
        """Return all corpus scores, translation first."""
        settings = self._settings

        def recipe(name: str) -> str:
            measure = name.split(".")[1]
            if measure in METRICS:
                return self._rouge
            return FACTS if measure == "facts" else MEASURES

        return corpus_scores(self.statistics(), recipe, settings.samples, settings.seed)
