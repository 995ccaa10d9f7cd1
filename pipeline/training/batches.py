"""Turn token sequences into training batches of fixed shapes."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch

from pipeline.training.encoder import Example

_POOL = 4096
_MULTIPLE = 8
"""Shapes are rounded up to this, since CPU kernels are cached by shape."""
IGNORED = -100
"""Label of padding: no loss."""


@dataclass(frozen=True, slots=True)
class Form:
    """How batches are made.

    Attributes:
        budget: padded tokens of the longer side.
        pad: id that fills rows.
        start: id that the decoder begins with.
    """

    budget: int
    pad: int
    start: int


def make_batches(
    examples: Iterable[Example], form: Form, rng: random.Random
) -> Iterator[dict[str, torch.Tensor]]:
    """Sort a pool of examples by length, cut it by padded token budget, shuffle the cuts.

    Yields:
        The model's inputs, each tensor `[rows, length]`; labels of padding are `IGNORED`.
    """
    pool: list[Example] = []
    for example in examples:
        pool.append(example)
        if len(pool) == _POOL:
            yield from _from_pool(pool, form, rng)
            pool = []
    if pool:
        yield from _from_pool(pool, form, rng)


def _from_pool(
    pool: list[Example], form: Form, rng: random.Random
) -> Iterator[dict[str, torch.Tensor]]:
    pool = sorted(pool, key=lambda example: (len(example[1]), len(example[0])))
    cuts: list[list[Example]] = [[]]
    longest = 0
    for example in pool:
        longest = max(longest, len(example[0]), len(example[1]))
        if cuts[-1] and (len(cuts[-1]) + 1) * longest > form.budget:
            cuts.append([])
            longest = max(len(example[0]), len(example[1]))
        cuts[-1].append(example)
    rng.shuffle(cuts)
    return (_pad(cut, form) for cut in cuts)


def _pad(rows: list[Example], form: Form) -> dict[str, torch.Tensor]:
    source, mask = _tensor([row[0] for row in rows], form.pad)
    labels, _ = _tensor([row[1] for row in rows], IGNORED)
    decoder, _ = _tensor([[form.start, *row[1][:-1]] for row in rows], form.pad)
    return {
        "input_ids": source,
        "attention_mask": mask,
        "decoder_input_ids": decoder,
        "labels": labels,
    }


def _tensor(rows: list[list[int]], fill: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return padded rows, and where they are no padding."""
    width = -(-max(map(len, rows)) // _MULTIPLE) * _MULTIPLE
    padded = torch.tensor([row + [fill] * (width - len(row)) for row in rows])
    lengths = torch.tensor([[len(row)] for row in rows])
    return padded, (torch.arange(width)[None, :] < lengths).long()
