"""Train the learned ranker: `python -m pipeline.training.ranker CORPUS SAMPLE TARGET`.

Writes `en.json` and `de.json` to TARGET. `--folds 5` keeps nothing, but tells what the ranker gains
over the lead on stories that it did not see.
"""

import argparse
import json
import logging
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.extractive.features import Key, word_features
from pipeline.extractive.learned import LANGUAGES, LearnedRanker, Weights
from pipeline.extractive.sets import FEATURES, SetMeasurer
from pipeline.training.corpus import held_out_of, read_stories
from pipeline.training.labels import Example, Partners, make_example
from pipeline.training.logistic import fit_logistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOG = logging.getLogger(__name__)

_FOLDS = 5
_SET_SIZE = 3
_SETS = 60
"""Drawn from each story."""
_RIDGE = 300.0
_LEAST_STORIES = 10
"""A stem that fewer stories have gets no weight of its own."""
_TINY = 1e-9
_DIGITS = 5


def train(folder: Path, sample: Path, target: Path) -> None:
    """Write the weights of both languages."""
    target.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        examples = load(folder, sample, language)
        weights = fit(examples)
        text = json.dumps(asdict(weights), ensure_ascii=False, indent=0, sort_keys=True)
        (target / f"{language}.json").write_text(text + "\n", encoding="utf-8")
        LOG.info("%s: %d stories, %d stems", language, len(examples), len(weights.stems))


def cross_validate(folder: Path, sample: Path, folds: int) -> None:
    """Log what the ranker gains over the lead, in points of ROUGE-1 F, on stories left out."""
    for language in LANGUAGES:
        examples = load(folder, sample, language)
        gains: list[float] = []
        for left_out in draw_folds(len(examples), folds):
            seen = [e for number, e in enumerate(examples) if number not in left_out]
            ranker = LearnedRanker(language, _SET_SIZE, None, fit(seen))
            for example in (examples[number] for number in sorted(left_out)):
                picks = ranker.rank(example.candidates)[:_SET_SIZE]
                lead = range(min(_SET_SIZE, len(picks)))
                gains.append(100 * (example.worth(picks) - example.worth(lead)))
        error = 1.96 * np.std(gains) / np.sqrt(len(gains))
        LOG.info("%s: %+.2f (± %.2f) on %d", language, np.mean(gains), error, len(gains))


def load(folder: Path, sample: Path, language: str) -> list[Example]:
    """Return the wire's stories in one language, without those that share a sentence with a test.

    Args:
        folder: the corpus.
        sample: folder of the sample feed, of which every file is a test.
        language: `en` or `de`.
    """
    held_out = held_out_of(folder, sample)
    stories = list(read_stories(folder / "wire/train.jsonl"))
    partners = Partners(stories)
    found = [make_example(story, language, partners, held_out) for story in stories]
    return [example for example in found if example]


def draw_folds(count: int, folds: int) -> list[frozenset[int]]:
    """Deal the numbers below `count` into folds, always alike."""
    numbers = list(range(count))
    random.Random(0).shuffle(numbers)
    return [frozenset(numbers[start::folds]) for start in range(folds)]


def fit(examples: Sequence[Example]) -> Weights:
    """Learn both models; the second from what the first says of stories that it did not see."""
    table = WordTable(examples)
    unseen: list[dict[Key, float]] = [{} for _ in examples]
    for left_out in draw_folds(len(examples), _FOLDS):
        weights = table.fit(frozenset(range(len(examples))) - left_out)
        for number in left_out:
            unseen[number] = weights.chances(examples[number].reading)
    return replace(table.fit(frozenset(range(len(examples)))), sets=_fit_sets(examples, unseen))


class WordTable:
    """The word features of all stories as one table, and their labels."""

    def __init__(self, examples: Sequence[Example]) -> None:
        columns: dict[str, int] = {}
        self._keys: list[Key] = []
        rows: list[dict[int, float]] = []
        labels, stories = [], []
        for number, example in enumerate(examples):
            for key, features in word_features(example.reading).items():
                self._keys.append(key)
                rows.append(
                    {columns.setdefault(n, len(columns)): value for n, value in features.items()}
                )
                labels.append(example.has(*key))
                stories.append(number)
        self._names = list(columns)
        self._table = np.zeros((len(rows), len(columns)))
        for place, row in enumerate(rows):
            self._table[place, list(row)] = list(row.values())
        self._labels, self._stories = np.array(labels, dtype=float), np.array(stories)

    def fit(self, stories: frozenset[int]) -> Weights:
        """Learn from some of the stories; there are no weights of sets yet."""
        chosen = np.isin(self._stories, sorted(stories))
        keys = [key for key, wanted in zip(self._keys, chosen, strict=True) if wanted]
        stems = sorted(key for key, count in Counter(keys).items() if count >= _LEAST_STORIES)
        place = {key: number for number, key in enumerate(stems)}
        lexical = np.array([place.get(key, len(stems)) for key in keys])
        found = fit_logistic(self._table[chosen], lexical, len(stems), self._labels[chosen])
        return Weights(
            bias=_short(found.bias),
            words={n: _short(w) for n, w in zip(self._names, found.features, strict=True)},
            stems={f"{s} {t}": _short(w) for (s, t), w in zip(stems, found.stems, strict=True)},
            sets={},
        )


def _fit_sets(examples: Sequence[Example], chances: Sequence[dict[Key, float]]) -> dict[str, float]:
    """Regress the ROUGE-1 F of drawn sets, both sides less the story's mean."""
    draw = random.Random(0)
    rows: list[NDArray[np.float64]] = []
    worths: list[NDArray[np.float64]] = []
    for example, odds in zip(examples, chances, strict=True):
        every = list(combinations(range(len(example.english)), _SET_SIZE))
        sets = draw.sample(every, min(_SETS, len(every)))
        if sets:
            pool = range(len(example.english))
            measured = SetMeasurer(example.reading, odds, pool).measure(sets)
            worth = np.array([example.worth(chosen) for chosen in sets])
            rows.append(measured - measured.mean(axis=0))
            worths.append(worth - worth.mean())
    table = np.vstack(rows)
    scale = table.std(axis=0) + _TINY
    table /= scale
    square = table.T @ table + _RIDGE * np.eye(len(scale))
    solved = np.linalg.solve(square, table.T @ np.concatenate(worths)) / scale
    return {name: _short(weight) for name, weight in zip(FEATURES, solved, strict=True)}


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")


def main() -> None:
    """Train, or cross-validate."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    parser = argparse.ArgumentParser(prog="python -m pipeline.training.ranker", description=__doc__)
    for path in ("corpus", "sample", "target"):
        parser.add_argument(path, type=Path)
    parser.add_argument("--folds", type=int, help="only cross-validate, in so many folds")
    chosen = parser.parse_args()
    if chosen.folds:
        cross_validate(chosen.corpus, chosen.sample, chosen.folds)
    else:
        train(chosen.corpus, chosen.sample, chosen.target)


if __name__ == "__main__":
    main()
