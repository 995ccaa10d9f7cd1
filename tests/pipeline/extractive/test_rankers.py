"""Each ranker does what its paper says, on examples small enough to check by hand."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import BackendError
from pipeline.extractive.embedding import EmbeddingRanker
from pipeline.extractive.graph import LexRankRanker, TextRankRanker, page_rank
from pipeline.extractive.oracle import OracleRanker
from pipeline.extractive.ranker import Candidates, by_score
from pipeline.extractive.relevance import CentroidRanker, MmrRanker, closeness, marginal
from pipeline.extractive.simple import LeadRanker, RandomRanker
from pipeline.extractive.vectors import Words, tf_idf

ROOT = Path(__file__).parents[3]
# The second sentence shares words with all others, which share none among each other.
STAR = (
    "Farmers harvested wheat early.",
    "Wheat exports pleased ministers, bakers and traders.",
    "Ministers resigned yesterday.",
    "Bakers raised prices.",
    "Traders sold shares.",
)
RANKERS = [
    LeadRanker(),
    RandomRanker(1),
    TextRankRanker(0.85, "en"),
    LexRankRanker(0.85, 0.1, "en"),
    LexRankRanker(0.85, 0.0, "en"),
    CentroidRanker("en"),
    MmrRanker(0.7, "en"),
]


def rank(ranker, texts, references=()):
    return ranker.rank(Candidates("a", texts, references))


def test_page_rank_of_a_star_matches_the_closed_form():
    weights = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]], dtype=float)
    # centre c and leaf l: c = 0.05 + 0.85 * 2l, l = 0.05 + 0.85 * c / 2
    centre = (0.05 + 1.7 * 0.05) / (1 - 0.85**2)
    leaf = 0.05 + 0.425 * centre
    assert page_rank(weights, 0.85) == pytest.approx([centre, leaf, leaf], abs=1e-8)


def test_page_rank_without_edges_is_even():
    assert page_rank(np.zeros((4, 4)), 0.85) == pytest.approx([0.25] * 4)


@pytest.mark.parametrize("ranker", [TextRankRanker(0.85, "en"), LexRankRanker(0.85, 0.05, "en")])
def test_the_hub_of_a_star_comes_first(ranker):
    assert rank(ranker, STAR)[0] == 1


@pytest.mark.parametrize("ranker", RANKERS, ids=lambda r: r.name)
def test_every_ranker_orders_every_sentence_once(ranker):
    assert sorted(rank(ranker, STAR)) == [0, 1, 2, 3, 4]
    assert rank(ranker, STAR[:1]) == [0]
    assert rank(ranker, []) == []
    assert sorted(rank(ranker, ["...", "!!!", "the of and"])) == [0, 1, 2]


@pytest.mark.parametrize("ranker", RANKERS, ids=lambda r: r.name)
def test_orders_repeat(ranker):
    assert rank(ranker, STAR) == rank(ranker, STAR)


def test_lead_keeps_the_order_of_the_text():
    assert rank(LeadRanker(), STAR) == [0, 1, 2, 3, 4]


def test_chance_depends_on_seed_and_article_only():
    orders = {
        tuple(RandomRanker(seed).rank(Candidates(name, STAR)))
        for seed in range(4)
        for name in "abcd"
    }
    assert len(orders) > 8


def test_chance_is_the_same_in_every_process():
    code = (
        "from pipeline.extractive.simple import RandomRanker\n"
        "from pipeline.extractive.ranker import Candidates\n"
        "print(RandomRanker(7).rank(Candidates('x', ['a'] * 9)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


def test_centroid_prefers_what_shares_most():
    assert rank(CentroidRanker("en"), STAR)[0] == 1


def test_closeness_of_equal_rows_is_one():
    assert closeness(np.array([[1.0, 0.0], [1.0, 0.0]])) == pytest.approx([1, 1])


def test_mmr_puts_a_repetition_last():
    vectors = np.array([[1.0, 0.0], [0.98, 0.199], [0.6, 0.8]])
    assert marginal(vectors, 1.0)[:2] == [1, 0]
    assert marginal(vectors, 0.3) == [1, 2, 0]


def test_ties_go_by_position():
    assert by_score([0.1 + 0.2, 0.3, 0.5]) == [2, 0, 1]


def test_tf_idf_rows_have_length_one_or_zero():
    table = tf_idf([["a", "b", "a"], ["b"], []])
    assert np.linalg.norm(table, axis=1) == pytest.approx([1, 1, 0])
    # idf(a) = ln 3 + 1, idf(b) = ln 1.5 + 1; a counts twice
    a, b = 2 * (np.log(3) + 1), np.log(1.5) + 1
    assert table[0] == pytest.approx(np.array([a, b]) / np.hypot(a, b))


def test_words_are_stemmed_and_stop_words_left_out():
    assert Words("de").of("Die Häuser und das Haus in Köln.") == ["haus", "haus", "koln"]
    assert Words("en").of("The markets were rising") == ["market", "rise"]
    assert Words("xx").of("Zwei Häuser") == ["zwei", "häuser"]


def test_the_oracle_stops_when_nothing_is_gained():
    texts = ["Wheat prices rose.", "The weather was fine.", "Ministers met in Brussels."]
    order = rank(OracleRanker("en"), texts, ["Ministers met in Brussels as wheat prices rose."])
    assert sorted(order) == [0, 2]


def test_the_oracle_needs_a_reference():
    assert rank(OracleRanker("en"), STAR) == []


def test_embeddings_of_a_real_encoder_rank_and_ignore_neighbours(tiny_bert):
    ranker = EmbeddingRanker(str(tiny_bert), None, "cpu", 1.0, offline=True)
    ranker.open()
    texts = ["Der Umsatz stieg.", "Ein Sprecher des Ministeriums bestätigte die Zahl am Dienstag."]
    assert sorted(rank(ranker, texts)) == [0, 1]
    together = ranker._embed(texts)
    alone = np.concatenate([ranker._embed([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


def test_a_missing_encoder_is_told_with_a_remedy():
    with pytest.raises(BackendError, match="extractive=lexrank needs no model"):
        EmbeddingRanker("acme/none", None, "cpu", 0.7, offline=True).open()


def test_a_summarizer_is_no_encoder(tiny_bart):
    with pytest.raises(BackendError, match="no sentence encoder"):
        EmbeddingRanker(str(tiny_bart), None, "cpu", 0.7, offline=True).open()
