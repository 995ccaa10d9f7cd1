"""Each ranker does what its paper says, on examples small enough to check by hand."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import BackendError
from pipeline.extractive.embedding import EmbeddingRanker
from pipeline.extractive.graph import LexRankRanker, TextRankRanker, page_rank
from pipeline.extractive.learned import LearnedRanker
from pipeline.extractive.oracle import OracleRanker
from pipeline.extractive.ranker import Candidates, by_score
from pipeline.extractive.relevance import CentroidRanker, MmrRanker, closeness, marginal
from pipeline.extractive.simple import LeadRanker, RandomRanker
from pipeline.extractive.vectors import Words, likeness, tf_idf

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
    LearnedRanker("en", 3, None),
]


def rank(ranker, texts, references=()):
    if isinstance(ranker, LearnedRanker):
        ranker.open()
    return ranker.rank(Candidates("a", texts, references))


def drawn(sentences, words, vocabulary=3000):
    """Draw an article whose words are as unequally frequent as in a language."""
    draw = random.Random(5)
    names = [f"wort{number}" for number in range(vocabulary)]
    weights = [1 / (number + 1) for number in range(vocabulary)]
    return [" ".join(draw.choices(names, weights, k=words)) + "." for _ in range(sentences)]


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


WITHOUT_TIES = [ranker for ranker in RANKERS[2:7] if ranker is not RANKERS[3]]


@pytest.mark.parametrize("ranker", WITHOUT_TIES, ids=lambda r: r.name)
def test_only_ties_depend_on_where_a_sentence_stands(ranker):
    texts = drawn(12, 9, vocabulary=40)
    backwards = [len(texts) - 1 - index for index in rank(ranker, texts[::-1])]
    assert backwards == rank(ranker, texts)


def test_orders_are_the_same_in_every_process():
    code = f"""
import json
from pipeline.extractive import settings as o
from pipeline.extractive.choice import make_ranker
from pipeline.extractive.ranker import Candidates
texts = {drawn(30, 8, vocabulary=60)!r}
kinds = (o.RandomExtractive, o.TextRankExtractive, o.LexRankExtractive, o.CentroidExtractive,
         o.MmrExtractive, o.OracleExtractive)
seen = Candidates("x", texts, texts[3:5])
print(json.dumps([make_ranker(kind(), "de", offline=True).rank(seen) for kind in kinds]))
"""
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    ]
    assert outputs[0] == outputs[1]
    assert [len(order) for order in json.loads(outputs[0])[:5]] == [30] * 5


def test_an_article_of_thirty_thousand_words_is_ranked_in_seconds():
    texts = drawn(2500, 12)
    started = time.perf_counter()
    for ranker in RANKERS:
        assert len(rank(ranker, texts)) == len(texts)
    assert rank(OracleRanker("en"), texts, [texts[1200]])[0] == 1200
    assert time.perf_counter() - started < 30


def test_textrank_divides_shared_words_by_the_sentences_lengths():
    texts = [
        "Wheat storms hit several northern harbours.",
        "Wheat prices doubled.",
        "Wheat prices halved.",
    ]
    # the edge 1-2 weighs 2 / 2 ln 3, the edges to 0 weigh 1 / (ln 3 + ln 6): 0 comes last
    assert rank(TextRankRanker(0.85, "en"), texts) == [1, 2, 0]


def test_lexrank_without_threshold_keeps_the_weights():
    texts = drawn(20, 8, vocabulary=60)
    assert rank(LexRankRanker(0.85, 0.0, "en"), texts) != rank(
        LexRankRanker(0.85, 0.1, "en"), texts
    )


def test_a_threshold_of_one_leaves_no_edge_between_sentences_and_so_ties():
    assert rank(LexRankRanker(0.85, 1.0, "en"), STAR) == [0, 1, 2, 3, 4]


def test_centroid_prefers_what_shares_most():
    assert rank(CentroidRanker("en"), STAR)[0] == 1


def test_closeness_of_equal_rows_is_one():
    assert closeness(np.ones((2, 2))) == pytest.approx([1, 1])


def test_closeness_is_the_cosine_with_the_mean_row():
    rows = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])
    mean = rows.mean(axis=0)
    expected = rows @ mean / np.linalg.norm(mean)
    assert closeness(rows @ rows.T) == pytest.approx(expected)


def test_mmr_puts_a_repetition_last():
    vectors = np.array([[1.0, 0.0], [0.98, 0.199], [0.6, 0.8]])
    assert marginal(vectors @ vectors.T, 1.0)[:2] == [1, 0]
    assert marginal(vectors @ vectors.T, 0.3) == [1, 2, 0]


def test_mmr_avoids_a_sentence_that_stands_twice():
    texts = ["Wheat prices doubled.", "Wheat prices doubled.", "Ministers resigned yesterday."]
    assert rank(CentroidRanker("en"), texts) == [0, 1, 2]
    assert rank(MmrRanker(0.5, "en"), texts) == [0, 2, 1]


def test_ties_go_by_position():
    assert by_score([0.1 + 0.2, 0.3, 0.5]) == [2, 0, 1]


def test_tf_idf_rows_have_length_one_or_no_words():
    rows = tf_idf([["a", "b", "a"], ["b"], []])
    # idf(a) = ln 3 + 1, idf(b) = ln 1.5 + 1; a counts twice
    a, b = 2 * (np.log(3) + 1), np.log(1.5) + 1
    assert rows[0] == pytest.approx({"a": a / np.hypot(a, b), "b": b / np.hypot(a, b)})
    assert rows[1:] == [{"b": 1.0}, {}]


def test_likeness_is_the_dot_product_of_all_pairs():
    rows = [{"a": 0.6, "b": 0.8}, {"b": 1.0}, {}, {"c": 1.0}]
    expected = [[1, 0.8, 0, 0], [0.8, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert likeness(rows) == pytest.approx(np.array(expected))


def test_words_are_stemmed_and_stop_words_left_out():
    assert Words("de").of("Die Häuser und das Haus in Köln.") == ["haus", "haus", "koln"]
    assert Words("en").of("The markets were rising") == ["market", "rise"]
    assert Words("en").of("the bank’s bonds") == Words("en").of("the bank's bonds")
    assert Words("en").every("The 3.5-percent rise") == ["the", "3", "5", "percent", "rise"]
    assert Words("xx").of("Zwei Häuser") == ["zwei", "häuser"]


def test_the_oracle_stops_when_nothing_is_gained():
    texts = ["Wheat prices rose.", "The weather was fine.", "Ministers met in Brussels."]
    order = rank(OracleRanker("en"), texts, ["Ministers met in Brussels as wheat prices rose."])
    assert sorted(order) == [0, 2]


def test_the_oracle_needs_a_reference():
    assert rank(OracleRanker("en"), STAR) == []


def test_the_oracle_counts_no_word_more_often_than_the_reference():
    texts = ["Wheat wheat wheat wheat.", "Wheat prices doubled."]
    assert rank(OracleRanker("en"), texts, ["Prices doubled for wheat."]) == [1]


def test_the_oracle_takes_the_nearer_of_two_references():
    references = ["Something else entirely was said.", "Traders sold shares."]
    assert rank(OracleRanker("en"), STAR, references) == [4]


def test_embeddings_of_a_real_encoder_rank_and_ignore_neighbours(tiny_bert):
    ranker = EmbeddingRanker(str(tiny_bert), None, "cpu", 1.0, offline=True)
    ranker.open()
    texts = ["Der Umsatz stieg.", "Ein Sprecher des Ministeriums bestätigte die Zahl am Dienstag."]
    assert sorted(rank(ranker, texts)) == [0, 1]
    assert rank(ranker, []) == []
    together = ranker._embed(texts)
    alone = np.concatenate([ranker._embed([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


def test_an_encoder_reads_the_beginning_of_a_sentence_that_is_too_long(tiny_bert):
    ranker = EmbeddingRanker(str(tiny_bert), None, "cpu", 0.5, offline=True)
    ranker.open()
    long = "Die Bundesbank rechnet damit, " * 60
    assert sorted(rank(ranker, [long, "Der Umsatz stieg."])) == [0, 1]
    assert ranker._embed([long]) == pytest.approx(ranker._embed([long + "und mehr."]))


def test_the_files_of_an_encoder_are_its_revision(tiny_bert):
    ranker = EmbeddingRanker(str(tiny_bert), None, "cpu", 0.5, offline=True)
    assert ranker.revision is None
    ranker.open()
    assert len(ranker.revision) == 64


def test_an_unknown_device_is_told_by_its_key(tiny_bert):
    with pytest.raises(BackendError, match=r"extractive\.device"):
        EmbeddingRanker(str(tiny_bert), None, "toaster", 0.5, offline=True).open()


def test_a_missing_encoder_is_told_with_a_remedy():
    with pytest.raises(BackendError, match="extractive=lexrank needs no model"):
        EmbeddingRanker("acme/none", None, "cpu", 0.7, offline=True).open()


def test_a_summarizer_is_no_encoder(tiny_bart):
    with pytest.raises(BackendError, match="no sentence encoder"):
        EmbeddingRanker(str(tiny_bart), None, "cpu", 0.7, offline=True).open()
