import math
import random

import pytest

from evaluation.report.histogram import HEIGHT, WIDTH, Tally


def tally(values) -> Tally:
    result = Tally("s")
    for value in values:
        result.add(value)
    return result


def test_shares_are_drawn_on_an_axis_from_0_to_1():
    drawn = tally([0.0, 0.049, 0.05, 0.15, 1.0]).draw()
    assert (drawn.low, drawn.high) == (0, 1)
    assert [(bar.low, bar.count) for bar in drawn.bars] == [
        (0.0, 2),
        (0.05, 1),
        (0.15, 1),
        (0.95, 1),
    ]
    assert drawn.mean == pytest.approx(0.2498)


def test_larger_values_are_drawn_from_least_to_most():
    drawn = tally([31.2, 34.9, 60.0]).draw()
    assert (drawn.low, drawn.high) == (30, 65)
    assert [(bar.low, bar.high, bar.count) for bar in drawn.bars] == [(30, 35, 2), (60, 65, 1)]


@pytest.mark.parametrize("scale", [1, 0.001, 100, 1e6])
@pytest.mark.parametrize("shift", [0, -0.5, 7])
def test_bars_count_every_value_where_it_belongs(scale, shift):
    chance = random.Random(5)
    values = [(chance.random() + shift) * scale for _ in range(5000)]
    drawn = tally(values).draw()
    assert sum(bar.count for bar in drawn.bars) == drawn.count == 5000
    assert len(drawn.bars) <= 40
    for bar in drawn.bars:
        last = bar.high == drawn.high
        inside = [v for v in values if bar.low <= v and (v < bar.high or last)]
        assert bar.count == len(inside)
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert math.isclose(bar.y + bar.height, HEIGHT)
    assert (drawn.least, drawn.most) == (min(values), max(values))
    assert math.isclose(drawn.mean, sum(values) / 5000)
    assert 0 <= drawn.mean_x <= WIDTH


def test_memory_does_not_grow_with_the_values():
    chance = random.Random(5)
    result = tally(chance.random() * 100 for _ in range(20000))
    assert len(result._buckets) <= 512


def test_one_value_makes_one_bar():
    drawn = tally([1234.5]).draw()
    assert [bar.count for bar in drawn.bars] == [1]
    assert drawn.low <= 1234.5 < drawn.high


def test_what_is_no_number_is_not_counted():
    assert tally([math.nan, math.inf, -math.inf, 1e300]).draw() is None
    assert tally([math.nan, 0.5]).draw().count == 1
