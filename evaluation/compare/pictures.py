"""The pictures of a comparison: ranking with intervals, quality against cost, lost score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.compare.marks import letter, printable, show_difference
from evaluation.compare.view import Attribution, Comparison, Contestant, Estimate, Metric
from evaluation.page.legible import show_score
from evaluation.page.picture import INKS, draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.ticker import MaxNLocator

_WIDTH = 420
_WIDE = 20
"""A cost that grows by more than this factor is drawn on a logarithmic scale."""


def draw_ranking(comparison: Comparison, metric: Metric, order: Sequence[int], name: str) -> str:
    """Draw a dot with its 95 % interval for each run, in the order of the table."""
    shown = [(place, comparison.runs[place].scores.get(metric.name)) for place in order]
    rows = [(place, score) for place, score in shown if score is not None]
    if not rows:
        return ""

    def paint(axes: "Axes") -> None:
        best = rows[0][1]
        if metric.better and best.low is not None and best.high is not None:
            axes.axvspan(best.low, best.high, color=INKS["line"], alpha=0.45, linewidth=0)
        for line, (place, score) in enumerate(rows):
            _interval(axes, score, -line, first=line == 0 and metric.better is not None)
            label = f"{letter(place)}  {printable(comparison.runs[place].label, 46)}"
            axes.text(0, -line + 0.24, label, transform=axes.get_yaxis_transform(), fontsize=11)
        axes.set_ylim(-len(rows) + 0.5, 0.75)
        axes.set_yticks([])
        axes.set_xlabel(_side(metric))
        axes.xaxis.set_major_locator(_few_ticks())

    return draw(paint, name, _WIDTH, 52 + 38 * len(rows))


def _interval(axes: "Axes", score: Estimate, y: float, first: bool) -> None:
    ink = INKS["accent"] if first else INKS["quiet"]
    if score.low is not None and score.high is not None:
        axes.plot([score.low, score.high], [y, y], color=INKS["fill"], linewidth=4)
    axes.plot([score.value], [y], "o", markersize=8, color=ink, clip_on=False)


@dataclass(frozen=True, slots=True)
class Price:
    """A kind of cost: its name in ids, what the axis says, and how it is read from a run."""

    name: str
    label: str
    of: Callable[[Contestant], float | None]


def _megabytes(run: Contestant) -> float | None:
    return None if run.cost.model_bytes is None else run.cost.model_bytes / 1e6


PRICES = (
    Price("seconds", "seconds of the run", lambda run: run.cost.seconds),
    Price("words", "words of translations and summaries", lambda run: run.cost.words),
    Price("bytes", "megabytes of model", _megabytes),
)


def draw_price(comparison: Comparison, metric: Metric, price: Price, name: str) -> str:
    """Draw the quality of each run against what it cost; nothing if no cost is known."""
    points = [
        (place, cost, score)
        for place, run in enumerate(comparison.runs)
        if (score := run.scores.get(metric.name)) and (cost := price.of(run)) is not None
    ]
    if not points:
        return ""

    def paint(axes: "Axes") -> None:
        points.sort(key=lambda point: point[2].value)
        for line, (place, cost, score) in enumerate(points):
            if score.low is not None and score.high is not None:
                axes.plot([cost, cost], [score.low, score.high], color=INKS["fill"], linewidth=3)
            axes.plot([cost], [score.value], "o", markersize=7, color=INKS["accent"])
            axes.annotate(
                letter(place),
                (cost, score.value),
                xytext=(8 if line % 2 else -8, 0),  # or the letters of like runs cover each other
                textcoords="offset points",
                ha="left" if line % 2 else "right",
                va="center",
                fontsize=11,
            )
        costs = [cost for _, cost, _ in points]
        if min(costs) > 0 and max(costs) > _WIDE * min(costs):
            axes.set_xscale("log")
        else:
            axes.set_xlim(0, max(costs) * 1.15 or 1)
            axes.xaxis.set_major_locator(_few_ticks())
        axes.margins(y=0.15)
        axes.yaxis.set_major_locator(_few_ticks())
        axes.grid(axis="y", color=INKS["line"], linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(price.label)

    return draw(paint, name, 330, 250, (40, 8, 16, 36))


def draw_attribution(attribution: Attribution, name: str) -> str:
    """Draw the way from the ceiling down to what was reached, one step after the other."""
    bars: list[tuple[str, float, float, str, str]] = []
    level = attribution.ceiling.value
    bars.append(("ceiling", 0, level, "fill", show_score(level)))
    for step in attribution.steps:
        after = level + step.value.value
        ink = "bad" if step.value.value < 0 else "accent"
        bars.append((step.name, level, after, ink, show_difference(step.value.value)))
        level = after
    reached = attribution.reached.value
    bars.append(("reached", 0, reached, "accent", show_score(reached)))

    def paint(axes: "Axes") -> None:
        for line, (label, start, stop, ink, text) in enumerate(bars):
            low, span = min(start, stop), abs(stop - start)
            axes.barh(-line, span, left=low, height=0.36, color=INKS[ink])
            axes.text(
                0, -line + 0.3, printable(label), transform=axes.get_yaxis_transform(), fontsize=11
            )
            axes.annotate(
                text,
                (max(start, stop), -line),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontsize=10,
                color=INKS["quiet"],
            )
        most = max(max(start, stop) for _, start, stop, _, _ in bars)
        axes.set_xlim(0, most * 1.15 or 1)
        axes.set_ylim(-len(bars) + 0.6, 0.75)
        axes.set_yticks([])
        axes.set_xlabel(printable(attribution.metric))
        axes.xaxis.set_major_locator(_few_ticks())

    return draw(paint, name, _WIDTH, 52 + 38 * len(bars))


def _side(metric: Metric) -> str:
    side = {"higher": ", higher is better", "lower": ", lower is better", None: ""}
    return printable(metric.label) + side[metric.better]


def _few_ticks() -> "MaxNLocator":
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    return MaxNLocator(5)
