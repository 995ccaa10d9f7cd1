"""Corpus scores equal sacrebleu's own; intervals are over articles."""

import pytest
import sacrebleu

from evaluation.corpus_scores import corpus_scores
from evaluation.statistics_spool import StatisticsCollector
from evaluation.translation import METRICS, TranslationMetrics, align

HYPOTHESES = [["The cat sat on the mat.", "It rained all day."], ["A dog barked loudly at night."]]
REFERENCES = [["The cat sat on a mat.", "It rained the whole day."], ["A dog barked at night."]]


def collected():
    """Return each article's own scores and statistics, as a run keeps them."""
    metrics, collector, own = TranslationMetrics(), StatisticsCollector(), []
    for number, (left, right) in enumerate(zip(HYPOTHESES, REFERENCES, strict=True)):
        statistics = metrics.statistics(align(left, right))
        own.append(metrics.scores(statistics))
        summed = {f"translation.{name}": rows for name, rows in statistics.items()}
        collector.add(str(number), 1, {}, summed)
    return collector, own


def scores_of(collector):
    return corpus_scores(collector.table(), recipe=str, samples=100, seed=1)


def test_corpus_scores_equal_sacrebleu():
    collector, _ = collected()
    found = {score.name: score for score in scores_of(collector)}
    outputs = [text for texts in HYPOTHESES for text in texts]
    references = [[text for texts in REFERENCES for text in texts]]
    assert found["translation.bleu"].value == pytest.approx(
        sacrebleu.corpus_bleu(outputs, references).score
    )
    assert found["translation.chrf"].value == pytest.approx(
        sacrebleu.corpus_chrf(outputs, references).score
    )
    assert found["translation.ter"].value == pytest.approx(
        sacrebleu.corpus_ter(outputs, references).score
    )
    for score in found.values():
        assert score.low - 1e-9 <= score.value <= score.high + 1e-9
        assert score.count == 2
        assert "version:" in score.signature


def test_an_articles_own_scores():
    _, own = collected()
    assert own[0]["chrf"] == pytest.approx(
        sacrebleu.corpus_chrf(HYPOTHESES[0], [REFERENCES[0]]).score
    )


@pytest.mark.parametrize("outputs", [*HYPOTHESES, ["", "It rained."], ["Cat the sat mat on .", ""]])
def test_statistics_give_what_sacrebleu_gives(outputs):
    references = ["The cat sat on a mat.", "It rained the whole day."][: len(outputs)]
    metrics = TranslationMetrics()
    found = metrics.scores(metrics.statistics(list(zip(outputs, references, strict=True))))
    for name in METRICS:
        corpus = getattr(sacrebleu, f"corpus_{name}")(outputs, [references])
        assert found[name] == corpus.score


def test_signatures_are_sacrebleus():
    metrics = TranslationMetrics()
    for kind in (sacrebleu.BLEU, sacrebleu.CHRF, sacrebleu.TER):
        theirs = kind()
        theirs.corpus_score(["a"], [["a"]])
        assert metrics.signature(kind.__name__.lower()) == str(theirs.get_signature())


def test_unequal_paragraphs_are_compared_as_documents():
    assert align(["a\nb", "c"], ["x y z"]) == [("a b c", "x y z")]
    assert align(["a  b", "c"], ["x", "y"]) == [("a b", "x"), ("c", "y")]


def test_nothing_added_has_no_score():
    assert scores_of(StatisticsCollector()) == []
