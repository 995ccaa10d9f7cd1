"""Distances and alignments equal those of the matrix computed cell by cell."""

import random

import pytest
from sacrebleu.metrics.lib_ter import BeamEditDistance, trace_to_alignment

from evaluation.edit_distance import EditDistance

FLIPPED = str.maketrans("id", "di")


@pytest.mark.parametrize("seed", range(120))
def test_distance_and_alignment_are_those_of_the_banded_matrix(seed):
    draw = random.Random(seed)
    kinds = draw.choice([2, 5, 40])
    longest = 90 if seed % 4 == 0 else 30
    words = [str(draw.randrange(kinds)) for _ in range(draw.randrange(1, longest))]
    target = [str(draw.randrange(kinds)) for _ in range(draw.randrange(1, longest))]
    distances = EditDistance(target, len(words))
    columns = distances.columns(words)
    distance, trace = BeamEditDistance(target)(words)
    assert columns[-1].distance == distance
    places, wrong_target, wrong_words = trace_to_alignment(trace.translate(FLIPPED))
    found = distances.align(words, columns)
    assert dict(enumerate(found.places)) == places
    assert found.wrong_target == [sum(wrong_target[:stop]) for stop in range(len(target) + 1)]
    assert found.wrong_words == [sum(wrong_words[:stop]) for stop in range(len(words) + 1)]


def test_a_known_beginning_is_not_computed_again():
    target, words = ["a", "b", "c", "d", "e"], ["a", "x", "c", "d"]
    distances = EditDistance(target, len(words))
    columns = distances.columns(words)
    assert distances.distance(columns[2], ["a", "x", "d", "e"], 2) == 2
    assert distances.distance(columns[0], words, 0) == columns[-1].distance == 2


def test_no_words_are_as_far_as_the_target_is_long():
    distances = EditDistance(["a", "b"], 0)
    columns = distances.columns([])
    assert columns[-1].distance == 2
    assert distances.align([], columns).wrong_target == [0, 1, 2]
