"""The formulas over arrays give what sacrebleu's public functions give, within 1e-9."""

import random

import numpy as np
import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from evaluation.translation import TranslationMetrics
from evaluation.translation_options import BleuOptions, ChrfOptions, TranslationOptions

WORDS = ("the", "a", "cat", "sat", "on", "mat", "rain", "fell", "all", "day", ",", ".", "½", "ü")


def corpora():
    draw = random.Random(8)
    found = [([""], [""]), (["a"], [""]), ([""], ["a"]), (["x y"], ["a b"]), (["a b"], ["a b"])]
    for _ in range(60):
        lines = draw.randint(1, 4)
        longest = draw.choice([1, 2, 5, 25])
        found.append(
            tuple(
                [" ".join(draw.choices(WORDS, k=draw.randint(0, longest))) for _ in range(lines)]
                for _ in range(2)
            )
        )
    return found


def found_by_formula(options, name, of_line=False):
    metrics = TranslationMetrics(options)
    tables = [
        metrics.statistics(list(zip(outputs, references, strict=True)))[name]
        for outputs, references in corpora()
    ]
    return metrics.scorer(name, of_line=of_line).many(np.array(tables))


def by_sacrebleu(metric):
    return [metric.corpus_score(outputs, [references]).score for outputs, references in corpora()]


@pytest.mark.parametrize("of_line", [False, True])
@pytest.mark.parametrize(
    ("smooth", "value"),
    [("exp", None), ("floor", None), ("floor", 0.3), ("add-k", None), ("add-k", 2), ("none", None)],
)
def test_bleu(smooth, value, of_line):
    options = TranslationOptions(bleu=BleuOptions(smooth=smooth, smooth_value=value))
    theirs = BLEU(smooth_method=smooth, smooth_value=value, effective_order=of_line, force=True)
    assert found_by_formula(options, "bleu", of_line) == pytest.approx(
        by_sacrebleu(theirs), abs=1e-9
    )


@pytest.mark.parametrize("order", [{}, {"word_order": 2}, {"char_order": 3, "beta": 1}])
@pytest.mark.parametrize("eps_smoothing", [False, True])
def test_chrf(order, eps_smoothing):
    options = TranslationOptions(chrf=ChrfOptions(**order, eps_smoothing=eps_smoothing))
    theirs = CHRF(**order, eps_smoothing=eps_smoothing)
    assert found_by_formula(options, "chrf") == pytest.approx(by_sacrebleu(theirs), abs=1e-9)


def test_ter():
    assert found_by_formula(None, "ter") == pytest.approx(by_sacrebleu(TER()), abs=1e-9)


def test_any_leading_shape_will_do():
    metrics = TranslationMetrics()
    row = metrics.statistics([("the cat sat on a mat", "the cat sat on the mat")])
    for name in ("bleu", "chrf", "ter"):
        score = metrics.scorer(name)
        cube = np.tile(np.array(row[name]), (2, 3, 1))
        assert score.many(cube) == pytest.approx(np.full((2, 3), score(row[name])))
