"""ROUGE gives the reference scorer's numbers, and near those of the original Perl script."""

import json
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score import rouge_scorer

from evaluation.rouge import METRICS, Rouge
from evaluation.tokens import open_tokenizer

ALPHABETS = "ascii", "unicode"
VECTORS = Path(__file__).parents[3] / "shared" / "rouge" / "perl155_vectors.json"
WORDS = ("the", "cat", "cats", "sat", "sitting", "on", "mats", "3,5", "Müller")
TEXT = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=8),
    max_size=4,
).map(lambda lines: "\n".join(" ".join(line) for line in lines))


SAMPLE = Path(__file__).parents[2] / "data" / "wire-sample.jsonl"
ORACLES = {
    stem: rouge_scorer.RougeScorer(list(METRICS), use_stemmer=stem) for stem in (True, False)
}


def assert_equal_numbers(prediction, reference, stem):
    expected = ORACLES[stem].score(reference, prediction)
    found = Rouge(stem=stem).score(prediction, [reference])
    for name in METRICS:
        prf = found[name].precision, found[name].recall, found[name].f
        assert prf == tuple(expected[name]), (name, prediction, reference, stem)


@given(TEXT, TEXT, st.booleans())
@settings(max_examples=150, deadline=None)
def test_numbers_equal_the_reference_scorer(prediction, reference, stem):
    assert_equal_numbers(prediction, reference, stem)


@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_text_is_cut_as_the_reference_scorer_cuts_it(prediction, reference, stem):
    assert_equal_numbers(prediction, reference, stem)
    assert_equal_numbers(prediction, prediction, stem)


def draw_text(draw):
    """Few words in all, so that paths through the table are many; some lines are empty."""
    words = draw.choice(["ab", "abc", "abcdef", ["runs", "running", "ran", "Äpfel", "3.5", "news"]])
    lines = draw.choice([0, 1, 1, 2, 4])
    return "\n".join(
        " ".join(draw.choice(words) for _ in range(draw.choice([0, 1, 2, 4, 7])))
        for _ in range(lines)
    )


def test_ten_thousand_drawn_pairs_equal_the_reference_scorer():
    draw = random.Random(1)
    for number in range(10_000):
        assert_equal_numbers(draw_text(draw), draw_text(draw), stem=number % 2 == 0)


@pytest.mark.parametrize("stem", [True, False])
def test_real_texts_equal_the_reference_scorer(stem):
    records = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    texts = [text for record in records for text in record["references"]["summaries"]]
    cut = [text.replace(". ", ".\n") for text in texts]
    for prediction, reference in zip(cut, [*cut[1:], cut[0]], strict=True):
        assert_equal_numbers(prediction, reference, stem)
    article = records[0]["references"]["translation"]
    assert_equal_numbers(article, "\n".join(cut), stem)


def test_a_long_text_is_no_trouble():
    draw = random.Random(2)
    text = "\n".join(" ".join(draw.choices("abcdefghij", k=30)) for _ in range(120))
    found = Rouge().score(text, [text])
    assert {prf.f for prf in found.values()} == {1}
    assert 0 < Rouge().score(text, [text[::-1]])["rougeL"].f < 1


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
    assert Rouge(tokenizer="ascii").signature() != Rouge(tokenizer="unicode").signature()
    german = Rouge(tokenizer="unicode", language="de").signature()
    assert "stem:snowball-german-" in german
    assert "tok:unicode-nfc" in german
    assert Rouge().signature().endswith("|impl:wirebrief-rouge-1")


def test_a_prepared_reference_gives_the_same_numbers():
    rouge = Rouge()
    texts = ["the cat sat\non mats", "a cat"]
    prepared = [rouge.prepare(text) for text in texts]
    assert rouge.score("cats sat on a mat", prepared) == rouge.score("cats sat on a mat", texts)


@pytest.mark.parametrize("name", METRICS)
def test_metrics_can_be_asked_for_alone(name):
    prediction, references = "the cat sat\non mats", ["a cat sat on\nthe mat"]
    found = Rouge(metrics=[name]).score(prediction, references)
    assert found == {name: Rouge().score(prediction, references)[name]}


@given(st.text(st.characters(max_codepoint=127), max_size=60), st.booleans())
@settings(max_examples=100, deadline=None)
def test_both_tokenizers_agree_on_english_in_ascii(text, stem):
    cut = [open_tokenizer(alphabet, "en", stem=stem).lines(text) for alphabet in ALPHABETS]
    assert cut[0] == cut[1]


def test_unicode_keeps_letters_that_ascii_loses():
    def found(tokenizer):
        rouge = Rouge(tokenizer=tokenizer, language="de")
        return rouge.score("Märkte schließen", ["Markte schlie\u00dfen"])["rouge1"].f

    ascii_, unicode = found("ascii"), found("unicode")
    assert ascii_ == pytest.approx(4 / 7)  # "m rkte schlie en" and "markt schlie en"
    assert unicode == 1


def test_unicode_knows_composed_and_decomposed_letters_as_one():
    text = "Über Größe, naïve Zoë, 東京 हिन्दी"
    lines = open_tokenizer("unicode", "xx", stem=True).lines
    assert lines(unicodedata.normalize("NFD", text)) == lines(text)
    assert lines(text) == [["über", "größe", "naïve", "zoë", "東京", "हिन्दी"]]


def test_unicode_stems_by_language_and_says_when_it_cannot():
    german = open_tokenizer("unicode", "de", stem=True)
    assert german.lines("Häusern Häuser") == [["haus", "haus"]]
    assert "stem:no|" in Rouge(tokenizer="unicode", language="xx").signature()


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
                [prf.precision, prf.recall, prf.f], rel=0, abs=1e-5
            )
