"""The steps add up to the whole, and a chain with a link missing says so."""

import numpy as np
import pytest

from evaluation.attribution import CEILING, GENERATED, LINKS, SELECTED, TRANSLATED, attribute
from evaluation.bootstrap import Resampling, mean_interval

RESAMPLING = Resampling(500, 2)


def chain():
    draw = np.random.default_rng(1)
    return {
        name: draw.normal(mean, 0.1, 60)
        for name, mean in zip(LINKS, (0.5, 0.4, 0.35, 0.37), strict=True)
    }


def test_steps_add_up():
    found = attribute(chain(), RESAMPLING)
    assert [step.name for step in found.steps] == ["selection", "translation", "generation"]
    assert sum(step.value for step in found.steps) == pytest.approx(found.total.value, abs=1e-12)
    assert found.links[0].value + found.total.value == pytest.approx(found.links[-1].value)
    assert found.missing == ()


def test_steps_have_the_interval_of_paired_differences():
    scores = chain()
    step = attribute(scores, RESAMPLING).steps[1]
    differences = scores[TRANSLATED] - scores[SELECTED]
    assert (step.low, step.high) == pytest.approx(mean_interval(differences, 500, 2))
    assert step.low < step.value < step.high
    assert step.count == 60


def test_articles_without_every_link_are_left_out():
    scores = chain()
    scores[CEILING][:10] = np.nan
    found = attribute(scores, RESAMPLING)
    assert {part.count for part in (*found.links, *found.steps, found.total)} == {50}
    assert found.links[-1].value == pytest.approx(scores[GENERATED][10:].mean())


def test_a_missing_link_joins_its_steps():
    scores = chain()
    del scores[SELECTED]
    found = attribute(scores, RESAMPLING)
    assert [step.name for step in found.steps] == ["selection and translation", "generation"]
    (missing,) = found.missing
    assert missing.name == SELECTED
    assert "translation=reference" in missing.remedy


def test_without_the_oracle_there_is_no_selection():
    scores = chain()
    del scores[CEILING]
    found = attribute(scores, RESAMPLING)
    assert [step.name for step in found.steps] == ["translation", "generation"]
    assert "extractive=oracle" in found.missing[0].remedy


def test_too_little():
    assert "no run" in attribute({}).reason
    assert "one link" in attribute({GENERATED: np.ones(3)}).reason
    assert "no article" in attribute({GENERATED: np.array([np.nan]), CEILING: np.ones(1)}).reason
    step = attribute({GENERATED: np.array([0.25]), CEILING: np.ones(1)}).steps[0]
    assert (step.value, step.low, step.count) == (-0.75, None, 1)


def test_what_is_no_chain_is_refused():
    with pytest.raises(ValueError, match="no link"):
        attribute({"lead": np.ones(2)})
    with pytest.raises(ValueError, match="same articles"):
        attribute({CEILING: np.ones(2), GENERATED: np.ones(3)})
