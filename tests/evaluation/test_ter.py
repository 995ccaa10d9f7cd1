"""Edits equal sacrebleu's, whatever the texts; runs that moved count once."""

import random

import pytest
from sacrebleu.metrics.lib_ter import translation_edit_rate

from evaluation.ter import count_edits


def disturbed(words, draw, vocabulary, changes):
    """Drop, add, replace and move words."""
    words = list(words)
    for _ in range(changes):
        start = draw.randrange(len(words) + 1)
        stop = draw.randrange(start, len(words) + 1)
        match draw.randrange(4):
            case 0:
                del words[start : start + 1]
            case 1:
                words.insert(start, draw.choice(vocabulary))
            case 2:
                words[start : start + 1] = [draw.choice(vocabulary)]
            case _:
                run, rest = words[start:stop], words[:start] + words[stop:]
                target = draw.randrange(len(rest) + 1)
                words = rest[:target] + run + rest[target:]
    return words


def texts(seed, lengths):
    """Return a reference and a text: close to it, far from it, or of quite another length."""
    draw = random.Random(seed)
    vocabulary = [str(number) for number in range(draw.choice([3, 8, 30, 100]))]
    reference = draw.choices(vocabulary, k=draw.randrange(*lengths))
    if seed % 3:
        return disturbed(reference, draw, vocabulary, draw.randrange(8)), reference
    return draw.choices(vocabulary, k=draw.randrange(*lengths)), reference


@pytest.mark.parametrize(
    ("seeds", "lengths"), [(range(400), (0, 16)), (range(60), (16, 50)), (range(9), (60, 110))]
)
def test_edits_equal_sacrebleus(seeds, lengths):
    for seed in seeds:
        words, reference = texts(seed, lengths)
        theirs, _ = translation_edit_rate(words, reference)
        assert count_edits(words, reference) == theirs, f"seed {seed}"


@pytest.mark.parametrize(("words", "reference"), [(3, 170), (170, 3), (1, 1), (0, 5), (5, 0)])
def test_lengths_may_be_far_apart(words, reference):
    left, right = ["a", "b", "c"] * words, ["c", "b", "a", "d"] * reference
    left, right = left[:words], right[:reference]
    assert count_edits(left, right) == translation_edit_rate(left, right)[0]


def test_a_run_moves_at_once():
    reference = ["the", "board", "said", "on", "monday", "that", "sales", "rose"]
    assert (
        count_edits(["on", "monday", "the", "board", "said", "that", "sales", "rose"], reference)
        == 1
    )
    assert count_edits(reference, reference) == 0
    assert count_edits(["the", "board", "said", "that", "sales", "fell"], reference) == 3
