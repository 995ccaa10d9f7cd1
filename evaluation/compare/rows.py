"""Each article with its scores in all runs."""

from collections.abc import Sequence
from math import isnan

from evaluation.compare.heads import Head
from evaluation.compare.pairing import Pairing
from evaluation.compare.runs import Run
from evaluation.compare.view import Metric, Row


def rows_of(
    runs: Sequence[Run], pairing: Pairing, heads: Sequence[Head], metrics: Sequence[Metric]
) -> list[Row]:
    """Return all articles, those that only some runs have, too."""
    tables = {metric.name: pairing.column(runs, metric.name).T.tolist() for metric in metrics}
    found = []
    for place, (name, version) in enumerate(pairing.keys):
        head = heads[place]
        scores = {metric: _known(table[place]) for metric, table in tables.items()}
        found.append(
            Row(
                key=pairing.names[place],
                id=name,
                version=version,
                title=head.title,
                title_target=head.title_target,
                desk=head.desk,
                published=head.published,
                words=head.words,
                scores=scores,
                spread={
                    metric: spread
                    for metric, its in scores.items()
                    if (spread := _spread(its)) is not None
                },
            )
        )
    return found


def _known(values: Sequence[float]) -> list[float | None]:
    return [None if isnan(value) else value for value in values]


def _spread(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return max(known) - min(known) if len(known) > 1 else None
