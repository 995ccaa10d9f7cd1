"""What a comparison allows one to say, in a sentence."""

from dataclasses import dataclass
from math import sqrt
from typing import Protocol

from evaluation.power import needed_articles
from evaluation.significance import PairedTest


class Measure(Protocol):
    """What is known of a metric."""

    @property
    def label(self) -> str:
        """Its name for people, such as `ROUGE-2`."""
        ...

    @property
    def better(self) -> str | None:
        """Which way is better, `higher` or `lower`; `None` for what only describes."""
        ...

    @property
    def scale(self) -> float | None:
        """The number of a perfect score, 1 or 100, told as 100 points; `None` without one."""
        ...


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether two systems may be said to differ.

    Attributes:
        differ: whether they may.
        needed: articles that would show such a difference four times out of five, at the level by
            the number of comparisons; `None` if no number would, or nothing is known.
        sentence: all of it in words.
    """

    differ: bool
    needed: int | None
    sentence: str


def claim(
    names: tuple[str, str],
    measure: Measure,
    test: PairedTest,
    p: float | None,
    comparisons: int = 1,
    alpha: float = 0.05,
    level: float = 0.95,
) -> Claim:
    """Say what a test of two systems allows to claim.

    Args:
        names: of the left and the right system.
        measure: the metric.
        test: of the left system against the right one.
        p: its `p`, after Holm's correction if there are several comparisons.
        comparisons: how many were corrected for.
        alpha: a difference may be claimed if p is below this.
        level: of the test's interval.
    """
    left, right = names
    where = f"in {measure.label} on {_articles(test.count)}"
    if test.delta is None:
        told = f"{left} and {right} cannot be compared in {measure.label}: {test.reason}."
        return Claim(differ=False, needed=None, sentence=told)
    between = _between(left, right, measure, test, where)
    if p is None or test.low is None or test.high is None or test.error is None:
        told = f"{between}: no difference can be claimed, since {test.reason}."
        return Claim(differ=False, needed=None, sentence=told)
    needed = needed_articles(test.delta, test.error * sqrt(test.count), alpha / comparisons)
    factor = 100 / measure.scale if measure.scale else 1.0
    places = _places(test.delta * factor)
    low, high = (_number(end * factor, places) for end in (test.low, test.high))
    corrected = f" after Holm's correction over {comparisons} comparisons" * (comparisons > 1)
    facts = f"({100 * level:g} % interval {low} to {high}; p {_p(p)}{corrected})"
    differ = p < alpha
    sentence = f"{between} {facts}: {_verdict(measure, test, needed, differ=differ)}."
    return Claim(differ, needed, sentence)


def _between(left: str, right: str, measure: Measure, test: PairedTest, where: str) -> str:
    delta = test.delta or 0.0
    if not delta:
        return f"{left} and {right} score the same {where}"
    size = abs(delta) * (100 / measure.scale if measure.scale else 1.0)
    points = f"{size:.{_places(size)}f}" + (" points" if measure.scale else "")
    return f"{left} scores {points} {'higher' if delta > 0 else 'lower'} than {right} {where}"


def _verdict(measure: Measure, test: PairedTest, needed: int | None, *, differ: bool) -> str:
    delta = test.delta or 0.0
    if differ and measure.better is None:
        return "you may claim that they differ; this measure says nothing of better or worse"
    if differ:
        better = (delta > 0) == (measure.better == "higher")
        return f"you may claim that it is {'better' if better else 'worse'}"
    if needed is None or not delta:
        return "no difference can be claimed"
    if needed <= test.count:
        return "no difference can be claimed"
    about = _rounded(needed)
    return (
        "no difference can be claimed; to see a difference of this size, "
        f"about {about:,} articles would be needed"
    )


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def _places(size: float) -> int:
    """Return the places that show two digits of a number, one at least and four at most."""
    places = 1
    while size and places < 4 and abs(size) * 10**places < 9.95:
        places += 1
    return places


def _number(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return f"{0:.{places}f}" if not float(text) else text.replace("-", "−")


def _p(p: float) -> str:
    if p < 0.0001:
        return "< 0.0001"
    return f"= {p:.4f}" if p < 0.001 else f"= {p:.3f}"


def _rounded(count: int) -> int:
    """Keep two digits: more would promise too much."""
    step = int(10 ** max(0, len(str(count)) - 2))
    return -(-count // step) * step
