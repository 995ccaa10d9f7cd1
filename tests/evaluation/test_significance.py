"""Paired tests: equal to brute force, calibrated, symmetric, silent where nothing can be told."""

from itertools import product

import numpy as np
import pytest

from evaluation.bootstrap import Resampling
from evaluation.significance import holm, paired_tests

NAN = float("nan")


class Ratio:
    """As TER is: a ratio of sums."""

    def __call__(self, statistics):
        return statistics[0] / statistics[1]

    def many(self, sums):
        return sums[..., 0] / sums[..., 1]


def one(left, right, score=None, **options):
    options = {"samples": 2000, "seed": 3} | options
    tables = [np.array(left, dtype=float), np.array(right, dtype=float)]
    (test,) = paired_tests(tables, score, Resampling(**options))
    return test


def brute_force(left, right, score):
    """Try all swaps, one by one."""
    observed = abs(score(left) - score(right))
    extreme = 0
    for sides in product([False, True], repeat=len(left)):
        swap = np.array(sides).reshape(-1, *[1] * (left.ndim - 1))
        one, two = np.where(swap, right, left), np.where(swap, left, right)
        extreme += abs(score(one) - score(two)) >= observed - 1e-12
    return extreme / 2 ** len(left)


@pytest.mark.parametrize("count", [2, 3, 7, 10])
def test_few_articles_get_the_exact_p_of_all_swaps(count):
    left, right = np.random.default_rng(count).normal(size=(2, count)).round(1)
    test = one(left, right)
    assert test.exact
    assert test.p == brute_force(left, right, np.mean)
    assert test.p == one(left[::-1], right[::-1]).p


def test_sums_are_swapped_by_rows():
    draw = np.random.default_rng(2)
    left, right = draw.integers(1, 9, size=(2, 8, 2)).astype(float)
    test = one(left, right, Ratio())
    assert test.p == brute_force(left, right, lambda rows: Ratio()(rows.sum(axis=0)))
    assert test.delta == pytest.approx(Ratio()(left.sum(axis=0)) - Ratio()(right.sum(axis=0)))


def test_random_swaps_come_near_to_all_swaps():
    left, right = np.random.default_rng(6).normal([[0.5], [0.0]], 1, size=(2, 11))
    assert one(left, right, samples=2048).exact
    test = one(left, right, samples=2047)
    assert not test.exact
    assert test.p == pytest.approx(one(left, right, samples=2048).p, abs=0.03)


def test_the_other_way_round_only_the_sign_changes():
    left, right = np.random.default_rng(6).normal([[0.2], [0.0]], 1, size=(2, 50))
    test, back = one(left, right), one(right, left)
    assert (back.delta, back.p, back.p_bootstrap) == (-test.delta, test.p, test.p_bootstrap)
    assert (back.low, back.high) == pytest.approx((-test.high, -test.low))


def test_the_order_of_articles_changes_no_more_than_the_seed_does():
    left, right = np.random.default_rng(6).normal([[0.3], [0.0]], 1, size=(2, 60))
    turned = np.random.default_rng(1).permutation(60)
    test, again = one(left, right), one(left[turned], right[turned])
    assert again.delta == pytest.approx(test.delta)
    assert again.p == pytest.approx(test.p, abs=0.04)
    assert (again.low, again.high) == pytest.approx((test.low, test.high), abs=0.06)


def test_the_seed_decides():
    left, right = np.random.default_rng(6).normal([[0.2], [0.0]], 1, size=(2, 50))
    assert one(left, right, seed=4) == one(left, right, seed=4)
    assert one(left, right, seed=4) != one(left, right, seed=5)


@pytest.mark.parametrize("which", ["p", "p_bootstrap"])
def test_without_a_difference_one_in_twenty_is_found(which):
    draw = np.random.default_rng(11)
    runs = 600
    found = 0
    for seed in range(runs):
        shared = draw.gamma(2, 1, size=80)
        left, right = shared + draw.normal(0, 1, size=(2, 80))
        found += getattr(one(left, right, samples=400, seed=seed), which) < 0.05
    assert 0.03 <= found / runs <= 0.075  # 0.05 and 2.8 standard errors


def test_a_real_difference_is_found_and_its_interval_covers_it():
    draw = np.random.default_rng(12)
    left, right = draw.normal([[0.5], [0.0]], 1, size=(2, 400))
    test = one(left, right)
    assert test.p == pytest.approx(1 / 2001)
    assert test.p_bootstrap == pytest.approx(1 / 2001)
    assert test.low < 0.5 < test.high
    assert test.error == pytest.approx(np.std(left - right) / 20, rel=0.05)


def test_the_same_system_twice_has_p_1():
    values = np.random.default_rng(1).normal(size=100)
    test = one(values, values)
    assert (test.delta, test.low, test.high, test.p, test.p_bootstrap) == (0, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("left", "right", "count", "delta"),
    [([], [], 0, None), ([1.0], [0.5], 1, 0.5), ([1.0, NAN, 2.0], [NAN, 1.0, 1.5], 1, 0.5)],
)
def test_too_few_articles_have_a_reason(left, right, count, delta):
    test = one(left, right)
    assert (test.count, test.delta, test.low, test.p, test.error) == (
        count,
        delta,
        None,
        None,
        None,
    )
    assert "article" in test.reason


def test_no_resamples_no_test():
    assert "no resamples" in one([1, 2], [2, 3], samples=0).reason


def test_articles_without_a_score_are_left_out_pair_by_pair():
    draw = np.random.default_rng(3)
    tables = list(draw.normal(size=(3, 40)))
    tables[2][:5] = NAN
    tests = paired_tests(tables, None, Resampling(500, 1))
    assert [(test.left, test.right, test.count) for test in tests] == [
        (0, 1, 40),
        (0, 2, 35),
        (1, 2, 35),
    ]
    alone = paired_tests([tables[0][5:], tables[2][5:]], None, Resampling(500, 1))
    assert tests[1].p == alone[0].p
    assert (tests[1].low, tests[1].delta) == pytest.approx((alone[0].low, alone[0].delta))


def test_only_pairs_that_are_wanted():
    tables = list(np.random.default_rng(3).normal(size=(4, 10)))
    tests = paired_tests(tables, pairs=[(3, 0), (2, 0)])
    assert [(test.left, test.right) for test in tests] == [(3, 0), (2, 0)]
    assert paired_tests(tables[:1]) == []


def test_tables_of_other_articles_are_refused():
    with pytest.raises(ValueError, match="shape"):
        paired_tests([np.zeros(3), np.zeros(4)])


def test_holm_equals_known_values():
    # statsmodels 0.15: multipletests(p, method="holm")
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.6, 0.0001]) == pytest.approx([1.0, 1.0, 0.0003])


def test_holm_leaves_out_what_was_not_tested():
    assert holm([None, 0.02, None, 0.03]) == pytest.approx([None, 0.04, None, 0.04])
    assert holm([]) == []


def test_holm_keeps_the_order_and_never_lowers():
    ps = np.random.default_rng(1).uniform(size=30).tolist()
    adjusted = holm(ps)
    assert all(after >= before for before, after in zip(ps, adjusted, strict=True))
    order = np.argsort(ps)
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()
