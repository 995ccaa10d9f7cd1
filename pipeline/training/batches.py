"""Turn token sequences into training batches of fixed shapes."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch

Example = tuple[list[int], list[int]]
"""Source ids and target ids, both with language token and end token."""

_POOL = 4096
_MULTIPLE = 8
"""Shapes are rounded up to this, since CPU kernels are cached by shape."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors, all `[rows, length]`; padded `labels` are -100."""

    source: torch.Tensor
    mask: torch.Tensor
    decoder: torch.Tensor
    labels: torch.Tensor

    @property
    def target_tokens(self) -> int:
        """Count the target tokens that are no padding."""
        return int((self.labels != -100).sum())


def make_batches(
    examples: Iterable[Example], budget: int, pad: int, start: int, rng: random.Random
) -> Iterator[Batch]:
    """Sort a pool of examples by length, cut it by padded token budget, shuffle the cuts."""
    pool: list[Example] = []
    for example in examples:
        pool.append(example)
        if len(pool) == _POOL:
            yield from _from_pool(pool, budget, pad, start, rng)
            pool = []
    if pool:
        yield from _from_pool(pool, budget, pad, start, rng)


def _from_pool(
    pool: list[Example], budget: int, pad: int, start: int, rng: random.Random
) -> list[Batch]:
    pool = sorted(pool, key=lambda example: (len(example[1]), len(example[0])))
    cuts: list[list[Example]] = [[]]
    longest = 0
    for example in pool:
        longest = max(longest, len(example[0]), len(example[1]))
        if cuts[-1] and (len(cuts[-1]) + 1) * longest > budget:
            cuts.append([])
            longest = max(len(example[0]), len(example[1]))
        cuts[-1].append(example)
    rng.shuffle(cuts)
    return [_pad(cut, pad, start) for cut in cuts]


def _pad(rows: list[Example], pad: int, start: int) -> Batch:
    source = _tensor([row[0] for row in rows], pad)
    labels = _tensor([row[1] for row in rows], -100)
    decoder = _tensor([[start, *row[1][:-1]] for row in rows], pad)
    return Batch(source, (source != pad).long(), decoder, labels)


def _tensor(rows: list[list[int]], fill: int) -> torch.Tensor:
    width = -(-max(map(len, rows)) // _MULTIPLE) * _MULTIPLE
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])
