"""The ranker's training learns what summaries say, never from a test, and always alike."""

import json

import numpy as np
import pytest

from pipeline.extractive.learned import load_weights
from pipeline.training import ranker
from pipeline.training.corpus import HeldOut
from pipeline.training.labels import Partners, make_example
from pipeline.training.logistic import fit_logistic

TOWNS = ("Kiel", "Trier", "Ulm", "Bonn", "Jena", "Gera", "Hof", "Celle", "Emden", "Soest", "Varel")


@pytest.fixture
def stories(make_story):
    """Summaries say the price and never the weather."""
    return [
        make_story(
            [
                (f"Das Wetter in {town} war sehr schön.", f"The weather in {town} was very fine."),
                (f"Der Preis stieg um {n} Prozent.", f"The price rose by {n} percent."),
                ("Niemand wusste genau warum.", "Nobody knew exactly why."),
                (f"In {town} wohnen {n} Leute.", f"In {town} there live {n} people."),
            ],
            name=f"s{n}",
            summary=f"The price rose {n} percent after a long debate.",
        )
        for n, town in enumerate(TOWNS, 11)
    ]


@pytest.fixture
def corpus(make_corpus, make_story, stories):
    kept_apart = make_story([("Ein Satz nur zum Testen hier.", "A sentence only for tests here.")])
    return make_corpus(stories, [kept_apart])


@pytest.fixture
def sample(tmp_path):
    folder = tmp_path / "sample"
    folder.mkdir()
    record = {"id": "t", "text": "Vorab: Der Preis stieg um 99 Prozent. Ende."}
    (folder / "feed.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return folder


def test_training_twice_gives_the_same_bytes_and_what_summaries_say(corpus, sample, tmp_path):
    for name in ("one", "two"):
        ranker.train(corpus, sample, tmp_path / name)
    for language, said, unsaid in (("en", "price 1", "weather 1"), ("de", "preis 1", "wett 1")):
        texts = [(tmp_path / name / f"{language}.json").read_bytes() for name in ("one", "two")]
        assert texts[0] == texts[1]
        learned = load_weights(tmp_path / "one" / f"{language}.json")
        assert learned.stems[said] > 0 > learned.stems[unsaid]
        assert learned.sets["expected F"] > 0


def test_stories_that_share_a_sentence_with_a_test_are_left_out(corpus, sample, stories):
    record = {"id": "t", "text": "Vorab: Der Preis stieg um 11 Prozent. Ende."}
    (sample / "feed.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    for language in ("en", "de"):
        names = [e.candidates.article_id for e in ranker.load(corpus, sample, language)]
        assert names == [story["id"] for story in stories[1:]]


def test_german_words_find_the_english_ones_that_the_summary_has(stories):
    example = make_example(stories[0], "de", Partners(stories), HeldOut([]))
    assert example.has("preis", 1)
    assert example.has("11", 1)
    assert not example.has("wett", 1)
    assert example.candidates.title == "Der Titel der Geschichte hier"


def test_worth_is_rouge_1(stories):
    example = make_example(stories[0], "en", Partners(stories), HeldOut([]))
    # the price rose 11 percent: 5 of 6 words there, of 9 in the summary
    assert example.worth([1]) == pytest.approx(2 * 5 / (6 + 9))


def test_the_regression_finds_weights_and_leaves_rare_stems_alone():
    draw = np.random.default_rng(0)
    table = draw.normal(size=(4000, 2))
    lexical = draw.integers(0, 3, size=4000)
    odds = 1 + 2 * table[:, 0] + np.array([1.5, -1.5, 0.0])[lexical]
    labels = (draw.random(4000) < 1 / (1 + np.exp(-odds))).astype(float)
    found = fit_logistic(table, lexical, 2, labels)
    assert found.bias == pytest.approx(1, abs=0.3)
    assert found.features == pytest.approx([2, 0], abs=0.3)
    assert found.stems == pytest.approx([1.5, -1.5], abs=0.3)


def test_folds_part_all_numbers():
    folds = ranker.draw_folds(11, 3)
    assert sorted(number for fold in folds for number in fold) == list(range(11))


def test_cross_validation_tells_the_gain(corpus, sample, caplog):
    with caplog.at_level("INFO"):
        ranker.cross_validate(corpus, sample, 2)
    assert [line.split(":")[0] for line in caplog.messages] == ["en", "de"]
