"""Corpus scores with intervals, from each article's numbers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from evaluation.article_statistics import ArticleStatistics
from evaluation.bootstrap import mean_interval, statistic_interval
from evaluation.score import Score
from evaluation.translation import TranslationMetrics

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def corpus_scores(
    statistics: ArticleStatistics, recipe: Callable[[str], str], samples: int, seed: int
) -> list[Score]:
    """Return the score of each metric over the articles that have it.

    Args:
        statistics: of the articles.
        recipe: gives the signature of a metric that is a mean, without the resampling's part.
        samples: bootstrap resamples.
        seed: of the resampling.
    """
    translation = TranslationMetrics()
    resampling = f"bs:{samples}|seed:{seed}"
    found = []
    for metric in statistics.metrics():
        if statistics.is_summed(metric):
            name = metric.rpartition(".")[-1]
            signature = f"{translation.signature(name)}|unit:article|{resampling}"
            table = statistics.summed(metric)
            score = translation.scorer(name)
            rows = table[~_absent(table).any(axis=1)]
            value = score(rows.sum(axis=0).tolist())
            between, count = statistic_interval(rows, score, samples, seed), len(rows)
        else:
            signature = f"{recipe(metric)}|mean over articles|{resampling}"
            column = statistics.columns[metric]
            values = column[~_absent(column)].tolist()
            value = sum(values) / len(values)
            between, count = mean_interval(values, samples, seed), len(values)
        low, high = between or (None, None)
        found.append(Score(metric, value, low, high, count, signature))
    return found


def _absent(numbers: "NDArray[np.float64]") -> "NDArray[np.bool_]":
    import numpy as np  # noqa: PLC0415

    return np.isnan(numbers)
