"""The learned ranker finds the set its weights ask for, alike everywhere."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import BackendError, ConfigError
from pipeline.extractive import learned
from pipeline.extractive.learned import LANGUAGES, LearnedRanker, Weights, load_weights
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.selection import pick
from pipeline.extractive.sets import FEATURES

ROOT = Path(__file__).parents[3]
TEXTS = (
    "Wheat prices doubled in Odessa on Monday.",
    "Nobody knew why.",
    "Traders in Odessa said prices doubled on Monday.",
    "The ministry banned all exports of wheat until May.",
)
BY_MATCHES = {"expected matches": 1.0}


def weights(stems, sets=None):
    return Weights(bias=-30.0, words={}, stems=stems, sets=sets or BY_MATCHES)


def rank(stems, texts=TEXTS, sentences=2, words=None, sets=None):
    ranker = LearnedRanker("en", sentences, words, weights(stems, sets))
    return ranker.rank(Candidates("a", texts))


def test_a_set_says_more_than_its_best_sentences_together():
    wanted = {f"{stem} 1": 60.0 for stem in ("price", "doubl", "odessa", "trader", "export")}
    # alone, 2 and 0 match most words (4 and 3), but nearly the same ones
    assert rank(wanted, sentences=2)[:2] == [2, 3]


def test_the_set_fits_the_budget_of_words():
    stems = "price", "doubl", "odessa", "trader", "nobodi", "knew"
    wanted = {f"{stem} 1": 60.0 for stem in stems}
    order = rank(wanted, sentences=None, words=10)
    assert pick(order, TEXTS, None, 10) == (0, 1)
    assert pick(rank(wanted, sentences=3, words=10), TEXTS, 3, 10) == (0, 1)
    assert len(pick(rank(wanted, sentences=None, words=1), TEXTS, None, 1)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_that_ship_know_every_feature(language):
    path = learned.FOLDER / f"{language}.json"
    loaded = load_weights(path)
    assert set(loaded.sets) == set(FEATURES)
    assert loaded.sets["expected F"] > 0
    assert {"title", "number", "name", "from sentence 0"} <= set(loaded.words)
    assert path.stat().st_size < 200_000


def test_the_lead_comes_before_an_aside():
    ranker = LearnedRanker("en", 2, None)
    ranker.open()
    order = ranker.rank(Candidates("a", TEXTS, title="Wheat prices double as exports are banned"))
    assert sorted(order) == [0, 1, 2, 3]
    assert 1 not in order[:2]
    assert len(ranker.revision) == 64


def test_more_sentences_than_the_pool_are_all_ranked_once():
    ranker = LearnedRanker("en", 3, None)
    ranker.open()
    texts = [f"Sentence {n} names town {n * 7 % 40} and river {n % 6}." for n in range(60)]
    assert sorted(ranker.rank(Candidates("a", texts))) == list(range(60))


def test_other_languages_are_refused_with_a_remedy():
    with pytest.raises(ConfigError, match=r"English and German .* not fr: choose another ranker"):
        LearnedRanker("fr", 3, None)


def test_missing_or_broken_weights_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(learned, "FOLDER", tmp_path)
    ranker = LearnedRanker("en", 3, None)
    with pytest.raises(BackendError, match=r"en\.json: .* extractive=lexrank needs no weights"):
        ranker.open()
    (tmp_path / "en.json").write_text('{"bias": 0}')
    with pytest.raises(BackendError, match=r"en\.json"):
        ranker.open()


def test_orders_are_the_same_in_every_process_and_no_model_library_is_imported():
    code = f"""
import json, sys
from pipeline.extractive.choice import make_ranker
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.settings import LearnedExtractive
orders = []
for language in "en", "de":
    ranker = make_ranker(LearnedExtractive(), language, offline=True)
    ranker.open()
    orders.append(ranker.rank(Candidates("a", {TEXTS!r}, title="Wheat doubles")))
assert not {{"torch", "scipy", "ctranslate2"}} & set(sys.modules)
print(json.dumps(orders))
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert [sorted(order) for order in json.loads(outputs.pop())] == [[0, 1, 2, 3]] * 2
    assert not outputs
