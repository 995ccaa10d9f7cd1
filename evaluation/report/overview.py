"""The numbers over all articles, gathered in one pass that keeps no article."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.report.fields import Fields
from evaluation.report.histogram import Histogram, Tally
from evaluation.report.parse import parse_article_scores, parse_cautions
from evaluation.report.scores import in_order


@dataclass(frozen=True, slots=True)
class WarningKind:
    """A kind of warning: how often, and in how many articles."""

    code: str
    stage: str
    count: int
    articles: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What all briefs of a run have together."""

    briefs: int
    warned: int
    kinds: tuple[WarningKind, ...]
    histograms: tuple[Histogram, ...]


def gather(briefs: Iterable[Fields]) -> Overview:
    """Count briefs, warnings and scores."""
    total = warned = 0
    counts: Counter[tuple[str, str]] = Counter()
    articles: Counter[tuple[str, str]] = Counter()
    tallies: dict[str, Tally] = {}
    for fields in briefs:
        total += 1
        kinds = [(caution.code, caution.stage) for caution in parse_cautions(fields)]
        counts.update(kinds)
        articles.update(set(kinds))
        warned += bool(kinds)
        for name, value in parse_article_scores(fields):
            tallies.setdefault(name, Tally(name)).add(value)
    drawn = [tallies[name].draw() for name in in_order(tallies)]
    return Overview(
        briefs=total,
        warned=warned,
        kinds=tuple(
            WarningKind(*kind, count=number, articles=articles[kind])
            for kind, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
        histograms=tuple(histogram for histogram in drawn if histogram is not None),
    )
