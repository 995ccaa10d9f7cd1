"""Make a comparison of finished runs."""

from collections.abc import Mapping, Sequence

from evaluation.bootstrap import Resampling
from evaluation.compare.attributing import attributions
from evaluation.compare.caveats import caveats_of
from evaluation.compare.differences import differences_of
from evaluation.compare.errors import CompareError
from evaluation.compare.fields import Field, estimate_all, field_of
from evaluation.compare.metrics import choose, find_metrics
from evaluation.compare.names import changed_settings, label_runs
from evaluation.compare.pairing import Pairing, heads_of
from evaluation.compare.rows import rows_of
from evaluation.compare.runs import Run
from evaluation.compare.slices import slice_articles
from evaluation.compare.view import (
    Comparison,
    Contestant,
    Cost,
    Estimate,
    Metric,
)


def compare(
    runs: Sequence[Run], pairing: Pairing, samples: int, seed: int, wanted: str | None
) -> tuple[Comparison, str]:
    """Compare runs by the articles that all of them have.

    Args:
        runs: two or more.
        pairing: of their articles.
        samples: resamples of intervals and tests.
        seed: of the resampling.
        wanted: metric to rank by; `None` to choose one.

    Returns:
        The comparison, and why it ranks by its metric.

    Raises:
        CompareError: if no article is in all runs, or there is no score to compare by.
    """
    _check_common(runs, pairing)
    unlike: list[str] = []
    metrics = find_metrics(runs, unlike)
    fields = _fields(runs, pairing, metrics)
    resampling = Resampling(samples, seed)
    told = estimate_all(list(fields.values()), resampling)
    metrics = [metric for metric in metrics if metric.name in told]
    values = {name: {run: each.value for run, each in its.items()} for name, its in told.items()}
    ranked_by, why = choose(metrics, values, len(runs), wanted)
    changed = changed_settings([run.settings for run in runs])
    labels = label_runs(runs, changed)
    differences = [
        pair
        for each in metrics
        if each.better
        for pair in differences_of(each, fields[each.name], labels, resampling)
    ]
    heads = heads_of(runs, pairing)
    shared = pairing.common.nonzero()[0].tolist()
    scores = [
        {name: each[run] for name, each in told.items() if run in each} for run in range(len(runs))
    ]
    comparison = Comparison(
        metrics=metrics,
        ranked_by=ranked_by,
        runs=[_contestant(*each) for each in zip(runs, labels, scores, strict=True)],
        ranking=_ranking(metrics, ranked_by, scores),
        differences=differences,
        slices=slice_articles(heads, shared, list(fields.values()), len(runs)),
        rows=rows_of(runs, pairing, heads, metrics),
        attribution=attributions(runs, pairing, resampling),
        changed=changed,
        caveats=[*caveats_of(runs, labels, pairing), *unlike],
        common=int(pairing.common.sum()),
    )
    return comparison, why


def _fields(runs: Sequence[Run], pairing: Pairing, metrics: Sequence[Metric]) -> dict[str, Field]:
    found = [field_of(runs, pairing, metric.name) for metric in metrics]
    return {field.metric: field for field in found if field is not None}


def _check_common(runs: Sequence[Run], pairing: Pairing) -> None:
    if not pairing.common.any():
        raise CompareError(
            "no article is in all runs (by id and version). Compare runs over the same feed: "
            + ", ".join(f"{run.name} has {len(run.heads.places):,}" for run in runs)
        )


def _contestant(run: Run, label: str, scores: Mapping[str, Estimate]) -> Contestant:
    stages = {name: seconds for name, seconds in run.seconds.items() if name != "total"}
    return Contestant(
        label=label,
        folder=run.name,
        scores=scores,
        own={
            name: Estimate(score.value, score.low, score.high, score.count)
            for name, score in run.scores.items()
        },
        cost=Cost(
            seconds=run.seconds.get("total"),
            by_stage=stages,
            made=run.made,
            reused=run.reused,
            words=run.heads.words,
            model_bytes=run.model_bytes,
        ),
        settings=run.settings,
        briefs=run.briefs,
        faults=run.faults,
    )


def _ranking(
    metrics: Sequence[Metric], name: str, scores: Sequence[Mapping[str, Estimate]]
) -> list[int]:
    """Return places of runs, best first; equals, and those without a score, as the user named."""
    lower = {metric.name for metric in metrics if metric.better == "lower"}
    sign = 1 if name in lower else -1

    def rank(place: int) -> tuple[bool, float]:
        score = scores[place].get(name)
        return score is None, sign * score.value if score else 0.0

    return sorted(range(len(scores)), key=rank)
