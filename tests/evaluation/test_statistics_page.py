"""The worked example of docs/statistics.md is what the code computes."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from evaluation.claims import claim
from evaluation.effects import paired_effect
from evaluation.significance import holm, paired_tests

PAGE = (Path(__file__).parents[2] / "docs" / "statistics.md").read_text(encoding="utf-8")


def scores(name):
    (row,) = (line for line in PAGE.splitlines() if line.startswith(f"| {name} |"))
    return np.array([float(cell.replace("−", "-")) for cell in row.split("|")[2:8]])


def test_the_example_holds():
    left, right = scores("learned"), scores("lead")
    assert scores("difference") == pytest.approx(left - right)
    (test,) = paired_tests([left, right])
    effect = paired_effect(left, right)
    assert f"| {test.delta:.4f} |" in PAGE
    assert f"**p = {test.p:.4f}**" in PAGE
    assert f"differences is {np.std(left - right, ddof=1):.4f}, so **d = {effect.d:.2f}**" in PAGE
    assert (effect.better, effect.equal, effect.worse) == (5, 0, 1)
    assert f"a chance of {effect.superiority:.2f}" in PAGE
    assert f"from {test.low:.3f} to {test.high:.3f}" in PAGE
    assert f"bootstrap's p is\n{test.p_bootstrap:.4f}" in PAGE
    rouge = SimpleNamespace(label="ROUGE-2", better="higher", scale=1)
    assert f"> {claim(('learned', 'lead'), rouge, test, test.p).sentence}\n" in PAGE


def test_the_correction_holds():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert "0.01, 0.04 and 0.03, Holm's correction would make them 0.03, 0.06\nand 0.06" in PAGE
