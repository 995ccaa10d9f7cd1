"""Where a summary's score is lost: selection, translation, generation.

A chain of scores of the same articles, from the best that extraction could reach down to the
abstract. Each step is a paired difference, and the steps add up to the difference of the chain's
ends. `extractive=oracle` and `translation=reference` are the options that give the first links.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from evaluation.bootstrap import Resampling, percentiles, resampled_sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

CEILING = "oracle extract of the reference translation"
SELECTED = "extract of the reference translation"
TRANSLATED = "extract of the model's translation"
GENERATED = "abstract of the model's translation"
LINKS = (CEILING, SELECTED, TRANSLATED, GENERATED)
STEPS = ("selection", "translation", "generation")
"""What lies between each link and the next."""

_REMEDIES = {
    CEILING: "wirebrief translation=reference extractive=oracle",
    SELECTED: "wirebrief translation=reference extractive=NAME (the extractor in question)",
    TRANSLATED: "wirebrief translation=NAME extractive=NAME (the models in question)",
    GENERATED: "wirebrief translation=NAME abstractive=NAME (the models in question)",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A link's mean score, or what a step adds to it (less than zero: loses).

    Attributes:
        name: of the link, or of the step, such as `translation`, or `selection and translation`
            where the link between is missing.
        value: mean over the articles.
        low: lower end of its bootstrap interval; `None` below two articles.
        high: upper end.
        count: articles: those that every link has a score for.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True)
class MissingLink:
    """A link that no run gave scores for, and the command that would."""

    name: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A chain of scores.

    Attributes:
        links: those that there are, the ceiling first.
        steps: between each two of them.
        total: the last link less the first, which the steps add up to; `None` without steps.
        missing: links that there are not.
        reason: why there are no steps, if there are none.
    """

    links: tuple[Part, ...]
    steps: tuple[Part, ...]
    total: Part | None
    missing: tuple[MissingLink, ...]
    reason: str | None = None


def attribute(
    scores: "Mapping[str, NDArray[np.float64]]", resampling: Resampling | None = None
) -> Attribution:
    """Attribute a metric's loss to the steps of the journey.

    Args:
        scores: by name out of `LINKS`, `[articles]`, the same ones in the same order; nan where an
            article has none. A link may be missing.
        resampling: for the intervals.

    Raises:
        ValueError: for a name that is no link, or arrays of different lengths.
    """
    import numpy as np  # noqa: PLC0415

    if unknown := sorted(set(scores) - set(LINKS)):
        raise ValueError(f"{', '.join(unknown)}: no link of the chain; choose from {LINKS}")
    if len({len(values) for values in scores.values()}) > 1:
        raise ValueError("the links' scores differ in number: give all the same articles")
    places = [place for place, name in enumerate(LINKS) if name in scores]
    missing = tuple(MissingLink(name, _REMEDIES[name]) for name in LINKS if name not in scores)
    if not places:
        return Attribution((), (), None, missing, "no run gives any link of the chain")
    table = np.stack([np.asarray(scores[LINKS[place]], np.float64) for place in places], axis=1)
    table = table[~np.isnan(table).any(axis=1)]
    if not len(table):
        return Attribution((), (), None, missing, "no article has a score in every link")
    names = [LINKS[place] for place in places]
    links = _parts(names, table, resampling or Resampling())
    if len(places) < 2:
        return Attribution(links, (), None, missing, "one link alone has no steps")
    between = [" and ".join(STEPS[start:end]) for start, end in pairwise(places)]
    steps = _parts(between, np.diff(table, axis=1), resampling or Resampling())
    whole = table[:, -1:] - table[:, :1]
    (total,) = _parts(["total"], whole, resampling or Resampling())
    return Attribution(links, steps, total, missing)


def _parts(
    names: list[str], table: "NDArray[np.float64]", resampling: Resampling
) -> tuple[Part, ...]:
    count = len(table)
    means = table.mean(axis=0).tolist()
    if count < 2 or resampling.samples < 1:
        return tuple(
            Part(name, mean, None, None, count) for name, mean in zip(names, means, strict=True)
        )
    drawn = resampled_sums(table, resampling.samples, resampling.seed) / count
    return tuple(
        Part(name, mean, *percentiles(drawn[:, place], resampling.level), count)
        for place, (name, mean) in enumerate(zip(names, means, strict=True))
    )
