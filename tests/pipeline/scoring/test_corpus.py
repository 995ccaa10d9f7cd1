"""Corpus scores: means with intervals, and statistics of the corpus for translations."""

from dataclasses import replace

import pytest
import sacrebleu

from evaluation.translation import TranslationMetrics
from pipeline.records import Article, Block, Draft, Place, References
from pipeline.scoring.corpus import CorpusScorer
from pipeline.scoring.settings import RougeScoring

TARGETS = ("The cat sat on the mat.", "It rained the whole day in town.")
WANTED = ("A cat sat on the mat.", "It rained all day in the town.")


def draft(number, scores):
    references = References(WANTED[number], ("s",) if number == 0 else ())
    return Draft(
        article=Article(str(number), (Block("x"),), Place("f"), references=references),
        position=number,
        scores=scores,
        statistics=TranslationMetrics().statistics([(TARGETS[number], WANTED[number])]),
    )


def scorer(*drafts):
    found = CorpusScorer(RougeScoring(samples=200), "en")
    for one in drafts:
        found.add(one)
    return found


def test_means_intervals_counts_and_signatures():
    made = scorer(
        draft(0, {"abstractive.rouge1.f": 0.2, "abstractive.words": 10.0}),
        draft(1, {"abstractive.rouge1.f": 0.4}),
    )
    found = {score.name: score for score in made.scores()}
    rouge = found["abstractive.rouge1.f"]
    assert rouge.value == pytest.approx(0.3)
    assert (rouge.low, rouge.high, rouge.count) == (0.2, 0.4, 2)
    assert rouge.signature.startswith("rouge|stem:porter|refs:best")
    assert "bs:200|seed:1" in rouge.signature
    words = found["abstractive.words"]
    assert (words.low, words.high, words.count) == (None, None, 1)
    assert words.signature.startswith("measures|")
    assert made.unscored == 1


def test_bleu_is_the_corpus_statistic_and_no_mean_of_articles():
    made = scorer(*(draft(n, {"translation.bleu": 1.0}) for n in (0, 1)))
    (bleu,) = [score for score in made.scores() if score.name == "translation.bleu"]
    assert bleu.value == pytest.approx(sacrebleu.corpus_bleu(list(TARGETS), [list(WANTED)]).score)
    assert "nrefs:1" in bleu.signature


def test_articles_without_statistics_do_not_count():
    made = scorer(draft(0, {}), replace(draft(1, {}), statistics={}))
    assert {score.count for score in made.scores()} == {1}
    assert scorer(replace(draft(0, {}), statistics={})).scores() == []


def test_the_order_of_articles_leaves_the_value_alone():
    ahead = scorer(draft(0, {"a.facts": 0.1}), draft(1, {"a.facts": 0.9})).scores()
    back = scorer(draft(1, {"a.facts": 0.9}), draft(0, {"a.facts": 0.1})).scores()
    assert [s.name for s in ahead] == [s.name for s in back]
    assert [s.value for s in ahead] == pytest.approx([s.value for s in back])
