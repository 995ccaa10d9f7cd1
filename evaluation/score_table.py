"""Print scores: a row each, and for several systems how they differ from the first."""

import sys
from collections.abc import Mapping, Sequence

from evaluation.comparison import Comparison
from evaluation.score import Score
from evaluation.tally import Tally

_PARTS = (".p", ".r")
"""Precision and recall; several systems are compared by F, and all of it is in `output`."""
_PIPED = 1000
"""Columns of text where no terminal limits them."""


_EXPLAINED = (
    "delta: to the first system, over the articles that both have, with its 95 % interval; p: "
    "two-sided, by approximate randomization, after Holm's correction over the other systems"
)


def print_scores(
    scores: Mapping[str, Sequence[Score]],
    comparisons: Sequence[Comparison],
    tally: Tally,
    *,
    wants_source: bool,
) -> None:
    """Print the scores of all systems.

    Args:
        scores: by system, the baseline first.
        comparisons: of the others with it.
        tally: what was counted.
        wants_source: a source was given.
    """
    from rich.console import Console  # noqa: PLC0415

    width = None if sys.stdout.isatty() else _PIPED
    console = Console(width=width, highlight=False, markup=False)
    for remark in tally.remarks(wants_source=wants_source):
        console.print(remark, soft_wrap=True)
    if len(scores) == 1:
        (found,) = scores.values()
        console.print(_single(found))
    else:
        console.print(_several(scores, comparisons))
        console.print(_EXPLAINED, soft_wrap=True)
    signatures = (score.signature for found in scores.values() for score in found)
    for signature in dict.fromkeys(signatures):
        console.print(signature, soft_wrap=True)


def _single(scores: Sequence[Score]) -> object:
    from rich.table import Table  # noqa: PLC0415

    table = Table()
    for column in ("score", "value", "95 % interval", "count"):
        table.add_column(column, justify="left" if column == "score" else "right")
    for score in scores:
        table.add_row(score.name, _number(score.value), _interval(score), str(score.count))
    return table


def _several(scores: Mapping[str, Sequence[Score]], comparisons: Sequence[Comparison]) -> object:
    from rich.table import Table  # noqa: PLC0415

    table = Table()
    for column in ("score", "system"):
        table.add_column(column, overflow="fold")
    shown = ("value", "95 % interval", "delta", *(["p"] if _tested(comparisons) else []))
    for column in shown:
        table.add_column(column, justify="right")
    known = {(found.score, found.system): found for found in comparisons}
    baseline, *_ = scores
    for name in dict.fromkeys(s.name for found in scores.values() for s in found):
        if name.endswith(_PARTS):
            continue
        rows = [(system, s) for system, found in scores.items() for s in found if s.name == name]
        for number, (system, score) in enumerate(rows):
            cells = [
                name if not number else "",
                system,
                _number(score.value),
                _interval(score),
                *_difference(known.get((name, system)), system == baseline, tested="p" in shown),
            ]
            table.add_row(*cells, end_section=number == len(rows) - 1)
    return table


def _tested(comparisons: Sequence[Comparison]) -> bool:
    return any(found.p is not None for found in comparisons)


def _difference(found: Comparison | None, is_baseline: bool, *, tested: bool) -> list[str]:
    if found is None:
        return ["baseline" if is_baseline else "", *([""] if tested else [])]
    delta = f"{found.delta:+.4f}"
    if found.low is not None and found.high is not None:
        delta += f" ({found.low:+.4f} – {found.high:+.4f})"
    return [delta, "" if found.p is None else f"{found.p:.4f}"] if tested else [delta]


def _number(value: float) -> str:
    return f"{value:.4f}"


def _interval(score: Score) -> str:
    return "" if score.low is None else f"{score.low:.4f} – {score.high:.4f}"
