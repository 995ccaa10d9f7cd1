"""What a model learns from: endless pairs to train on, and fixed ones to measure with."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import ConfigError
from pipeline.training import augment
from pipeline.training.pairs import Fields, Pair, find_files, read_pairs
from pipeline.training.settings import Data


@dataclass(frozen=True, slots=True)
class Source:
    """A file or files of pairs, for the model card.

    Attributes:
        name: as configured.
        pairs: how many are used.
        weight: how often an epoch shows each.
        licence: as its publisher states it; `None` if nobody told.
    """

    name: str
    pairs: int
    weight: float
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """All pairs.

    Attributes:
        epoch: gives one epoch, weighted, shuffled and augmented, never twice the same.
        sources: what it is made of.
        dev: by name; the first set picks the checkpoint.
        test: by name; only scored at the end.
    """

    epoch: Callable[[random.Random], Iterator[Pair]]
    sources: tuple[Source, ...]
    dev: dict[str, list[Pair]]
    test: dict[str, list[Pair]]


def repeat(pairs: Sequence[Pair], weight: float, rng: random.Random) -> list[Pair]:
    """Take `pairs` `weight` times: whole copies, and a random part for the fraction."""
    whole, part = int(weight), weight - int(weight)
    return [*pairs] * whole + rng.sample(pairs, int(len(pairs) * part))


def vary(
    pairs: Sequence[Pair], data: Data, names: Sequence[str], rng: random.Random
) -> Iterator[Pair]:
    """Yield pairs, some of them with other numbers and names on both sides."""
    known = frozenset(names)
    for pair in pairs:
        changed = pair
        if rng.random() < data.substitute_numbers:
            changed = augment.substitute_numbers(changed, rng)
        if names and rng.random() < data.substitute_names:
            changed = augment.substitute_names(changed, names, known, rng)
        yield changed


def read_material(data: Data, seed: int) -> Material:
    """Read the user's own files.

    Raises:
        ConfigError: if there is nothing to learn from, or weights and files do not match.
    """
    if not data.pairs:
        raise ConfigError("data.pairs names no file to learn from: data.pairs=[archive.tsv]")
    weights = data.weights or [1.0] * len(data.pairs)
    if len(weights) != len(data.pairs) or min(weights) < 0:
        raise ConfigError(
            f"data.weights={weights}: give one number of 0 or more for each of the "
            f"{len(data.pairs)} entries of data.pairs"
        )
    read = {pattern: _read(pattern, data) for pattern in data.pairs}
    rng = random.Random(seed)
    dev = _read(data.dev, data) if data.dev else []
    test = _read(data.test, data) if data.test else []
    dev = rng.sample(dev, min(len(dev), data.dev_pairs)) if dev else _take_out(read, data, rng)
    measured = {_side for pair in (*dev, *test) for _side in (pair.source, pair.target)}
    groups = [
        [p for p in pairs if p.source not in measured and p.target not in measured]
        for pairs in read.values()
    ]
    if not any(group and weight for group, weight in zip(groups, weights, strict=True)):
        raise ConfigError("data.pairs: no pair is left to learn from beside dev and test")
    names = augment.collect_names([pair for group in groups for pair in group])

    def epoch(rng: random.Random) -> Iterator[Pair]:
        pairs = [
            pair
            for group, weight in zip(groups, weights, strict=True)
            for pair in repeat(group, weight, rng)
        ]
        rng.shuffle(pairs)
        return vary(pairs, data, names, rng)

    sources = tuple(
        Source(name, len(group), weight)
        for name, group, weight in zip(data.pairs, groups, weights, strict=True)
    )
    return Material(epoch, sources, {"dev": dev}, {"test": test} if test else {})


def _read(pattern: str, data: Data) -> list[Pair]:
    fields = Fields(data.source_field, data.target_field)
    pairs = [pair for path in find_files(pattern) for pair in read_pairs(path, fields)]
    if not pairs:
        raise ConfigError(f"{pattern}: holds no pair")
    return pairs


def _take_out(read: dict[str, list[Pair]], data: Data, rng: random.Random) -> list[Pair]:
    """Choose dev pairs among those to learn from; they are learned no more."""
    everything = list(dict.fromkeys(pair for pairs in read.values() for pair in pairs))
    if len(everything) < 2 * data.dev_pairs:
        raise ConfigError(
            f"data.dev_pairs={data.dev_pairs} is too much to take out of {len(everything)} "
            "different pairs: lower it, or name a file in data.dev"
        )
    return rng.sample(everything, data.dev_pairs)
