"""Resample all runs by all metrics at once, over the articles that all of them have.

A resample is a row of weights of the articles, so that the sums of all runs and metrics are one
matrix product. Runs are paired: a resample draws the same articles for all. Intervals are
percentiles of the bootstrap (Efron and Tibshirani 1993); p comes from approximate randomization
(Noreen 1989): which of two runs an article's result belongs to is drawn anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.compare.summed import scorer_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CELLS = 1 << 18
"""Weights drawn at once: bounds memory whatever the number of articles."""
_FEWEST = 6
"""Articles below which even the clearest result has a p above 0.05 (2 of 2 ** 5 ways)."""


@dataclass(frozen=True, slots=True)
class Field:
    """A metric over the articles that all runs have scored.

    Attributes:
        metric: its name.
        runs: places of the runs that have it.
        articles: places of those articles among all.
        own: each article's score by its own, `[runs, articles]`.
        parts: what is summed up, `[runs, articles, statistics]`; of a mean, the score itself.
    """

    metric: str
    runs: Sequence[int]
    articles: "NDArray[np.int64]"
    tested: bool
    own: "NDArray[np.float64]"
    parts: "NDArray[np.float64]"

    @property
    def count(self) -> int:
        """Articles."""
        return len(self.articles)

    def score(self, sums: "NDArray[np.float64]", count: int) -> "NDArray[np.float64]":
        """Return the score of sums over `count` articles, `[..., statistics]` as `[...]`."""
        scorer = scorer_of(self.metric) if self.parts.shape[2] > 1 else None
        return sums[..., 0] / count if scorer is None else scorer(sums)

    def over(self, rows: "NDArray[np.bool_]") -> "NDArray[np.float64]":
        """Return each run's score over some of the articles."""
        return self.score(self.parts[:, rows].sum(axis=1), int(rows.sum()))


@dataclass(frozen=True, slots=True)
class Resampled:
    """A metric's resamples.

    Attributes:
        values: each run's score, `[runs]`.
        drawn: each run's score in bootstrap resamples, `[samples, runs]`.
        p: two-sided, for each pair of runs, `[runs, runs]`; `None` for too few articles.
    """

    field: Field
    values: "NDArray[np.float64]"
    drawn: "NDArray[np.float64]"
    p: "NDArray[np.float64] | None"


def resample(fields: Sequence[Field], samples: int, seed: int) -> list[Resampled]:
    """Resample metrics; those over the same number of articles share their resamples.

    Args:
        fields: each with at least one article.
        samples: resamples, both of the bootstrap and of the randomization.
        seed: of both.
    """
    found: dict[str, Resampled] = {}
    for count in dict.fromkeys(field.count for field in fields):
        alike = [field for field in fields if field.count == count]
        found |= {each.field.metric: each for each in _resample(alike, count, samples, seed)}
    return [found[field.metric] for field in fields]


def _resample(fields: Sequence[Field], count: int, samples: int, seed: int) -> list[Resampled]:
    import numpy as np  # noqa: PLC0415

    table, totals = _laid_out(fields)
    drawn: list[list[NDArray[np.float64]]] = [[] for _ in fields]
    if count > 1:
        for weights in _draws(count, samples, seed):
            for place, sums in enumerate(_apart(weights @ table, fields)):
                drawn[place].append(fields[place].score(sums, count))
    tested = [field for field in fields if field.tested]
    p = _randomized(tested, samples, seed) if count >= _FEWEST else {}
    return [
        Resampled(
            field,
            field.score(totals[place], count)[0],
            np.concatenate(drawn[place]) if drawn[place] else np.empty((0, len(field.runs))),
            p.get(field.metric),
        )
        for place, field in enumerate(fields)
    ]


def _randomized(
    fields: Sequence[Field], samples: int, seed: int
) -> "dict[str, NDArray[np.float64]]":
    """Return the p of each pair of runs, `[runs, runs]`, by metric."""
    import numpy as np  # noqa: PLC0415

    if not fields:
        return {}
    count = fields[0].count
    table, totals = _laid_out(fields)
    seen = [_seen(field, total, count) for field, total in zip(fields, totals, strict=True)]
    extremes = [np.zeros((len(field.runs), len(field.runs))) for field in fields]
    for signs in _signs(count, samples, seed):
        for place, turned in enumerate(_apart(signs @ table, fields)):
            made = _gaps(fields[place], totals[place], turned, count)
            extremes[place] += (made >= seen[place]).sum(axis=0)
    return {
        field.metric: (extreme + 1) / (samples + 1)
        for field, extreme in zip(fields, extremes, strict=True)
    }


def _laid_out(
    fields: Sequence[Field],
) -> "tuple[NDArray[np.float64], list[NDArray[np.float64]]]":
    """Return all numbers as one table, `[articles, columns]`, and its sums, metric by metric."""
    import numpy as np  # noqa: PLC0415

    count = fields[0].count
    table = np.concatenate([f.parts.transpose(1, 0, 2).reshape(count, -1) for f in fields], axis=1)
    return table, list(_apart(table.sum(axis=0, keepdims=True), fields))


def _seen(field: Field, total: "NDArray[np.float64]", count: int) -> "NDArray[np.float64]":
    """Return how far two runs are apart, less what rounding may take, `[runs, runs]`."""
    import numpy as np  # noqa: PLC0415

    values = field.score(total, count)[0]
    gaps: NDArray[np.float64] = np.abs(values[:, None] - values[None, :])
    return gaps - 1e-12 * (1 + gaps)


def _gaps(
    field: Field, total: "NDArray[np.float64]", turned: "NDArray[np.float64]", count: int
) -> "NDArray[np.float64]":
    """Return how far two runs are apart when some articles are exchanged between them.

    Args:
        field: the metric.
        total: sums of each run, `[1, runs, statistics]`.
        turned: the same with a sign for each article, `[samples, runs, statistics]`.
        count: articles.

    Returns:
        Distances, `[samples, runs, runs]`.
    """
    import numpy as np  # noqa: PLC0415

    size = len(field.runs)
    found: NDArray[np.float64] = np.zeros((len(turned), size, size))
    if field.parts.shape[2] == 1:  # of means, the sums of the signed scores are apart as much
        sums = turned[:, :, 0] / count
        return np.abs(sums[:, :, None] - sums[:, None, :])
    for left in range(size):
        for right in range(left + 1, size):
            middle = (total[:, left] + total[:, right]) / 2
            half = (turned[:, left] - turned[:, right]) / 2
            gap = field.score(middle + half, count) - field.score(middle - half, count)
            found[:, left, right] = found[:, right, left] = np.abs(gap)
    return found


def _apart(sums: "NDArray[np.float64]", fields: Sequence[Field]) -> "Iterator[NDArray[np.float64]]":
    """Yield each metric's sums, `[samples, runs, statistics]`."""
    start = 0
    for field in fields:
        size, statistics = len(field.runs), field.parts.shape[2]
        part = sums[:, start : start + size * statistics]
        start += size * statistics
        yield part.reshape(len(sums), size, statistics)


def _draws(count: int, samples: int, seed: int) -> "Iterator[NDArray[np.float64]]":
    """Yield how often each article is drawn, `[some samples, articles]`."""
    import numpy as np  # noqa: PLC0415

    generator = np.random.default_rng(seed)
    for size in _blocks(count, samples):
        drawn = generator.integers(0, count, size=(size, count))
        drawn += np.arange(size)[:, None] * count
        counts = np.bincount(drawn.ravel(), minlength=size * count)
        yield np.asarray(counts.reshape(size, count), dtype=np.float64)


def _signs(count: int, samples: int, seed: int) -> "Iterator[NDArray[np.float64]]":
    """Yield a sign for each article, `[some samples, articles]`."""
    import numpy as np  # noqa: PLC0415

    generator = np.random.default_rng((seed, 1))
    for size in _blocks(count, samples):
        sides = generator.integers(0, 2, size=(size, count), dtype=np.int8)
        yield np.asarray(2.0 * sides - 1.0, dtype=np.float64)


def _blocks(count: int, samples: int) -> Iterator[int]:
    step = max(1, _CELLS // count)
    for start in range(0, samples, step):
        yield min(step, samples - start)
