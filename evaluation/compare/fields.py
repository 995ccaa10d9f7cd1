"""A metric's numbers from all runs that have it, and its scores with intervals."""

from collections.abc import Iterator, Sequence
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


def estimate_all(fields: Sequence[Field], resampling: Resampling) -> dict[str, dict[int, Estimate]]:
    """Return by metric the score of each run, with its interval.

    Metrics over as many articles share their draws, so that each draw is made once.
    """
    groups: dict[int, list[Field]] = {}
    for field in fields:
        groups.setdefault(len(field.articles), []).append(field)
    return {
        field.metric: told
        for count, alike in groups.items()
        for field, told in zip(alike, _estimates(alike, count, resampling), strict=True)
    }


def _estimates(
    fields: Sequence[Field], count: int, resampling: Resampling
) -> Iterator[dict[int, Estimate]]:
    import numpy as np  # noqa: PLC0415

    tables = [field.parts.transpose(1, 0, 2).reshape(count, -1) for field in fields]
    ends = np.cumsum([table.shape[1] for table in tables])[:-1]
    sums = None
    if count > 1:
        drawn = resampled_sums(np.concatenate(tables, axis=1), resampling.samples, resampling.seed)
        sums = np.split(drawn, ends, axis=1)
    for place, field in enumerate(fields):
        values = field.score(field.parts.sum(axis=1), count).tolist()
        if sums is None:
            yield {
                run: Estimate(value, None, None, count)
                for run, value in zip(field.runs, values, strict=True)
            }
            continue
        scores = field.score(sums[place].reshape(len(sums[place]), len(field.runs), -1), count)
        yield {
            run: Estimate(values[row], *percentiles(scores[:, row], resampling.level), count)
            for row, run in enumerate(field.runs)
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
