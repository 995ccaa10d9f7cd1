"""Measure sets of sentences: what an extract of them would have and say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extractive.features import MOST_TIMES, Key, Reading, has_digit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

USUAL_WORDS = 45
"""Length of a wire summary: of the words expected to match, the F measure takes it as given."""
_LAST_PLACE = 15
_LAST_PARAGRAPH = 6
"""Longer articles than those learned from: what is further back counts as that far back."""

FEATURES = (
    "expected F", "expected matches", "expected content", "expected numbers", "expected share",
    "expected twice", "least share", "greatest share", "least matches",
    "words", "shortest", "longest", "first sentence's words", "words in mean sentences",
    "earliest", "middle", "latest", "mean place", "inverse places",
    "first paragraph", "last paragraph", "paragraphs", "paragraph starts",
    "title", "content", "numbers", "names", "quotes", "coverage", "coverage of repeated", "repeats",
)  # fmt: skip


class SetMeasurer:
    """Measures sets of an article's sentences.

    Args:
        reading: the article.
        chances: of every occurrence of every stem to stand in a summary, 0 to 1.
        pool: numbers of the sentences that sets are made of; features of single sentences only
            are looked up for them.
    """

    def __init__(self, reading: Reading, chances: Mapping[Key, float], pool: Sequence[int]) -> None:
        import numpy as np  # noqa: PLC0415

        self._pool = np.array(pool)
        counts = [reading.counts[number] for number in pool]
        stems = sorted({stem for count in counts for stem in count})
        place = {stem: number for number, stem in enumerate(stems)}
        self._counts = np.zeros((len(pool), len(stems)), dtype=np.int64)
        for row, count in enumerate(counts):
            for stem, times in count.items():
                self._counts[row, place[stem]] = times
        steps = [[chances.get((s, t), 0.0) for t in range(1, MOST_TIMES + 1)] for s in stems]
        zeros = np.zeros((len(stems), 1))
        # of each stem and count, how many of them are expected to match
        self._expected = np.hstack([zeros, np.cumsum(np.reshape(steps, (-1, MOST_TIMES)), axis=1)])
        content = frozenset().union(*reading.content)
        self._content = np.array([stem in content for stem in stems], dtype=bool)
        self._title = np.array([stem in reading.title for stem in stems], dtype=bool)
        self._numbers = np.array([has_digit(stem) for stem in stems], dtype=bool)
        totals = Counter(stem for count in reading.counts for stem in count.elements())
        self._totals = np.array([totals[stem] for stem in stems]) * self._content
        every = [totals[stem] for stem in content]
        self._mass = max(1, sum(every)), max(1, sum(times - 1 for times in every))
        self._mean = max(1, totals.total()) / len(reading.counts)
        paragraphs = reading.paragraphs
        starts = [n == 0 or paragraphs[n] != paragraphs[n - 1] for n in pool]
        self._starts = np.array(starts, dtype=float)
        self._paragraphs = np.minimum([paragraphs[number] for number in pool], _LAST_PARAGRAPH)
        self._capitals = np.array([reading.capitals[number] for number in pool])
        self._quotes = np.array([reading.quotes[number] for number in pool], dtype=float)
        self._words = self._counts.sum(axis=1)
        self._alone = self._matches(self._counts).sum(axis=1)
        self._share = self._alone / np.maximum(self._words, 1)

    def _matches(self, counts: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """Return the expected matches `[sets, stems]` of counted stems."""
        import numpy as np  # noqa: PLC0415

        stems = np.arange(counts.shape[1])
        found: NDArray[np.float64] = self._expected[stems, np.minimum(counts, MOST_TIMES)]
        return found

    def measure(self, sets: Sequence[Sequence[int]]) -> "NDArray[np.float64]":
        """Return `[sets, FEATURES]`.

        Args:
            sets: places in the pool, rising, as many in each set.
        """
        import numpy as np  # noqa: PLC0415

        rows = np.array(sets)
        counts = self._counts[rows].sum(axis=1)
        matches = self._matches(counts)
        words = np.maximum(counts.sum(axis=1), 1)
        has = counts > 0
        return np.column_stack([
            *self._expectations(rows, matches, words),
            words,
            self._words[rows].min(axis=1),
            self._words[rows].max(axis=1),
            self._words[rows[:, 0]],
            words / self._mean,
            *self._places(rows),
            (has & self._title).sum(axis=1),
            (counts * self._content).sum(axis=1) / words,
            (has & self._numbers).sum(axis=1),
            self._capitals[rows].sum(axis=1),
            self._quotes[rows].sum(axis=1),
            (has * self._totals).sum(axis=1) / self._mass[0],
            (has * np.maximum(self._totals - 1, 0)).sum(axis=1) / self._mass[1],
            (np.maximum(counts - 1, 0) * self._content).sum(axis=1),
        ])  # fmt: skip

    def _expectations(
        self,
        rows: "NDArray[np.int64]",
        matches: "NDArray[np.float64]",
        words: "NDArray[np.int64]",
    ) -> list["NDArray[np.float64]"]:
        total = matches.sum(axis=1)
        return [
            2 * total / (words + USUAL_WORDS),
            total,
            (matches * self._content).sum(axis=1),
            (matches * self._numbers).sum(axis=1),
            total / words,
            self._alone[rows].sum(axis=1) - total,
            self._share[rows].min(axis=1),
            self._share[rows].max(axis=1),
            self._alone[rows].min(axis=1),
        ]

    def _places(self, rows: "NDArray[np.int64]") -> list["NDArray[np.float64]"]:
        import numpy as np  # noqa: PLC0415

        places = np.minimum(self._pool, _LAST_PLACE)[rows]
        paragraphs = self._paragraphs[rows]
        return [
            places.min(axis=1),
            np.median(places, axis=1),
            places.max(axis=1),
            places.mean(axis=1),
            (1 / (1 + places)).sum(axis=1),
            paragraphs.min(axis=1),
            paragraphs.max(axis=1),
            (np.diff(paragraphs, axis=1) > 0).sum(axis=1) + 1,
            self._starts[rows].sum(axis=1),
        ]
