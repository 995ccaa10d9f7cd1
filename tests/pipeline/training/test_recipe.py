"""No test sentence is in the training data, and augmentation changes both sides alike."""

import json
import random
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.training import augment, corpus, summarization_starter, translation_starter
from pipeline.training.pairs import Fields, Pair, read_pairs
from pipeline.training.settings import Data

ROOT = Path(__file__).parents[3]
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLE = ROOT / "data" / "wire-sample.jsonl"
STARTER = ROOT / "pipeline" / "backends" / "starters" / "translation"
TAKES = ROOT / "data" / "wire-takes.jsonl"


def test_a_copied_sentence_is_found_whatever_its_spacing_and_case(tmp_path, make_story, write_gz):
    german, english = "Der Dax fiel am Montag um 2 Prozent.", "The Dax fell 2 percent on Monday."
    held_out = corpus.HeldOut([make_story([(german, english)])])
    path = tmp_path / "x.tsv.gz"
    write_gz(
        path,
        [
            "DER DAX  fiel am Montag um 2 Prozent\tSomething quite different stands here.",
            "Etwas ganz anderes steht hier.\tthe dax fell 2 percent, on monday!",
            "Ein harmloser Satz ohne jeden Bezug.\tA harmless sentence of no relation.",
        ],
    )
    kept = held_out.filter(read_pairs(path, Fields()))
    assert [pair.target for pair in kept] == ["A harmless sentence of no relation."]


def sentences_of_the_sample():
    for path in (SAMPLE, TAKES):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            references = record["references"]
            for text in (record["text"], references["translation"], *references["summaries"]):
                for part in text.replace("\n", " ").split(". "):
                    words = corpus.normalise(part)
                    if len(words.split()) >= 6:
                        yield words


@pytest.mark.skipif(not CORPUS.exists(), reason="the training corpus is not on this machine")
def test_no_sentence_of_the_sample_is_in_the_training_data():
    held_out = set(sentences_of_the_sample())
    assert len(held_out) > 500
    material = translation_starter.read_material(
        Data(corpus=str(CORPUS), held_out=str(ROOT / "data"))
    )
    shown = list(material.epoch(random.Random(1)))
    assert len(shown) > 200_000
    found = [
        pair
        for pair in shown
        if corpus.normalise(pair.source) in held_out or corpus.normalise(pair.target) in held_out
    ]
    assert found == []


@pytest.mark.skipif(not CORPUS.exists(), reason="the training corpus is not on this machine")
def test_no_sentence_of_the_sample_is_in_what_the_summarizer_reads(tmp_path):
    machine = tmp_path / "machine.jsonl"
    machine.write_text("", encoding="utf-8")
    data = Data(corpus=str(CORPUS), held_out=str(ROOT / "data"))
    material = summarization_starter.read_material(data, STARTER, machine, 1)
    shown = list(material.epoch(random.Random(1)))
    assert len(shown) > 4000
    trained = "\n".join(corpus.normalise(f"{pair.source} {pair.target}") for pair in shown)
    assert [words for words in sentences_of_the_sample() if words in trained] == []


def test_an_article_with_a_test_sentence_is_no_example(tmp_path, make_corpus, make_story):
    tested = ("Die Bank senkte heute die Zinsen.", "Rates were cut by the bank today.")
    told = "The Dax rose to a high."
    free = make_story([("Der Dax stieg auf ein Hoch.", told)], summary="The Dax rose high.")
    copied = make_story([("Und so ging es weiter.", "And on it went like that."), tested], "2")
    folder = make_corpus([free, copied], [make_story([tested], "3", "The rates are lower.")])
    machine = tmp_path / "machine.jsonl"
    machine.write_text(json.dumps({"id": "1", "sentences": ["DAX rises."]}), encoding="utf-8")
    data = Data(corpus=str(folder), held_out=str(ROOT / "data"))
    material = summarization_starter.read_material(data, STARTER, machine, 1)
    shown = list(material.epoch(random.Random(1)))
    assert (told, "The Dax rose high.") in {(pair.source, pair.target) for pair in shown}
    assert {pair.source for pair in shown if "DAX" in pair.source} == {"DAX rises."}
    assert not [pair for pair in shown if "And on it" in pair.source]
    (dev,) = material.dev["wire"]
    assert dev.source == tested[1]


def test_a_mistyped_folder_lets_no_test_sentence_in(tmp_path, make_corpus, make_story):
    story = make_story([("Der Dax stieg auf ein Hoch.", "The Dax rose to a high.")])
    folder = make_corpus([story], [story])
    with pytest.raises(ConfigError, match=r"data\.held_out=.*no \.jsonl feed"):
        translation_starter.read_material(Data(corpus=str(folder), held_out=str(tmp_path)))
    with pytest.raises(ConfigError, match=r"data\.corpus=None: no wire/train"):
        translation_starter.read_material(Data(held_out=str(ROOT / "data")))


def letters(text):
    return len(text) // 4


def test_a_summary_sentence_that_the_article_does_not_tell_is_no_target():
    chosen = ["Sales rose 3 percent to 120 million euros.", "The firm of Anna Kerber is glad."]
    summary = [
        "Sales rose 3 percent.",
        "Sales rose 4 percent.",
        "Its chief Kerber is glad.",
        "Analysts had expected far less of this.",
    ]
    assert summarization_starter.founded(summary, chosen) == [summary[0], summary[2]]


def test_chosen_sentences_fit_and_keep_their_order():
    sentences = ["a" * 200, "b" * 240, "c" * 120]
    assert summarization_starter.choose_sentences(sentences, [2, 1, 0], letters) == sentences[1:]
    assert summarization_starter.choose_sentences(sentences, [0, 1, 2], letters) == [
        sentences[0],
        sentences[2],
    ]


def test_numbers_change_alike_on_both_sides():
    pair = Pair("Der Umsatz stieg um 1.350 auf 18.412,33.", "Sales rose 1,350 to 18,412.33.")
    changed = augment.substitute_numbers(pair, random.Random(3))
    german = augment._NUMBER.findall(changed.source)
    english = augment._NUMBER.findall(changed.target)
    assert changed != pair
    assert [augment._digits(n) for n in german] == [augment._digits(n) for n in english]
    assert [len(n) for n in german] == [5, 9]
    assert "." in english[1]


def test_years_and_single_digits_stay():
    pair = Pair("Seit 2024 sind es 5.", "Since 2024 there are 5.")
    assert augment.substitute_numbers(pair, random.Random(1)) == pair


def test_names_change_alike_on_both_sides():
    pair = Pair("Wiebel sprach mit Velmar.", "Wiebel talked to Velmar.")
    changed = augment.substitute_names(
        pair, ["Mareike", "Nordenergie"], frozenset({"Wiebel", "Velmar"}), random.Random(2)
    )
    assert "Wiebel" not in changed.source + changed.target
    german, english = changed.source.rstrip(".").split(), changed.target.rstrip(".").split()
    assert (german[0], german[-1]) == (english[0], english[-1])


def test_only_words_never_written_small_count_as_names():
    pairs = [
        Pair("Velmar und Software", "Velmar and Software"),
        Pair("Das ist Software", "This is software"),
    ]
    assert augment.collect_names(pairs) == ["Velmar"]
