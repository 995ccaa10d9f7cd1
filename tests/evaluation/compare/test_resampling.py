from itertools import product

import numpy as np
import pytest

from evaluation.compare.differences import holm
from evaluation.compare.names import changed_settings
from evaluation.compare.resampling import Field, resample
from evaluation.compare.summed import scorer_of
from evaluation.translation import TranslationMetrics


def field(values, tested=True):
    table = np.asarray(values, dtype=np.float64)
    return Field(
        "m.x", list(range(len(table))), np.arange(table.shape[1]), tested, table, table[:, :, None]
    )


@pytest.mark.parametrize("metric", ["bleu", "chrf", "ter"])
def test_sums_score_as_sacrebleu_scores_them(metric):
    generator = np.random.default_rng(1)
    width = {"bleu": 10, "chrf": 18, "ter": 2}[metric]
    sums = generator.integers(0, 60, size=(200, width)).astype(float)
    sums[generator.random(sums.shape) < 0.1] = 0
    if metric == "bleu":  # no more matches than n-grams, and no longer ones without shorter ones
        sums[:, 6:] = np.maximum(sums[:, 6:], sums[:, 2:6])
    wanted = [TranslationMetrics().score(metric, row.tolist()) for row in sums]
    assert scorer_of(f"translation.{metric}")(sums) == pytest.approx(wanted, abs=1e-9)


def test_p_is_that_of_all_ways_to_exchange():
    generator = np.random.default_rng(2)
    left, right = generator.normal(0.3, 1, 10), generator.normal(0, 1, 10)
    gaps = left - right
    ways = [abs((gaps * signs).sum()) for signs in product((-1, 1), repeat=10)]
    exact = np.mean([way >= abs(gaps.sum()) - 1e-9 for way in ways])
    (told,) = resample([field([left, right])], 20_000, 1)
    assert told.p[0, 1] == pytest.approx(exact, abs=0.015)


def test_intervals_are_those_of_the_mean():
    values = np.random.default_rng(4).normal(5, 2, 400)
    (told,) = resample([field([values, values + 1])], 4000, 1)
    assert told.drawn[:, 0].std() == pytest.approx(2 / 20, rel=0.15)
    assert told.drawn[:, 1] - told.drawn[:, 0] == pytest.approx(np.ones(4000))


def test_no_test_without_a_better_side():
    (told,) = resample([field(np.ones((2, 20)), tested=False)], 50, 1)
    assert told.p is None


def test_holm_by_its_definition():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_places_of_output_are_no_settings():
    runs = [{"output_dir": "a", "k": "1"}, {"output_dir": "b", "k": "2", "extra": "x"}]
    assert changed_settings(runs) == [("k", ("1", "2")), ("extra", (None, "x"))]
