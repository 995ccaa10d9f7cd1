"""The comparison by one metric, arranged as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.compare.marks import headliners, is_main, verdict
from evaluation.compare.pictures import PRICES, draw_price, draw_ranking
from evaluation.compare.view import Comparison, Contestant, Difference, Estimate, Metric, Slice


@dataclass(frozen=True, slots=True)
class Standing:
    """A run in the ranking.

    Attributes:
        rank: from 1; `None` where no side is better, or without a score.
        own: its score over all its articles, if these are not those that all runs have.
        against_best: its difference to the first, seen from the first.
    """

    rank: int | None
    place: int
    run: Contestant
    score: Estimate | None
    own: Estimate | None
    against_best: Difference | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the matrix: the run of its line less the run of its column."""

    left: int
    right: int
    delta: float
    low: float | None
    high: float | None
    p: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Block:
    """All that follows the chosen metric.

    Attributes:
        matrix: for each run its cells; `None` on the diagonal and where nothing was tested.
        pairs: all differences; `claims` are those of the best run.
        slices: by `desk`, `length` or `published`.
        costs: pictures.
    """

    number: int
    metric: Metric
    standings: Sequence[Standing]
    picture: str
    matrix: Sequence[Sequence[Cell | None]]
    claims: Sequence[Difference]
    pairs: Sequence[Difference]
    slices: Sequence[tuple[str, Sequence[Slice]]]
    costs: Sequence[str]


def arrange(comparison: Comparison, number: int) -> Block:
    """Arrange what is shown by the metric of this number."""
    metric = comparison.metrics[number]
    pairs = [each for each in comparison.differences if each.metric == metric.name]
    standings = _standings(comparison, metric, pairs)
    order = [standing.place for standing in standings]
    best = order[0] if metric.better else None
    has_costs = metric.name in headliners(comparison)
    costs = [
        draw_price(comparison, metric, price, f"cost-{number}-{price.name}")
        for price in PRICES
        if has_costs
    ]
    return Block(
        number=number,
        metric=metric,
        standings=standings,
        picture=draw_ranking(comparison, metric, order, f"ranking-{number}")
        if is_main(metric)
        else "",
        matrix=[[_cell(row, column, metric, pairs) for column in order] for row in order],
        claims=[pair for pair in pairs if best in {pair.left, pair.right}],
        pairs=pairs,
        slices=_slices(comparison, metric),
        costs=[cost for cost in costs if cost],
    )


def _standings(
    comparison: Comparison, metric: Metric, pairs: Sequence[Difference]
) -> list[Standing]:
    order = _order(comparison, metric)
    standings = []
    for rank, place in enumerate(order, start=1):
        run = comparison.runs[place]
        score, own = run.scores.get(metric.name), run.own.get(metric.name)
        versus = {each for each in (order[0], place) if metric.better}
        standings.append(
            Standing(
                rank=rank if metric.better and score else None,
                place=place,
                run=run,
                score=score,
                own=own if own and (score is None or own.count != score.count) else None,
                against_best=next((p for p in pairs if {p.left, p.right} == versus), None),
            )
        )
    return standings


def _order(comparison: Comparison, metric: Metric) -> list[int]:
    """Return the runs, best first; in the user's order where no side is better."""
    if metric.name == comparison.ranked_by:
        return list(comparison.ranking)
    places = range(len(comparison.runs))
    if metric.better is None:
        return list(places)
    sign = -1 if metric.better == "higher" else 1

    def rank(place: int) -> tuple[bool, float]:
        score = comparison.runs[place].scores.get(metric.name)
        return score is None, sign * score.value if score else 0.0

    return sorted(places, key=rank)


def _cell(row: int, column: int, metric: Metric, pairs: Sequence[Difference]) -> Cell | None:
    pair = next((each for each in pairs if (each.left, each.right) == (row, column)), None)
    if pair:
        delta, sign = pair.delta, 1
    else:
        pair = next((each for each in pairs if (each.left, each.right) == (column, row)), None)
        if pair is None:
            return None
        delta, sign = pair.delta, -1
    ends = [None if end is None else sign * end for end in (delta.low, delta.high)]
    low, high = ends[::sign]
    return Cell(
        left=row,
        right=column,
        delta=sign * delta.value,
        low=low,
        high=high,
        p=pair.p_holm,
        verdict=verdict(pair, metric.better, turned=sign < 0),
    )


def _slices(comparison: Comparison, metric: Metric) -> list[tuple[str, list[Slice]]]:
    groups: dict[str, list[Slice]] = {}
    for each in comparison.slices:
        if metric.name in each.scores:
            groups.setdefault(each.by, []).append(each)
    return list(groups.items())


def best_of(scores: Sequence[float | None], metric: Metric) -> float | None:
    """Return the best of the scores; `None` where no side is better, or all are the same."""
    known = {score for score in scores if score is not None}
    if len(known) < 2 or metric.better is None:
        return None
    return max(known) if metric.better == "higher" else min(known)
