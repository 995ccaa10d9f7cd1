import numpy as np
import pytest

from evaluation.compare.comparison import compare
from evaluation.compare.pairing import pair
from evaluation.compare.runs import read_runs
from tests.evaluation.compare.conftest import brief

NAMES = [f"a{number}" for number in range(12)]


@pytest.fixture
def told(write_run):
    def write(name, translation, extractor, extract, abstract, beams=4):
        columns = {
            "extractive.rouge2.f": np.full(12, extract),
            "abstractive.rouge2.f": np.full(12, abstract),
        }
        settings = {
            "translation": {} if translation == "reference" else {"model": translation},
            "extractive": {},
            "abstractive": {"beams": beams},
        }
        makers = {"translation": translation, "extractive": extractor, "abstractive": "starter"}
        return write_run(name, [brief(each) for each in NAMES], columns, settings, makers=makers)

    def attribute(*runs):
        found = read_runs([write(f"run{place}", *run) for place, run in enumerate(runs)])
        return compare(found, pair(found), 100, 1, None)[0].attribution

    return attribute


def test_steps_add_up_from_the_ceiling_to_the_abstract(told):
    (found,) = told(
        ("starter", "lead", 0.30, 0.25),
        ("reference", "lead", 0.38, 0.33),
        ("reference", "oracle", 0.50, 0.40),
    )
    assert (found.run, found.metric) == (0, "rouge2.f")
    assert [step.name for step in found.steps] == ["selection", "translation", "generation"]
    assert [step.value.value for step in found.steps] == pytest.approx([-0.12, -0.08, -0.05])
    assert found.ceiling.value + sum(step.value.value for step in found.steps) == pytest.approx(
        found.reached.value
    )
    assert not found.missing


def test_a_missing_counterpart_is_named(told):
    (found,) = told(("starter", "lead", 0.30, 0.25), ("reference", "lead", 0.38, 0.33))
    assert [step.name for step in found.steps] == ["translation", "generation"]
    assert any("extractive=oracle" in command for command in found.missing)


def test_a_run_with_other_settings_is_no_counterpart(told):
    assert not told(("starter", "lead", 0.30, 0.25), ("reference", "lead", 0.38, 0.33, 8))
