"""A metric's numbers from all runs that have it, and its scores with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.article_statistics import SUMMED
from evaluation.bootstrap import Resampling, percentiles, resampled_sums
from evaluation.compare.pairing import Pairing
from evaluation.compare.runs import Run
from evaluation.compare.view import Estimate
from evaluation.translation import TranslationMetrics

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evaluation.bootstrap import SumScore


@dataclass(frozen=True, slots=True)
class Field:
    """A metric over the articles that all runs have scored.

    Attributes:
        metric: its name.
        runs: places of the runs that have it.
        articles: places of those articles among all.
        own: each article's own score, `[runs, articles]`.
        parts: what is summed up, `[runs, articles, statistics]`; of a mean, the score itself.
        scorer: turns sums into the score; none for a mean.
    """

    metric: str
    runs: Sequence[int]
    articles: "NDArray[np.int64]"
    own: "NDArray[np.float64]"
    parts: "NDArray[np.float64]"
    scorer: "SumScore | None"

    def score(self, sums: "NDArray[np.float64]", count: int) -> "NDArray[np.float64]":
        """Return the score of sums over `count` articles, `[..., statistics]` as `[...]`."""
        return sums[..., 0] / count if self.scorer is None else self.scorer.many(sums)

    def over(self, rows: "NDArray[np.bool_]") -> "NDArray[np.float64]":
        """Return each run's score over some of the articles."""
        return self.score(self.parts[:, rows].sum(axis=1), int(rows.sum()))

    def estimates(self, resampling: Resampling) -> Mapping[int, Estimate]:
        """Return the score of each run with its interval."""
        count, statistics = len(self.articles), self.parts.shape[2]
        values = self.score(self.parts.sum(axis=1), count).tolist()
        if count < 2:
            return {
                run: Estimate(value, None, None, count)
                for run, value in zip(self.runs, values, strict=True)
            }
        table = self.parts.transpose(1, 0, 2).reshape(count, -1)
        sums = resampled_sums(table, resampling.samples, resampling.seed)
        drawn = self.score(sums.reshape(-1, len(self.runs), statistics), count)
        return {
            run: Estimate(values[row], *percentiles(drawn[:, row], resampling.level), count)
            for row, run in enumerate(self.runs)
        }


def field_of(runs: Sequence[Run], pairing: Pairing, metric: str) -> Field | None:
    """Return a metric over the articles that all runs have, and where all that have it scored it.

    Returns:
        `None` if no article is left.
    """
    import numpy as np  # noqa: PLC0415

    having = [place for place, run in enumerate(runs) if metric in run.statistics.columns]
    if not having:
        return None
    own = pairing.column(runs, metric)[having]
    names, scorer = [metric], None
    if runs[having[0]].statistics.is_summed(metric):
        size = runs[having[0]].statistics.summed(metric).shape[1]
        names = [f"{metric}{SUMMED}{number}" for number in range(size)]
        scorer = TranslationMetrics().scorer(metric.rpartition(".")[-1])
    parts = np.stack([pairing.column(runs, name)[having] for name in names], axis=2)
    counted = pairing.common & np.isfinite(parts).all(axis=(0, 2)) & np.isfinite(own).all(axis=0)
    if not counted.any():
        return None
    rows = np.flatnonzero(counted)
    return Field(metric, having, rows, own[:, rows], parts[:, rows], scorer)
