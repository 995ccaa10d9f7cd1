"""Find the runs that tell where a run's loss arises, and attribute it."""

from collections.abc import Mapping, Sequence

from evaluation.attribution import (
    CEILING,
    GENERATED,
    SELECTED,
    TRANSLATED,
    Part,
    attribute,
)
from evaluation.bootstrap import Resampling
from evaluation.compare.names import OUTPUT_NEUTRAL
from evaluation.compare.pairing import Pairing
from evaluation.compare.runs import Run
from evaluation.compare.view import Attribution, Estimate, Step

_METRICS = ("rouge2.f", "rouge1.f", "rougeLsum.f")
_REFERENCE, _ORACLE = "reference", "oracle"
_EXPLAINED = {
    "selection": "what the extractor loses against the oracle",
    "translation": "what the model's translation loses against the reference translation",
    "generation": "what the abstract loses against the extract, or gains",
}


def attributions(
    runs: Sequence[Run], pairing: Pairing, resampling: Resampling
) -> list[Attribution]:
    """Attribute the loss of each run that has the ceiling, or another counterpart, beside it."""
    found = []
    for place, run in enumerate(runs):
        if _made(run, "translation") in {None, _REFERENCE} or _made(run, "extractive") == _ORACLE:
            continue
        selected = _counterpart(runs, run, _made(run, "extractive"))
        ceiling = _counterpart(runs, run, _ORACLE)
        if selected is None and ceiling is None:
            continue
        chain = {
            CEILING: (ceiling, "extractive"),
            SELECTED: (selected, "extractive"),
            TRANSLATED: (place, "extractive"),
            GENERATED: (place, "abstractive"),
        }
        for metric in _METRICS:
            told = _attribution(runs, pairing, chain, (metric, place), resampling)
            if told is not None:
                found.append(told)
    return found


def _attribution(
    runs: Sequence[Run],
    pairing: Pairing,
    chain: Mapping[str, tuple[int | None, str]],
    about: tuple[str, int],
    resampling: Resampling,
) -> Attribution | None:
    metric, place = about
    scores = {
        link: pairing.column(runs, f"{part}.{metric}")[run]
        for link, (run, part) in chain.items()
        if run is not None and f"{part}.{metric}" in runs[run].statistics.columns
    }
    told = attribute(scores, resampling)
    if not told.steps:
        return None
    return Attribution(
        metric=metric,
        run=place,
        ceiling=_estimate(told.links[0]),
        steps=[Step(step.name, _estimate(step), _explain(step.name)) for step in told.steps],
        reached=_estimate(told.links[-1]),
        missing=[f"{link.name}: {link.remedy}" for link in told.missing],
    )


def _counterpart(runs: Sequence[Run], run: Run, extractor: str | None) -> int | None:
    """Return a run on the reference translation with this extractor, all else being the same."""
    for place, other in enumerate(runs):
        if _made(other, "translation") != _REFERENCE or _made(other, "extractive") != extractor:
            continue
        free = ("translation", *(("extractive",) if extractor == _ORACLE else ()))
        if _others(run, free) == _others(other, free):
            return place
    return None


def _others(run: Run, free: Sequence[str]) -> dict[str, str]:
    ignored = (*OUTPUT_NEUTRAL, *(f"{name}." for name in free))
    return {key: value for key, value in run.settings.items() if not key.startswith(ignored)}


def _made(run: Run, part: str) -> str | None:
    return run.settings.get(f"{part}.made_by")


def _explain(step: str) -> str:
    return "; ".join(_EXPLAINED[name] for name in step.split(" and "))


def _estimate(part: Part) -> Estimate:
    return Estimate(part.value, part.low, part.high, part.count)
