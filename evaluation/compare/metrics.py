"""Which scores runs are compared by, what they are called, and which way is better."""

import re
from collections.abc import Mapping, Sequence

from evaluation.compare.errors import CompareError
from evaluation.compare.runs import Run
from evaluation.compare.view import Better, Metric
from evaluation.report.scores import in_order

DEFAULTS = (
    "abstractive.rouge2.f",
    "extractive.rouge2.f",
    "translation.bleu",
    "translation.chrf",
)
"""What runs are ranked by: the first of these that all have and that is not the same in all."""

_RESAMPLING = re.compile(r"\|bs:\d+|\|seed:\d+")
_WORDS = {
    "bleu": "BLEU",
    "chrf": "chrF",
    "ter": "TER",
    "facts": "Facts that agree",
    "rouge1": "ROUGE-1",
    "rouge2": "ROUGE-2",
    "rougeL": "ROUGE-L",
    "rougeLsum": "ROUGE-Lsum",
    "p": "precision",
    "r": "recall",
    "f": "F",
    "length_ratio": "Length against reference",
    "novel_bigrams": "Novel bigrams",
}
_PARTS = {"extractive": "extract", "abstractive": "abstract"}
_SCALES = {"bleu": 100.0, "chrf": 100.0, "ter": None, "facts": 1.0}


def find_metrics(runs: Sequence[Run], caveats: list[str]) -> list[Metric]:
    """Return the metrics in the order of the journey.

    A metric that was not computed in the same way in all runs is left out, with a caveat.
    """
    names = dict.fromkeys(name for run in runs for name in run.scores)
    found, unlike = [], []
    for name in in_order(names):
        recipes = {recipe(run.scores[name].signature) for run in runs if name in run.scores}
        if len(recipes) > 1:
            unlike.append(name)
        elif any(name in run.statistics.columns for run in runs):
            found.append(_metric(name, recipes.pop()))
    if unlike:
        caveats.append(
            f"Not compared, since not all runs computed it in the same way: {', '.join(unlike)}. "
            "compare.csv has the runs' own values and signatures; run again with the same "
            "settings of scoring and the same version of wirebrief."
        )
    return found


def recipe(signature: str) -> str:
    """Return a signature without what says only how its interval was drawn."""
    return _RESAMPLING.sub("", signature)


def choose(
    metrics: Sequence[Metric],
    values: Mapping[str, Mapping[int, float]],
    count: int,
    wanted: str | None,
) -> tuple[str, str]:
    """Return the name of the metric to rank by, and why it was chosen.

    Args:
        metrics: those that can be compared.
        values: by metric, the score of each run that has one.
        count: of the runs.
        wanted: name that the user gave.

    Raises:
        CompareError: if there is none, or not the wanted one.
    """
    names = [metric.name for metric in metrics if values.get(metric.name)]
    if wanted is not None:
        if wanted not in names:
            listed = ", ".join(names) or "none"
            raise CompareError(f"--metric {wanted}: the runs have no such score. Scores: {listed}.")
        return wanted, "as told by --metric"
    if not names:
        raise CompareError(
            "the runs share no score. Run with stages=[translate,extract,abstract,score] on a feed "
            "with references."
        )
    everywhere = [name for name in names if len(values[name]) == count]
    differing = [name for name in everywhere if len(set(values[name].values())) > 1]
    for name in DEFAULTS:
        if name in differing:
            return name, "the first of ROUGE-2 F, BLEU and chrF that all runs have and that differs"
    better = {metric.name for metric in metrics if metric.better}
    for name in differing:
        if name in better:
            return name, "the first score that all runs have and that differs"
    if everywhere:
        first = next((name for name in (*DEFAULTS, *everywhere) if name in everywhere), names[0])
        return first, "no score with a better side differs"
    return names[0], "no score is in all runs"


def _metric(name: str, signature: str) -> Metric:
    return Metric(name, _label(name), _better(name), _scale(name), signature)


def _label(name: str) -> str:
    part, *rest = name.split(".")
    words = " ".join(_WORDS.get(word, word.capitalize()) for word in rest) or part
    return f"{words}, {_PARTS.get(part, part)}" if rest else words


def _better(name: str) -> Better | None:
    """Tell which way is better. Precision and recall only describe: length trades one for one."""
    measure = name.split(".")[1] if "." in name else name
    if measure == "ter":
        return "lower"
    if measure in {"bleu", "chrf", "facts"} or (measure.startswith("rouge") and name[-2:] == ".f"):
        return "higher"
    return None


def _scale(name: str) -> float | None:
    measure = name.split(".")[1] if "." in name else name
    return 1.0 if measure.startswith("rouge") else _SCALES.get(measure)
