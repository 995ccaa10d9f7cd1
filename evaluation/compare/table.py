"""The comparison in the terminal."""

import sys
from typing import TYPE_CHECKING

from evaluation.compare.differences import show_p
from evaluation.compare.spreadsheet import against
from evaluation.compare.view import Comparison, Difference, Estimate

if TYPE_CHECKING:
    from rich.console import Console

_PIPED = 100
"""Columns of text where no terminal limits them."""
_MOST_SENTENCES = 12


def print_comparison(comparison: Comparison, why: str, baseline: int | None) -> None:
    """Print the ranking, what may be claimed, and what to be careful about.

    Args:
        comparison: what is printed.
        why: the ranking's metric was chosen.
        baseline: place of the run that the others are seen against; `None` for the best one.
    """
    from rich.console import Console  # noqa: PLC0415

    width = None if sys.stdout.isatty() else _PIPED
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    metric = next(each for each in comparison.metrics if each.name == comparison.ranked_by)
    other = comparison.ranking[0] if baseline is None else baseline
    pairs = [each for each in comparison.differences if each.metric == metric.name]
    told = {
        place: found
        for place in comparison.ranking
        if (found := against(pairs, place, other)) is not None
    }
    console.print(
        f"{metric.label} ({metric.name}), {why}; "
        f"{metric.better or 'neither side'} is better. "
        f"{comparison.common:,} articles are in all runs.\n"
    )
    _print_ranking(console, comparison, told, other)
    sentences = [pairs_own(pairs, place, other) for place in comparison.ranking if place in told]
    if sentences:
        console.print("")
    for sentence in sentences[:_MOST_SENTENCES]:
        console.print(sentence)
    if len(sentences) > _MOST_SENTENCES:
        console.print(f"... and {len(sentences) - _MOST_SENTENCES} more in compare.csv.")
    if comparison.caveats:
        console.print("\nBe careful:")
    for caveat in comparison.caveats:
        console.print(f"- {caveat}")


def pairs_own(pairs: list[Difference], run: int, other: int) -> str:
    """Return what may be claimed of two runs."""
    return next(each.sentence for each in pairs if {each.left, each.right} == {run, other})


def _print_ranking(
    console: "Console", comparison: Comparison, told: dict[int, Difference], other: int
) -> None:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    against_what = "to the best" if other == comparison.ranking[0] else "to baseline"
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    table.add_column("", justify="right")
    table.add_column("run", overflow="fold", min_width=12)
    for column in ("score", "95 % interval", against_what, "p (Holm)", "seconds"):
        table.add_column(column, justify="right", no_wrap=True)
    for rank, place in enumerate(comparison.ranking, start=1):
        run = comparison.runs[place]
        score = run.scores.get(comparison.ranked_by)
        found = told.get(place)
        seconds = "" if run.cost.seconds is None else f"{run.cost.seconds:,.1f}"
        label = run.label + (" (baseline)" if place == other and rank > 1 else "")
        table.add_row(
            str(rank) if score else "-",
            label,
            f"{score.value:.4g}" if score else "none",
            _between(score),
            f"{found.delta.value:+.3g}" if found else "",
            show_p(found.p_holm) if found and found.p_holm is not None else "",
            seconds + ("*" if run.cost.reused else ""),
        )
    console.print(table)
    if any(run.cost.reused for run in comparison.runs):
        console.print("* some outputs came from the memo")


def _between(score: Estimate | None) -> str:
    if score is None or score.low is None or score.high is None:
        return ""
    return f"{score.low:.3g} - {score.high:.3g}"
