"""How runs, numbers and verdicts of a comparison are written on its page."""

import math
import re
from collections.abc import Sequence

from evaluation.compare.view import Better, Comparison, Difference, Metric
from evaluation.page.legible import show_score

LEVEL = 0.05
"""A corrected p below it is called significant."""

_DETAILS = frozenset({"p", "r", "precision", "recall"})


def letter(place: int) -> str:
    """Return the letter of a run: `A` for the first, `AA` behind `Z`."""
    head, last = divmod(place, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + last)


def show_difference(value: float | None) -> str:
    """Write a difference with its sign; a dash for none."""
    if value is None or not math.isfinite(value):
        return "–"
    text = show_score(abs(value))
    if not float(text.replace(",", "")):
        return f"±{text}"
    return f"{'−' if value < 0 else '+'}{text}"


def show_p(value: float | None) -> str:
    """Write a p-value."""
    if value is None or not math.isfinite(value):
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def show_bytes(value: int | None) -> str:
    """Write a size in megabytes or gigabytes."""
    if value is None:
        return "–"
    return f"{value / 1e9:,.2f} GB" if value >= 1e9 else f"{value / 1e6:,.1f} MB"


def is_main(metric: Metric) -> bool:
    """Tell whether a metric has a better side and is no detail of another."""
    return metric.better is not None and metric.name.rsplit(".", 1)[-1] not in _DETAILS


def headliners(comparison: Comparison) -> Sequence[str]:
    """Return the metric that is ranked by, and the first main one of each part of a brief."""
    chosen = {comparison.ranked_by.split(".")[0]: comparison.ranked_by}
    for metric in comparison.metrics:
        if is_main(metric):
            chosen.setdefault(metric.name.split(".")[0], metric.name)
    return tuple(chosen.values())


def verdict(difference: Difference, better: Better | None, turned: bool = False) -> str:
    """Return `better`, `worse` or `open`, seen from the left run; from the right one if turned."""
    value = difference.delta.value
    if difference.p_holm is None or not difference.p_holm < LEVEL or not value or better is None:
        return "open"
    leads = (value > 0) == (better == "higher")
    return "better" if leads != turned else "worse"


def printable(text: str, longest: int = 40) -> str:
    """Return a text that a picture can show: of one line, without controls, not too long."""
    line = re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text)).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"
