"""A ranker with learned weights: the set of sentences that says what a summary would say."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import BackendError, ConfigError
from pipeline.extractive.features import Key, Reading, read, word_features
from pipeline.extractive.ranker import Candidates, by_score
from pipeline.extractive.sets import FEATURES, USUAL_WORDS, SetMeasurer
from pipeline.extractive.vectors import Words
from pipeline.fingerprint import digest_files, size_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "weights"
LANGUAGES = ("en", "de")
_POOL = 20
_BEAM = 10


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned; a readable JSON file each language.

    Attributes:
        bias: log odds of a word without features.
        words: by the name of a word's feature.
        stems: by stem and number of its occurrence, parted by a blank.
        sets: by the name of a set's feature.
    """

    bias: float
    words: Mapping[str, float]
    stems: Mapping[str, float]
    sets: Mapping[str, float]

    def chances(self, reading: Reading) -> dict[Key, float]:
        """Return each occurrence's chance to stand in a summary, 0 to 1."""
        found = {}
        for (stem, time), features in word_features(reading).items():
            odds = self.bias + self.stems.get(f"{stem} {time}", 0.0)
            odds += sum(self.words.get(name, 0.0) * value for name, value in features.items())
            found[stem, time] = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
        return found


def load_weights(path: Path) -> Weights:
    """Read a file of weights.

    Raises:
        BackendError: if it is not there, or is none.
    """
    try:
        return Weights(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError) as error:
        raise BackendError(
            f"{path}: the learned ranker's weights cannot be read ({error}). Install wirebrief "
            "again from its repository; extractive=lexrank needs no weights."
        ) from error


class LearnedRanker:
    """Puts first the set of sentences that fits the budget and promises the highest ROUGE-1.

    A logistic regression says of each word how likely a summary has it, a linear one weighs what a
    set of sentences would match and have; sets are grown by a beam search. The sentences outside of
    the best set follow as they would extend it best.

    Args:
        language: of the sentences, `en` or `de`.
        sentences: size of the set; `None` if only words count.
        words: length of the set; `None` for any.
        weights: other than those that ship.
    """

    name = "learned"
    revision: str | None = None
    model_bytes: int | None = None

    def __init__(
        self,
        language: str,
        sentences: int | None,
        words: int | None,
        weights: Weights | None = None,
    ) -> None:
        if language not in LANGUAGES:
            raise ConfigError(
                f"extractive=learned ranks English and German (en, de), not {language}: choose "
                "another ranker, such as extractive=lexrank"
            )
        self._language, self._words = language, Words(language)
        self._sentences, self._most_words = sentences, words
        self._weights = weights

    def open(self) -> None:
        """Read the weights.

        Raises:
            BackendError: if they are not there.
        """
        path = FOLDER / f"{self._language}.json"
        self._weights = load_weights(path)
        self.revision, self.model_bytes = digest_files([path]), size_of([path])

    def rank(self, candidates: Candidates) -> list[int]:
        """Return the best set's sentences first, then what would extend it best."""
        if not candidates.texts:
            return []
        weights = self._opened()
        reading = read(candidates, self._words)
        chances = weights.chances(reading)
        alone = [_promise(count, chances) for count in reading.counts]
        likely = by_score(alone)
        pool = sorted(likely[:_POOL])
        search = SetSearch(SetMeasurer(reading, chances, pool), weights, len(pool))
        lengths = [len(candidates.texts[number].split()) for number in pool]
        best = search.best(self._sentences, self._most_words, lengths)
        return [pool[place] for place in search.extend(best)] + likely[_POOL:]

    def _opened(self) -> Weights:
        if self._weights is None:
            raise BackendError("the learned ranker has no weights yet: open it first")
        return self._weights


class SetSearch:
    """Finds the set of highest score among the sets of a pool.

    Args:
        measurer: of the pool's sets.
        weights: of their features.
        size: of the pool.
    """

    def __init__(self, measurer: SetMeasurer, weights: Weights, size: int) -> None:
        self._measurer, self._size = measurer, size
        self._weights = [weights.sets.get(name, 0.0) for name in FEATURES]

    def scores(self, sets: Sequence[Sequence[int]]) -> "NDArray[np.float64]":
        """Return a number each; only sets of one size compare."""
        import numpy as np  # noqa: PLC0415

        scores: NDArray[np.float64] = (self._measurer.measure(sets) * self._weights).sum(axis=1)
        return np.round(scores, 9)

    def best(
        self, sentences: int | None, words: int | None, lengths: Sequence[int]
    ) -> tuple[int, ...]:
        """Return the best set, of as many sentences as the budget has room for.

        Args:
            sentences: at most so many.
            words: together at most so many; a single sentence may be longer.
            lengths: words of each of the pool's sentences.
        """
        room = max(words, min(lengths)) if words is not None else sum(lengths)
        beam: list[tuple[int, ...]] = [()]
        for _ in range(min(sentences or self._size, self._size)):
            grown = {
                tuple(sorted((*chosen, place)))
                for chosen in beam
                for place in range(self._size)
                if place not in chosen
                and sum(lengths[other] for other in chosen) + lengths[place] <= room
            }
            if not grown:
                break
            sets = sorted(grown)
            beam = [sets[index] for index in by_score(self.scores(sets).tolist())[:_BEAM]]
        return beam[0]

    def extend(self, chosen: Sequence[int]) -> list[int]:
        """Order a set by its sentences' own scores, and add the rest of the pool, best first."""
        order = [chosen[i] for i in by_score(self.scores([(p,) for p in chosen]).tolist())]
        while len(order) < self._size:
            left = [place for place in range(self._size) if place not in order]
            sets = [tuple(sorted((*order, place))) for place in left]
            order.append(left[by_score(self.scores(sets).tolist())[0]])
        return order


def _promise(count: Mapping[str, int], chances: Mapping[Key, float]) -> float:
    """Return the F measure that a sentence promises alone."""
    keys = ((stem, time) for stem, times in count.items() for time in range(1, times + 1))
    return 2 * sum(chances.get(key, 0.0) for key in keys) / (sum(count.values()) + USUAL_WORDS)
