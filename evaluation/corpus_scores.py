"""Corpus scores with intervals, from each article's numbers.

The draws of the bootstrap depend on the number of articles alone, so columns in which the same
number of articles have a value are resampled together, as many at once as fit into a bounded table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from evaluation.bootstrap import percentiles, resampled_sums
from evaluation.score import Score
from evaluation.translation import TranslationMetrics

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CELLS = 1 << 20
"""Numbers resampled at once, one column at least: bounds memory."""
_LEVEL = 0.95


class Statistics(Protocol):
    """Each article's numbers, wherever they are."""

    def metrics(self) -> tuple[str, ...]:
        """Return the names of all metrics, those of the translation first."""
        ...

    def parts(self, metric: str) -> tuple[str, ...]:
        """Return the columns that a metric's score is summed up from; none if it is a mean."""
        ...

    def column(self, name: str) -> "NDArray[np.float64]":
        """Return each article's number; not a number where an article has none."""
        ...


@dataclass(frozen=True, slots=True)
class _Column:
    """What is kept of a column.

    Attributes:
        total: over the articles that have the metric.
        sums: the same in each resample; `None` for fewer than two articles.
    """

    total: float
    sums: "NDArray[np.float64] | None"


def corpus_scores(
    statistics: Statistics, recipe: Callable[[str], str], samples: int, seed: int
) -> list[Score]:
    """Return the score of each metric over the articles that have it.

    Args:
        statistics: of the articles.
        recipe: gives the signature of a metric that is a mean, without the resampling's part.
        samples: bootstrap resamples.
        seed: of the resampling.
    """
    parts = {name: statistics.parts(name) or (name,) for name in statistics.metrics()}
    counts = {name: int(_known(statistics, columns).sum()) for name, columns in parts.items()}
    columns = dict(_resampled(statistics, parts, counts, samples, seed))
    translation = TranslationMetrics()
    resampling = f"bs:{samples}|seed:{seed}"
    found = []
    for metric, count in counts.items():
        if statistics.parts(metric):
            name = metric.rpartition(".")[-1]
            signature = f"{translation.signature(name)}|unit:article|{resampling}"
            value, drawn = _of_sums(translation, name, [columns[part] for part in parts[metric]])
        else:
            signature = f"{recipe(metric)}|mean over articles|{resampling}"
            total, sums = columns[metric].total, columns[metric].sums
            value, drawn = total / count, None if sums is None else sums / count
        low, high = (None, None) if drawn is None else percentiles(drawn, _LEVEL)
        found.append(Score(metric, value, low, high, count, signature))
    return found


def _of_sums(
    translation: TranslationMetrics, name: str, columns: Sequence[_Column]
) -> "tuple[float, NDArray[np.float64] | None]":
    """Return a score that is computed from sums, and those of the resamples."""
    import numpy as np  # noqa: PLC0415

    score = translation.scorer(name)
    sums = [column.sums for column in columns if column.sums is not None]
    drawn = score.many(np.stack(sums, axis=1)) if sums else None
    return score([column.total for column in columns]), drawn


def _resampled(
    statistics: Statistics,
    parts: "dict[str, tuple[str, ...]]",
    counts: dict[str, int],
    samples: int,
    seed: int,
) -> Iterator[tuple[str, _Column]]:
    """Yield each column; those with as many values stand together, since they share the draws."""
    names = [
        (name, metric)
        for metric in sorted(counts, key=counts.__getitem__)
        for name in parts[metric]
    ]
    while names:
        count = counts[names[0][1]]
        most = max(1, _CELLS // max(1, count))
        together = [each for each in names[:most] if counts[each[1]] == count]
        names = names[len(together) :]
        table = _table(statistics, parts, together, count)
        sums = resampled_sums(table, samples, seed) if count > 1 and samples else None
        for place, (name, _) in enumerate(together):
            total = sum(table[:, place].tolist())
            yield name, _Column(total, None if sums is None else sums[:, place])


def _table(
    statistics: Statistics,
    parts: "dict[str, tuple[str, ...]]",
    together: Sequence[tuple[str, str]],
    count: int,
) -> "NDArray[np.float64]":
    """Return columns side by side, of the articles that have the metric: `[count, columns]`."""
    import numpy as np  # noqa: PLC0415

    table = np.empty((count, len(together)))
    of, known = "", np.empty(0, bool)
    for place, (name, metric) in enumerate(together):
        if metric != of:
            of, known = metric, _known(statistics, parts[metric])
        table[:, place] = statistics.column(name)[known]
    return table


def _known(statistics: Statistics, columns: Sequence[str]) -> "NDArray[np.bool_]":
    """Tell which articles have all of the columns."""
    import numpy as np  # noqa: PLC0415

    known = ~np.isnan(statistics.column(columns[0]))
    for name in columns[1:]:
        known &= ~np.isnan(statistics.column(name))
    return known
