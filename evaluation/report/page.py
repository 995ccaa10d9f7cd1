"""Write the report of one run: a single page that needs nothing from outside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.page import legible
from evaluation.page.environment import make_environment, read_assets
from evaluation.page.writing import write_whole
from evaluation.report import scores
from evaluation.report.fields import (
    Fields,
    ReportError,
    as_fields,
    read_lines,
    read_object,
    read_value,
)
from evaluation.report.model import Fault
from evaluation.report.overview import gather
from evaluation.report.parse import parse_brief, parse_fault, parse_score
from evaluation.report.run_facts import parse_run
from evaluation.report.story import tell

if TYPE_CHECKING:
    from jinja2 import Environment

_MOST_FAULTS = 1000
_PACKAGE = "evaluation.report"


@dataclass(frozen=True, slots=True)
class ReportSources:
    """The finished files of a run, wherever they are and whatever they are called."""

    briefs: Path
    set_aside: Path
    faults: Path
    scores: Path
    run: Path

    @classmethod
    def of(cls, folder: Path) -> "ReportSources":
        """Return the files under their usual names."""
        return cls(
            briefs=folder / "briefs.jsonl",
            set_aside=folder / "set_aside.jsonl",
            faults=folder / "faults.jsonl",
            scores=folder / "scores.json",
            run=folder / "run.json",
        )


def write_report(sources: ReportSources, target: Path, max_articles: int = 500) -> None:
    """Write the page whole or not at all.

    Args:
        sources: what the run left.
        target: the page; its folder must exist.
        max_articles: articles shown side by side, spread evenly over a longer run; the numbers
            cover all of them.

    Raises:
        ReportError: a source is missing or is not what a run writes.
        OSError: the page cannot be written.
    """
    write_whole(_render(sources, max_articles), target)


def _render(sources: ReportSources, max_articles: int) -> Iterator[str]:
    overview = gather(read_lines(sources.briefs))
    shown = _spread(read_lines(sources.briefs), overview.briefs, max_articles)
    names = [histogram.name for histogram in overview.histograms]
    template = _environment().get_template("page.html")
    return template.generate(
        assets=read_assets(_PACKAGE),
        run=parse_run(read_object(sources.run)),
        overview=overview,
        tiers=scores.tiers([parse_score(item) for item in _score_items(sources.scores)]),
        set_aside=_outcomes(sources.set_aside),
        faults=_outcomes(sources.faults),
        sortable=[name for name in names if scores.tier_of(name) != scores.TIERS[-1]],
        headline=scores.headline(names),
        shown=min(overview.briefs, max_articles),
        stories=tell((place, parse_brief(fields)) for place, fields in shown),
    )


def _spread(briefs: Iterable[Fields], total: int, most: int) -> Iterator[tuple[int, Fields]]:
    """Yield as many briefs as may be shown, with their positions, from all parts of the run."""
    for place, fields in enumerate(briefs):
        if place * most // total > (place - 1) * most // total:
            yield place + 1, fields


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became no brief: how many articles, and the first of them."""

    count: int
    shown: list[Fault]


def _outcomes(path: Path) -> Outcomes:
    shown = [parse_fault(item) for item in islice(read_lines(path), _MOST_FAULTS)]
    return Outcomes(sum(1 for _ in read_lines(path)), shown)


def _score_items(path: Path) -> list[Fields]:
    value = read_value(path)
    if not isinstance(value, list):
        raise ReportError(f"{path.name}: holds {type(value).__name__}, not a list of scores")
    return [as_fields(item, f"{path.name}: score {n}") for n, item in enumerate(value, start=1)]


def _environment() -> "Environment":
    environment = make_environment(_PACKAGE)
    environment.globals |= {"axis": scores.AXIS, "tier_headings": scores.TIERS}
    environment.filters |= {
        "axis_end": "{:g}".format,
        "numbers": legible.part_numbers,
        "label": scores.label_of,
        "group": scores.group_of,
        "tier": scores.tier_of,
    }
    return environment
