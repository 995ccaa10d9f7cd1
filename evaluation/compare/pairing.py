"""Lay the articles of several runs side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.compare.heads import Head, Key
from evaluation.compare.runs import Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pairing:
    """All articles of all runs.

    Attributes:
        keys: id and version, in the order of the first run that has it.
        places: for each run the articles' rows there, -1 where it has none: `[runs, articles]`.
        names: text for each article that stands in links.
    """

    keys: Sequence[Key]
    places: "NDArray[np.int64]"
    names: Sequence[str]

    @property
    def common(self) -> "NDArray[np.bool_]":
        """Which articles all runs have."""
        import numpy as np  # noqa: PLC0415

        return np.asarray(np.logical_and.reduce(self.places >= 0, axis=0), dtype=np.bool_)

    def column(self, runs: Sequence[Run], metric: str) -> "NDArray[np.float64]":
        """Return each article's own score, `[runs, articles]`; not a number without one."""
        import numpy as np  # noqa: PLC0415

        found = np.full(self.places.shape, np.nan)
        for place, run in enumerate(runs):
            column = run.statistics.columns.get(metric)
            if column is not None and len(column):
                has = self.places[place] >= 0
                found[place, has] = column[self.places[place, has]]
        return found


def pair(runs: Sequence[Run]) -> Pairing:
    """Find the same articles, by id and version, whatever the order of the briefs."""
    import numpy as np  # noqa: PLC0415

    keys = list(dict.fromkeys(key for run in runs for key in run.heads.places))
    places = np.array(
        [[run.heads.places.get(key, -1) for key in keys] for run in runs], dtype=np.int64
    ).reshape(len(runs), len(keys))
    return Pairing(keys, places, [f"{name}.v{version}" for name, version in keys])


def heads_of(runs: Sequence[Run], pairing: Pairing) -> list[Head]:
    """Return each article's head, from the first run that has it."""
    found = []
    for column in pairing.places.T:
        run = next(place for place, row in enumerate(column) if row >= 0)
        found.append(runs[run].heads.all[column[run]])
    return found


def shares(values: Mapping[str, int]) -> str:
    """Say how many articles each run has: `10 in a, 9 in b`."""
    return ", ".join(f"{count:,} in {name}" for name, count in values.items())
