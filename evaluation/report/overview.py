"""The numbers over all articles, gathered in one pass that keeps no article."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.report.fields import Fields
from evaluation.report.histogram import Histogram, Tally
from evaluation.report.parse import parse_article_scores, parse_cautions


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
    scored: int
    kinds: tuple[WarningKind, ...]
    histograms: tuple[Histogram, ...]

    @property
    def score_names(self) -> tuple[str, ...]:
        """Name the scores that articles have, in the order in which they appear."""
        return tuple(histogram.name for histogram in self.histograms)


def gather(briefs: Iterable[Fields]) -> Overview:
    """Count briefs, warnings and scores."""
    total = warned = scored = 0
    counts: Counter[tuple[str, str]] = Counter()
    articles: Counter[tuple[str, str]] = Counter()
    tallies: dict[str, Tally] = {}
    for fields in briefs:
        total += 1
        kinds = [(caution.code, caution.stage) for caution in parse_cautions(fields)]
        counts.update(kinds)
        articles.update(set(kinds))
        warned += bool(kinds)
        scores = parse_article_scores(fields)
        scored += bool(scores)
        for name, value in scores:
            tallies.setdefault(name, Tally(name)).add(value)
    drawn = [tally.draw() for tally in tallies.values()]
    return Overview(
        briefs=total,
        warned=warned,
        scored=scored,
        kinds=tuple(
            WarningKind(*kind, count=number, articles=articles[kind])
            for kind, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
        histograms=tuple(histogram for histogram in drawn if histogram is not None),
    )
