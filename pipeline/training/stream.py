"""Endless training batches from material, the same ones for the same seed."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch.utils.data import IterableDataset

from pipeline.errors import ConfigError
from pipeline.training.batches import Form, make_batches
from pipeline.training.encoder import Example, PairEncoder
from pipeline.training.material import Material


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too long to learn from, in tokens, special ones included."""

    source: int
    target: int


@dataclass(slots=True)
class Stream(IterableDataset[dict[str, torch.Tensor]]):
    """Batches without end.

    Attributes:
        material: where pairs come from.
        encoder: turns them into ids.
        form: of the batches.
        limits: longer pairs are left out.
        sample_pieces: share of the sources that are split in another way.
        seed: of everything random.
        seen: pairs that were shown, and pairs left out as too long.
    """

    material: Material
    encoder: PairEncoder
    form: Form
    limits: Limits
    sample_pieces: float
    seed: int
    seen: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[dict[str, torch.Tensor]]:
        """Begin again: a resumed run skips what it has seen and goes on alike."""
        rng = random.Random(self.seed)
        self.seen.clear()
        for batch in make_batches(self._examples(rng), self.form, rng):
            self.seen["shown"] += len(batch["labels"])
            yield batch

    def _examples(self, rng: random.Random) -> Iterator[Example]:
        while True:
            fits = False
            for pair in self.material.epoch(rng):
                draw = rng if rng.random() < self.sample_pieces else None
                example = self.encoder.encode(pair, draw)
                if len(example[0]) > self.limits.source or len(example[1]) > self.limits.target:
                    self.seen["too long"] += 1
                    continue
                fits = True
                yield example
            if not fits:
                raise ConfigError(
                    f"every pair is longer than {self.limits.source} source or "
                    f"{self.limits.target} target tokens: raise data.max_source_tokens and "
                    "data.max_target_tokens as far as the model reads, or shorten the texts"
                )
