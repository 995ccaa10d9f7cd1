"""The numbers of each article that a system's scores are computed from; texts are not kept."""

import math
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.bootstrap import SumScore, mean_interval, statistic_interval
from evaluation.score import Score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SystemNumbers:
    """Everything that is known of a system's articles, in an order that all systems share.

    Attributes:
        name: of the system.
        means: by score, `[articles]`; nan where an article has none. The score is their mean.
        statistics: by score, `[articles, statistics]`. The score is computed from their sum.
    """

    name: str
    means: "Mapping[str, NDArray[np.float64]]"
    statistics: "Mapping[str, NDArray[np.float64]]"


@dataclass(frozen=True, slots=True)
class Recipes:
    """How scores are computed from numbers.

    Attributes:
        signatures: by score.
        compute: by score, what turns summed statistics into it; none for means.
        lines: the same for a single article.
    """

    signatures: Mapping[str, str]
    compute: Mapping[str, SumScore]
    lines: Mapping[str, Callable[[Sequence[float]], float]]


class NumberCollector:
    """Collects the numbers of one system, article by article.

    Args:
        name: of the system.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._means: dict[str, array[float]] = {}
        self._statistics: dict[str, array[float]] = {}
        self._places = array("q")

    def add(
        self, place: int, means: Mapping[str, float], statistics: Mapping[str, Sequence[float]]
    ) -> None:
        """Add an article.

        Args:
            place: where it stands among all articles.
            means: what there is of it.
            statistics: the same names each time.
        """
        count = len(self._places)
        for name in means:
            if name not in self._means:
                self._means[name] = array("d", [math.nan]) * count
        for name, values in self._means.items():
            values.append(means.get(name, math.nan))
        for name, numbers in statistics.items():
            self._statistics.setdefault(name, array("d")).extend(numbers)
        self._places.append(place)

    def finish(self) -> SystemNumbers:
        """Return all numbers, the articles by their places."""
        import numpy as np  # noqa: PLC0415

        order = np.argsort(np.frombuffer(self._places, dtype=np.int64), kind="stable")
        means = {name: np.frombuffer(values)[order] for name, values in self._means.items()}
        statistics = {
            name: np.frombuffer(numbers).reshape(len(order), -1)[order]
            for name, numbers in self._statistics.items()
        }
        return SystemNumbers(self._name, means, statistics)


def scores(numbers: SystemNumbers, recipes: Recipes, samples: int, seed: int) -> list[Score]:
    """Return a system's scores, each with its interval, in the order of the recipes."""
    found = []
    for name, signature in recipes.signatures.items():
        if name in numbers.means:
            values = numbers.means[name]
            known = values[values == values].tolist()  # noqa: PLR0124 nan is not itself
            count, interval = len(known), mean_interval(known, samples, seed)
        elif name in numbers.statistics:
            table = numbers.statistics[name]
            count = len(table)
            interval = statistic_interval(table, recipes.compute[name], samples, seed)
        else:
            continue
        low, high = interval or (None, None)
        value = value_of(numbers, name, recipes)
        found.append(Score(name, value, low, high, count, signature))
    return found


def value_of(numbers: SystemNumbers, name: str, recipes: Recipes) -> float:
    """Return one score, summed up in the order of the articles as the reference scorers do."""
    if name in numbers.statistics:
        columns = numbers.statistics[name].T.tolist()
        return recipes.compute[name]([sum(column) for column in columns])
    known: list[float] = numbers.means[name].tolist()
    there = [value for value in known if not math.isnan(value)]
    return sum(there) / len(there)
