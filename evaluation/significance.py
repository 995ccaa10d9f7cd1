"""Paired tests between systems over the same articles.

Approximate randomization (Noreen 1989; Riezler and Maxwell 2005): if two systems were equally
good, then for each article it would be chance which of them got which score. So scores are swapped
article by article at random, and p is the share of swaps whose difference is at least as large,
either way, as the one observed: `(c + 1) / (n + 1)` of n random swaps, or `c / n` of all of them
where there are no more than `samples`. It asks for no distribution, and is the p to report.

Paired bootstrap (Koehn 2004; Berg-Kirkpatrick et al. 2012): p is `(c + 1) / (n + 1)`, c the number
of resamples whose difference lies at least as far from the observed one as that lies from zero. Its
percentiles are the interval of the difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from evaluation.bootstrap import Resampling, SumScore, percentiles, resampled_sums

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evaluation.bootstrap import ManyScores

_CELLS = 1 << 20
_ROUNDING = 1e-12
"""Differences are the same if no further apart than this, by the largest number at work."""


@dataclass(frozen=True, slots=True)
class PairedTest:
    """Two systems by one metric, over the articles that both have a score for.

    Attributes:
        left: place of a system.
        right: place of another.
        count: articles.
        delta: the left one's corpus score less the right one's; `None` without articles.
        low: lower end of its interval; `None` below two articles.
        high: upper end.
        error: standard error of `delta`, from the resamples; `None` as above.
        p: two-sided, by approximate randomization; `None` as above.
        p_bootstrap: two-sided, by paired bootstrap; `None` as above.
        exact: whether `p` comes from all swaps there are.
        reason: why numbers are missing.
    """

    left: int
    right: int
    count: int
    delta: float | None = None
    low: float | None = None
    high: float | None = None
    error: float | None = None
    p: float | None = None
    p_bootstrap: float | None = None
    exact: bool = False
    reason: str | None = None


def paired_tests(
    tables: "Sequence[NDArray[np.float64]]",
    score: SumScore | None = None,
    resampling: Resampling | None = None,
    pairs: Sequence[tuple[int, int]] | None = None,
) -> list[PairedTest]:
    """Test the differences between systems by one metric.

    Args:
        tables: for each system `[articles]`, whose mean is its score, or `[articles, statistics]`,
            whose sums `score` turns into it; the same articles in the same order. An article that
            has nan is left out where its system is compared.
        score: none for means.
        resampling: ten thousand resamples if not given.
        pairs: places of the systems to compare; all pairs if not given.

    Raises:
        ValueError: if the tables are not of the same shape.
    """
    import numpy as np  # noqa: PLC0415

    chosen = resampling or Resampling()
    wanted = list(combinations(range(len(tables)), 2) if pairs is None else pairs)
    if len({table.shape for table in tables}) > 1:
        raise ValueError("the systems' tables differ in shape: give all the same articles")
    if not wanted:
        return []
    cube = np.stack(
        [table[:, None] if table.ndim == 1 else table for table in tables], axis=1, dtype=np.float64
    )
    there = np.isfinite(cube.sum(axis=2))
    groups: dict[bytes, list[tuple[int, int]]] = {}
    for left, right in wanted:
        groups.setdefault((there[:, left] & there[:, right]).tobytes(), []).append((left, right))
    found = {}
    for mask, members in groups.items():
        rows = cube[np.frombuffer(mask, dtype=bool)]
        if not len(rows):
            reason = "no article has a score from both"
            found.update({pair: PairedTest(*pair, 0, reason=reason) for pair in members})
            continue
        found.update(
            {(test.left, test.right): test for test in _test(rows, score, chosen, members)}
        )
    return [found[pair] for pair in wanted]


def _test(
    cube: "NDArray[np.float64]",
    score: SumScore | None,
    resampling: Resampling,
    pairs: Sequence[tuple[int, int]],
) -> Iterator[PairedTest]:
    """Test pairs that have the same articles, `cube` being `[articles, systems, statistics]`."""
    import numpy as np  # noqa: PLC0415

    count = len(cube)
    scores: ManyScores = (lambda sums: sums[..., 0] / count) if score is None else score.many
    kept = sorted({place for pair in pairs for place in pair})
    cube = cube[:, kept]
    total = cube.sum(axis=0)
    observed = scores(total)
    reason = _too_little(count, resampling)
    if reason is None:
        table = cube.reshape(count, -1)
        drawn = resampled_sums(table, resampling.samples, resampling.seed)
        resampled = scores(drawn.reshape(-1, *total.shape))
        swapped = _swapped_sums(table, resampling).reshape(-1, *total.shape)
    largest = float(np.abs(cube).max()) if score is None else float(np.abs(observed).max())
    for left, right in pairs:
        one, two = kept.index(left), kept.index(right)
        delta = float(observed[one] - observed[two])
        if reason is not None:
            yield PairedTest(left, right, count, delta, reason=reason)
            continue
        moved = swapped[:, one] - swapped[:, two]
        swaps = scores(total[two] + moved) - scores(total[one] - moved)
        test = PairedTest(left, right, count, delta, exact=2**count <= resampling.samples)
        least = abs(delta) - _ROUNDING * largest
        yield _filled(test, resampled[:, one] - resampled[:, two], swaps, least, resampling.level)


def _filled(
    test: PairedTest,
    resampled: "NDArray[np.float64]",
    swapped: "NDArray[np.float64]",
    least: float,
    level: float,
) -> PairedTest:
    """Add what follows from the differences in resamples, and after swaps."""
    low, high = percentiles(resampled, level)
    return replace(
        test,
        low=low,
        high=high,
        error=float(resampled.std()),
        p=_share(swapped, least, exact=test.exact),
        p_bootstrap=_share(resampled - (test.delta or 0.0), least, exact=False),
    )


def _share(differences: "NDArray[np.float64]", least: float, *, exact: bool) -> float:
    """Return p: the share that is at least so large, the observed one counted in."""
    extreme = int((abs(differences) >= least).sum())
    return extreme / len(differences) if exact else (extreme + 1) / (len(differences) + 1)


def _too_little(count: int, resampling: Resampling) -> str | None:
    if count < 2:
        return "one article tells nothing of others"
    return "no resamples were asked for" if resampling.samples < 1 else None


def _swapped_sums(table: "NDArray[np.float64]", resampling: Resampling) -> "NDArray[np.float64]":
    """Return the columns' sums over the articles that change sides: `[swaps, columns]`."""
    import numpy as np  # noqa: PLC0415

    count = len(table)
    if 2**count <= resampling.samples:
        every = np.arange(2**count)[:, None] >> np.arange(count) & 1
        return every.astype(np.float64) @ table
    generator = np.random.default_rng([resampling.seed, 1])  # not the bootstrap's draws again
    width, step = -(-count // 8), max(1, _CELLS // count)
    blocks = []
    for start in range(0, resampling.samples, step):
        rows = min(step, resampling.samples - start)
        drawn = np.frombuffer(generator.bytes(rows * width), dtype=np.uint8).reshape(rows, width)
        sides = np.unpackbits(drawn, axis=1, count=count)
        blocks.append(sides.astype(np.float64) @ table)
    return np.concatenate(blocks)


def holm(ps: Sequence[float | None]) -> list[float | None]:
    """Correct p values for their number, by Holm's step-down method (1979).

    The smallest p is multiplied by the number of comparisons, the next by one less, and so on;
    none comes out smaller than one before it, nor above 1. The chance that any of the differences
    called real is not stays below the level, whatever the comparisons have to do with each other.

    Args:
        ps: of the comparisons that one looks at to decide one question: here all pairs of
            configurations by the one headline metric. `None` is no comparison, and stays.
    """
    order = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    reached = 0.0
    for rank, (p, place) in enumerate(order):
        reached = max(reached, min(1.0, p * (len(order) - rank)))
        adjusted[place] = reached
    return adjusted
