"""ROUGE gives the reference scorer's numbers, and near those of the original Perl script."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score import rouge_scorer

from evaluation.rouge import METRICS, Rouge

VECTORS = Path(__file__).parents[3] / "shared" / "rouge" / "perl155_vectors.json"
WORDS = ("the", "cat", "cats", "sat", "sitting", "on", "mats", "3,5", "Müller")
TEXT = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=8),
    max_size=4,
).map(lambda lines: "\n".join(" ".join(line) for line in lines))


@given(TEXT, TEXT, st.booleans())
@settings(max_examples=150, deadline=None)
def test_numbers_equal_the_reference_scorer(prediction, reference, stem):
    expected = rouge_scorer.RougeScorer(list(METRICS), use_stemmer=stem).score(
        reference, prediction
    )
    found = Rouge(stem=stem).score(prediction, [reference])
    for name in METRICS:
        assert found[name].precision == expected[name].precision
        assert found[name].recall == expected[name].recall
        assert found[name].f == expected[name].fmeasure


def test_a_case_counted_by_hand():
    found = Rouge(stem=False).score("a b c d", ["a b x d e"])
    assert found["rouge1"].precision == pytest.approx(3 / 4)
    assert found["rouge1"].recall == pytest.approx(3 / 5)
    assert found["rouge2"].precision == pytest.approx(1 / 3)
    assert found["rouge2"].recall == pytest.approx(1 / 4)
    assert found["rougeL"].f == pytest.approx(2 * 3 / 9)


def test_lines_matter_for_lsum_only():
    found = Rouge(stem=False).score("c d\na b", ["a b\nc d"])
    assert found["rougeLsum"].f == 1
    assert found["rougeL"].f == 0.5


def test_best_and_mean_over_references():
    references = ["a b", "a x"]
    assert Rouge(many="best").score("a b", references)["rouge1"].f == 1
    assert Rouge(many="mean").score("a b", references)["rouge1"].f == pytest.approx(0.75)


def test_the_signature_tells_what_changes_numbers():
    assert Rouge(stem=True).signature() != Rouge(stem=False).signature()
    assert Rouge(many="best").signature() != Rouge(many="mean").signature()
    assert "rouge-score-" in Rouge().signature()


@pytest.mark.skipif(not VECTORS.exists(), reason="the Perl vectors are not on this machine")
def test_the_original_script_agrees_within_its_five_places():
    records = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert len(records) == 506
    scorers = {stem: Rouge(stem=stem) for stem in (True, False)}
    names = {"rouge-1": "rouge1", "rouge-2": "rouge2", "rouge-l": "rougeLsum"}
    for record in records:
        found = scorers[record["stem"]].score(record["prediction"], [record["reference"]])
        for theirs, ours in names.items():
            prf = found[ours]
            assert record["perl"][theirs] == pytest.approx(
                [prf.precision, prf.recall, prf.f], abs=1.5e-5
            )
