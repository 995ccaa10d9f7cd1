"""`compare.csv`: one line for each run and metric, for a spreadsheet or a data frame."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.compare.runs import Run
from evaluation.compare.view import Comparison, Contestant, Difference, Estimate

COLUMNS = (
    "run", "folder", "metric", "better", "rank", "value", "low", "high", "articles",
    "own_value", "own_low", "own_high", "own_articles", "against", "delta", "delta_low",
    "delta_high", "p", "p_holm", "effect", "wins", "ties", "losses", "articles_needed",
    "briefs", "faults", "seconds", "made", "reused", "words", "model_bytes", "signature",
)  # fmt: skip
"""Settings that are not the same in all runs follow, each as `setting:KEY`."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | None


def write_csv(
    comparison: Comparison, runs: Sequence[Run], baseline: int | None, target: Path
) -> None:
    """Write the table whole or not at all.

    Args:
        comparison: what is written.
        runs: the same runs; they know their signatures.
        baseline: place of the run that the others are seen against; `None` for the best one.
        target: the file; its folder must exist.

    Raises:
        OSError: if the file system refuses.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *(f"setting:{key}" for key, _ in comparison.changed)])
    for line in _lines(comparison, runs, baseline):
        writer.writerow([_safe(cell) for cell in line])
    part = target.with_name(f".{target.name}.part")
    part.write_text(text.getvalue(), encoding="utf-8", errors="backslashreplace", newline="")
    part.replace(target)


def against(differences: Sequence[Difference], run: int, other: int) -> Difference | None:
    """Return the difference of two runs, seen from the first of them."""
    for each in differences:
        if (each.left, each.right) == (run, other):
            return each
        if (each.left, each.right) == (other, run):
            return turned(each)
    return None


def turned(difference: Difference) -> Difference:
    """Return the same difference, seen from the other run."""
    from dataclasses import replace  # noqa: PLC0415

    delta, effect = difference.delta, difference.effect
    low = None if delta.high is None else -delta.high
    high = None if delta.low is None else -delta.low
    return replace(
        difference,
        left=difference.right,
        right=difference.left,
        delta=Estimate(-delta.value, low, high, delta.count),
        effect=None if effect is None else -effect,
        wins=difference.losses,
        losses=difference.wins,
    )


def _lines(
    comparison: Comparison, runs: Sequence[Run], baseline: int | None
) -> Iterator[list[Cell]]:
    better = {metric.name: metric.better for metric in comparison.metrics}
    names = dict.fromkeys([*better, *(name for run in runs for name in run.scores)])
    pairs: dict[str, list[Difference]] = {}
    for each in comparison.differences:
        pairs.setdefault(each.metric, []).append(each)
    for name in names:
        ranks = _ranks(comparison, name)
        best = next((run for run, rank in ranks.items() if rank == 1), None)
        other = best if baseline is None else baseline
        for place, (run, shown) in enumerate(zip(runs, comparison.runs, strict=True)):
            if name not in run.scores:
                continue
            found = None if other is None else against(pairs.get(name, []), place, other)
            seen = comparison.runs[other].label if found is not None and other is not None else None
            yield [
                shown.label, shown.folder, name, better.get(name), ranks.get(place),
                *_numbers(shown.scores.get(name)), *_numbers(shown.own.get(name)), seen,
                *_tested(found), *_cost(shown), run.scores[name].signature,
                *(values[place] for _, values in comparison.changed),
            ]  # fmt: skip


def _ranks(comparison: Comparison, name: str) -> Mapping[int, int]:
    metric = next((each for each in comparison.metrics if each.name == name), None)
    if metric is None or metric.better is None:
        return {}
    scores = {
        place: run.scores[name].value
        for place, run in enumerate(comparison.runs)
        if name in run.scores
    }
    sign = 1 if metric.better == "higher" else -1
    return {
        place: 1 + sum(sign * other > sign * value for other in scores.values())
        for place, value in scores.items()
    }


def _numbers(estimate: Estimate | None) -> list[Cell]:
    if estimate is None:
        return [None] * 4
    return [estimate.value, estimate.low, estimate.high, estimate.count]


def _tested(found: Difference | None) -> list[Cell]:
    if found is None:
        return [None] * 10
    return [
        found.delta.value, found.delta.low, found.delta.high, found.p, found.p_holm, found.effect,
        found.wins, found.ties, found.losses, found.needed,
    ]  # fmt: skip


def _cost(run: Contestant) -> list[Cell]:
    cost = run.cost
    return [
        run.briefs, run.faults, cost.seconds, cost.made, cost.reused, cost.words, cost.model_bytes,
    ]  # fmt: skip


def _safe(cell: Cell) -> Cell:
    """Keep a spreadsheet from taking text for a formula; write floats short, without -0."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return float(f"{cell:.8g}") + 0.0 if isinstance(cell, float) else cell
