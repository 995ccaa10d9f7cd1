"""No test sentence is in the training data, and augmentation changes both sides alike."""

import json
import random
from pathlib import Path

import pytest

from pipeline.training import augment, corpus

ROOT = Path(__file__).parents[3]
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLE = ROOT / "data" / "wire-sample.jsonl"
TAKES = ROOT / "data" / "wire-takes.jsonl"


def write_gz(path, pairs):
    import gzip

    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(f"{german}\t{english}\n" for german, english in pairs)


def story(german, english):
    return {
        "title_de": "Der Titel der Geschichte hier",
        "title_en": "The title of the story here",
        "paragraphs": [[[german, english]]],
        "summary_en": "A summary of at least five words.",
    }


def test_a_copied_sentence_is_found_whatever_its_spacing_and_case(tmp_path):
    german, english = "Der Dax fiel am Montag um 2 Prozent.", "The Dax fell 2 percent on Monday."
    held_out = corpus.HeldOut([story(german, english)])
    path = tmp_path / "x.tsv.gz"
    write_gz(
        path,
        [
            ("DER DAX  fiel am Montag um 2 Prozent", "Something quite different stands here."),
            ("Etwas ganz anderes steht hier.", "the dax fell 2 percent, on monday!"),
            ("Ein harmloser Satz ohne jeden Bezug.", "A harmless sentence of no relation."),
        ],
    )
    kept = held_out.filter(corpus.read_tsv(path))
    assert [pair.target for pair in kept] == ["A harmless sentence of no relation."]


@pytest.mark.skipif(not CORPUS.exists(), reason="the training corpus is not on this machine")
def test_no_sentence_of_the_sample_is_in_the_training_data():
    from pipeline.training import translation

    def normalised(path):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            texts = [
                record["text"],
                record["references"]["translation"],
                *record["references"]["summaries"],
            ]
            for text in texts:
                for part in text.replace("\n", " ").split(". "):
                    words = corpus.normalise(part)
                    if len(words.split()) >= 6:
                        yield words

    held_out = {words for path in (SAMPLE, TAKES) for words in normalised(path)}
    assert len(held_out) > 500
    material = translation.load_material(CORPUS, ROOT / "data")
    trained = [*material.wire, *(pair for pairs in material.parallel.values() for pair in pairs)]
    assert len(trained) > 400_000
    found = [
        pair
        for pair in trained
        if corpus.normalise(pair.source) in held_out or corpus.normalise(pair.target) in held_out
    ]
    assert found == []


def test_numbers_change_alike_on_both_sides():
    pair = corpus.Pair("Der Umsatz stieg um 1.350 auf 18.412,33.", "Sales rose 1,350 to 18,412.33.")
    changed = augment.substitute_numbers(pair, random.Random(3))
    german = augment._NUMBER.findall(changed.source)
    english = augment._NUMBER.findall(changed.target)
    assert changed != pair
    assert [augment._digits(n) for n in german] == [augment._digits(n) for n in english]
    assert [len(n) for n in german] == [5, 9]
    assert "." in english[1]


def test_years_and_single_digits_stay():
    pair = corpus.Pair("Seit 2024 sind es 5.", "Since 2024 there are 5.")
    assert augment.substitute_numbers(pair, random.Random(1)) == pair


def test_names_change_alike_on_both_sides():
    pair = corpus.Pair("Wiebel sprach mit Velmar.", "Wiebel talked to Velmar.")
    changed = augment.substitute_names(
        pair, ["Mareike", "Nordenergie"], frozenset({"Wiebel", "Velmar"}), random.Random(2)
    )
    assert "Wiebel" not in changed.source + changed.target
    german, english = changed.source.rstrip(".").split(), changed.target.rstrip(".").split()
    assert (german[0], german[-1]) == (english[0], english[-1])


def test_only_words_never_written_small_count_as_names():
    pairs = [
        corpus.Pair("Velmar und Software", "Velmar and Software"),
        corpus.Pair("Das ist Software", "This is software"),
    ]
    assert augment.collect_names(pairs) == ["Velmar"]
