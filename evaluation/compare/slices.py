"""Part the articles by desk, by length and by time of publication."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from evaluation.compare.fields import Field
from evaluation.compare.heads import Head
from evaluation.compare.view import Slice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEWEST, _MOST = 2, 12
_ROUND = (25, 50, 100, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 5000, 10000)
_TIMES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("month", lambda time: time[:7]),
    ("day", lambda time: time[:10]),
    ("hour", lambda time: f"{time[11:13]}:00-{time[11:13]}:59"),
    ("year", lambda time: time[:4]),
)
_HAS_HOUR = 13
_OTHERS = "others"
_UNKNOWN = "not known"


def slice_articles(
    heads: Sequence[Head], shared: Sequence[int], fields: Sequence[Field], runs: int
) -> list[Slice]:
    """Score the runs over parts of the articles.

    Args:
        heads: of all articles.
        shared: places of those that count: what all runs have.
        fields: the metrics.
        runs: how many there are.
    """
    import numpy as np  # noqa: PLC0415

    kinds = {
        "desk": _desks([heads[place] for place in shared]),
        "length": _lengths([heads[place].words for place in shared]),
        "published": _times([heads[place].published for place in shared]),
    }
    found = []
    for by, names in kinds.items():
        for name in _in_order(by, names):
            inside = np.zeros(len(heads), dtype=bool)
            inside[[place for place, its in zip(shared, names, strict=True) if its == name]] = True
            scores = {field.metric: _scores(field, inside, runs) for field in fields}
            found.append(Slice(by, name, int(inside.sum()), scores))
    return found


def _scores(field: Field, inside: "NDArray[np.bool_]", runs: int) -> list[float | None]:
    found: list[float | None] = [None] * runs
    rows = inside[field.articles]
    if rows.any():
        for run, value in zip(field.runs, field.over(rows).tolist(), strict=True):
            found[run] = value
    return found


def _desks(heads: Sequence[Head]) -> list[str]:
    """Keep the largest desks, if there are many."""
    counts = Counter(head.desk for head in heads if head.desk)
    if not counts:
        return []
    kept = {name for name, _ in counts.most_common(_MOST - 1)}
    return [_desk(head.desk, kept) for head in heads]


def _desk(desk: str | None, kept: set[str]) -> str:
    if not desk:
        return _UNKNOWN
    return desk if desk in kept else _OTHERS


def _lengths(words: Sequence[int]) -> list[str]:
    """Part at round numbers near the quartiles."""
    ordered = sorted(words)
    if not ordered:
        return []
    quarters = [ordered[len(ordered) * part // 4] for part in (1, 2, 3)]
    ends = sorted({_nearest(at) for at in quarters})
    ends = [end for end in ends if ordered[0] <= end < ordered[-1]]
    return [_range(count, ends) for count in words]


def _nearest(words: int) -> int:
    return min(_ROUND, key=lambda end: abs(end - words))


def _range(words: int, ends: Sequence[int]) -> str:
    if not ends:
        return "all"
    low = 0
    for end in ends:
        if words <= end:
            return f"{low + 1}-{end} words" if low else f"up to {end} words"
        low = end
    return f"over {low} words"


def _times(published: Sequence[str | None]) -> list[str]:
    """Part by the first of month, day, hour and year that makes 2 to 12 parts."""
    known = [time for time in published if time]
    for name, cut in _TIMES:
        if name == "hour" and any(len(time) < _HAS_HOUR for time in known):
            continue
        if _FEWEST <= len({cut(time) for time in known}) <= _MOST:
            return [cut(time) if time else _UNKNOWN for time in published]
    return []


def _in_order(by: str, names: Sequence[str]) -> list[str]:
    counts = Counter(names)
    if len(counts) < _FEWEST:
        return []
    if by == "length":
        return sorted(counts, key=_low_end)
    last = {_OTHERS: 1, _UNKNOWN: 2}
    if by == "desk":
        return sorted(counts, key=lambda name: (last.get(name, 0), -counts[name], name))
    return sorted(counts, key=lambda name: (last.get(name, 0), name))


def _low_end(name: str) -> tuple[int, int]:
    numbers = [int(word) for word in name.replace("-", " ").split() if word.isdigit()]
    if name.startswith("up to"):
        return 0, 0
    return numbers[0], int(name.startswith("over"))
