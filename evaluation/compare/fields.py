"""Gather a metric's numbers from all runs that have it."""

from collections.abc import Sequence

from evaluation.article_statistics import SUMMED
from evaluation.compare.pairing import Pairing
from evaluation.compare.resampling import Field
from evaluation.compare.runs import Run


def field_of(runs: Sequence[Run], pairing: Pairing, metric: str, *, tested: bool) -> Field | None:
    """Return a metric over the articles that all runs have, and where all that have it scored it.

    Returns:
        `None` if no article is left.
    """
    import numpy as np  # noqa: PLC0415

    having = [place for place, run in enumerate(runs) if metric in run.statistics.columns]
    if not having:
        return None
    own = pairing.column(runs, metric)[having]
    names = [metric]
    if runs[having[0]].statistics.is_summed(metric):
        size = runs[having[0]].statistics.summed(metric).shape[1]
        names = [f"{metric}{SUMMED}{number}" for number in range(size)]
    parts = np.stack([pairing.column(runs, name)[having] for name in names], axis=2)
    counted = pairing.common & np.isfinite(parts).all(axis=(0, 2)) & np.isfinite(own).all(axis=0)
    if not counted.any():
        return None
    rows = np.flatnonzero(counted)
    return Field(metric, having, rows, tested, own[:, rows], parts[:, rows])
