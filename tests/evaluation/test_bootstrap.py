"""Intervals are seeded, cover about what they say, and need two articles."""

import random

import numpy as np
import pytest

from evaluation.bootstrap import mean_interval, resampled_sums, statistic_interval


class Ratio:
    def __call__(self, statistics):
        return statistics[0] / statistics[-1]

    def many(self, sums):
        return sums[..., 0] / sums[..., -1]


def test_the_same_seed_gives_the_same_interval():
    values = [0.1, 0.5, 0.2, 0.9]
    assert mean_interval(values, 500, 7) == mean_interval(values, 500, 7)
    assert mean_interval(values, 500, 7) != mean_interval(values, 500, 8)


@pytest.mark.parametrize("values", [[], [0.5]])
def test_fewer_than_two_values_have_no_interval(values):
    assert mean_interval(values, 100, 1) is None
    assert statistic_interval(np.ones((len(values), 1)), Ratio(), 100, 1) is None


def test_equal_values_have_an_interval_of_no_width():
    assert mean_interval([0.3] * 5, 100, 1) == pytest.approx((0.3, 0.3))


def test_the_interval_is_near_the_normal_one():
    values = [random.Random(1).gauss(0.4, 0.1) for _ in range(1)]
    draw = random.Random(2)
    values = [draw.gauss(0.4, 0.1) for _ in range(400)]
    mean, half = float(np.mean(values)), 1.96 * float(np.std(values)) / 20
    low, high = mean_interval(values, 4000, 3)
    assert low == pytest.approx(mean - half, abs=0.002)
    assert high == pytest.approx(mean + half, abs=0.002)


def test_about_95_of_100_intervals_cover_the_truth():
    draw = np.random.default_rng(5)
    covered = 0
    for seed in range(200):
        low, high = mean_interval(draw.normal(0.5, 0.2, 60).tolist(), 400, seed)
        covered += low <= 0.5 <= high
    assert 180 <= covered <= 199


def test_a_statistic_of_sums_is_resampled_by_article():
    table = np.array([[1.0, 2.0], [3.0, 4.0], [1.0, 4.0]])
    low, high = statistic_interval(table, Ratio(), 2000, 1)
    assert low == pytest.approx(0.25)
    assert high == pytest.approx(0.75)


def test_resampled_sums_are_those_of_the_drawn_articles():
    table = np.random.default_rng(4).normal(size=(7, 3))
    rows = np.random.default_rng(9).integers(0, 7, size=(50, 7))
    assert resampled_sums(table, 50, 9) == pytest.approx(table[rows].sum(axis=1), abs=1e-12)


def test_metrics_and_systems_share_draws():
    table = np.random.default_rng(4).normal(size=(40, 2))
    both = resampled_sums(table, 300, 9)
    assert resampled_sums(table[:, 1:], 300, 9)[:, 0] == pytest.approx(both[:, 1])


def test_draws_do_not_depend_on_the_blocks_they_are_made_in(monkeypatch):
    table = np.random.default_rng(4).normal(size=(9, 2))
    whole = resampled_sums(table, 100, 3)
    monkeypatch.setattr("evaluation.bootstrap._CELLS", 9 * 7)
    assert resampled_sums(table, 100, 3) == pytest.approx(whole, abs=1e-12)
