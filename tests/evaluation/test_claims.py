"""Sentences say what may be claimed, the right way round; effects and power mean what they say."""

from types import SimpleNamespace

import numpy as np
import pytest

from evaluation.bootstrap import Resampling
from evaluation.claims import claim
from evaluation.effects import paired_effect
from evaluation.power import needed_articles, smallest_difference
from evaluation.significance import PairedTest, paired_tests

ROUGE = SimpleNamespace(label="ROUGE-2", better="higher", scale=1)
TER = SimpleNamespace(label="TER", better="lower", scale=100)
COMPRESSION = SimpleNamespace(label="compression", better=None, scale=None)
CLEAR = PairedTest(0, 1, 400, 0.018, 0.009, 0.027, 0.0046, 0.0001, 0.0001)
DIM = PairedTest(0, 1, 400, 0.004, -0.005, 0.013, 0.0046, 0.39, 0.39)
NAMES = "learned", "lead"


def test_a_difference_that_may_be_claimed():
    found = claim(NAMES, ROUGE, CLEAR, 0.0003, 3)
    assert found.differ
    assert found.sentence == (
        "learned scores 1.8 points higher than lead in ROUGE-2 on 400 articles (95 % interval 0.9 "
        "to 2.7; p = 0.0003 after Holm's correction over 3 comparisons): you may claim that it is "
        "better."
    )


def test_a_difference_that_may_not_be_claimed():
    found = claim(NAMES, ROUGE, DIM, 0.39)
    assert not found.differ
    assert found.needed == 4153  # (2.80158 * 0.0046 * 20 / 0.004) ** 2 = 4152.05
    assert found.sentence == (
        "learned scores 0.40 points higher than lead in ROUGE-2 on 400 articles (95 % interval "
        "−0.50 to 1.30; p = 0.390): no difference can be claimed; to see a difference of this "
        "size, about 4,200 articles would be needed."
    )


def test_of_ter_less_is_better():
    test = PairedTest(0, 1, 400, 1.8, 0.9, 2.7, 0.46, 0.0001, 0.0001)
    assert claim(NAMES, TER, test, 0.00005).sentence.endswith(
        "p < 0.0001): you may claim that it is worse."
    )


def test_a_measure_that_only_describes_has_no_better():
    test = PairedTest(0, 1, 400, -2.31, -2.5, -2.1, 0.1, 0.0001, 0.0001)
    told = claim(NAMES, COMPRESSION, test, 0.001).sentence
    assert told.startswith("learned scores 2.3 lower than lead in compression on 400 articles")
    assert told.endswith("they differ; this measure says nothing of better or worse.")


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        (
            [],
            [],
            "learned and lead cannot be compared in ROUGE-2: no article has a score from both.",
        ),
        (
            [0.5],
            [0.25],
            (
                "learned scores 25.0 points higher than lead in ROUGE-2 on 1 article: no "
                "difference can be claimed, since one article tells nothing of others."
            ),
        ),
        (
            [0.5, 0.25],
            [0.5, 0.25],
            (
                "learned and lead score the same in ROUGE-2 on 2 articles (95 % interval 0.0 to "
                "0.0; p = 1.000): no difference can be claimed."
            ),
        ),
    ],
)
def test_where_little_can_be_told(left, right, told):
    (test,) = paired_tests([np.array(left), np.array(right)], None, Resampling(100, 1))
    found = claim(NAMES, ROUGE, test, test.p)
    assert (found.differ, found.sentence) == (False, told)


def test_effects():
    found = paired_effect(np.array([3.0, 2, 2, 9, np.nan]), np.array([1.0, 2, 3, 4, 5]))
    assert (found.better, found.equal, found.worse) == (2, 1, 1)
    assert found.superiority == 0.625
    assert found.d == pytest.approx(1.5 / np.std([2, 0, -1, 5], ddof=1))
    turned = paired_effect(np.array([3.0, 2]), np.array([1.0, 2]), lower_is_better=True)
    assert (turned.better, turned.equal, turned.worse) == (0, 1, 1)


def test_effects_of_too_little():
    none = paired_effect(np.array([]), np.array([]))
    assert (none.d, none.superiority) == (None, None)
    assert paired_effect(np.array([1.0]), np.array([0.0])).d is None
    assert paired_effect(np.array([1.5, 1.25]), np.array([0.5, 0.25])).d is None


def test_the_needed_articles_find_the_difference_four_times_out_of_five():
    count = needed_articles(0.3, 1.0)
    assert count == 88  # (1.95996 + 0.84162) ** 2 / 0.3 ** 2 = 87.2
    assert smallest_difference(count, 1.0) == pytest.approx(0.3, rel=0.01)
    draw = np.random.default_rng(5)
    found = 0
    for seed in range(400):
        tables = [draw.normal(0.3, 1, count), np.zeros(count)]
        (test,) = paired_tests(tables, None, Resampling(300, seed))
        found += test.p < 0.05
    assert found / 400 == pytest.approx(0.8, abs=0.06)  # three standard errors


def test_power_of_too_little():
    assert needed_articles(0.0, 1.0) is None
    assert needed_articles(float("nan"), 1.0) is None
    assert needed_articles(5.0, 0.1) == 6
    assert smallest_difference(0, 1.0) is None
    with pytest.raises(ValueError, match="power=1"):
        needed_articles(1, 1, power=1)
