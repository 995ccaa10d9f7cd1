"""Corpus scores equal sacrebleu's own; intervals are over articles."""

import pytest
import sacrebleu

from evaluation.translation import METRICS, TranslationMetrics, TranslationScorer, align

HYPOTHESES = [["The cat sat on the mat.", "It rained all day."], ["A dog barked loudly at night."]]
REFERENCES = [["The cat sat on a mat.", "It rained the whole day."], ["A dog barked at night."]]


def scored():
    scorer = TranslationScorer()
    own = [
        scorer.add(align(left, right)) for left, right in zip(HYPOTHESES, REFERENCES, strict=True)
    ]
    return scorer, own


def test_corpus_scores_equal_sacrebleu():
    scorer, _ = scored()
    found = {score.name: score for score in scorer.scores("translation", 100, 1)}
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
    _, own = scored()
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


def test_known_statistics_are_as_good_as_lines():
    scorer, _ = scored()
    metrics, again = TranslationMetrics(), TranslationScorer()
    for left, right in zip(HYPOTHESES, REFERENCES, strict=True):
        again.add_statistics(metrics.statistics(align(left, right)))
    assert again.scores("translation", 100, 1) == scorer.scores("translation", 100, 1)


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
    assert TranslationScorer().scores("translation", 10, 1) == []
