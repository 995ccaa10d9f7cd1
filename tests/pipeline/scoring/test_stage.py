"""Scores and cautions of single drafts."""

from dataclasses import replace

import pytest
import sacrebleu

from pipeline.records import (
    Abstract,
    Article,
    Block,
    Draft,
    Extract,
    FactMismatch,
    FactPlace,
    Maker,
    Place,
    References,
    Sentence,
    Translation,
)
from pipeline.scoring.settings import ManyReferences, RougeScoring
from pipeline.scoring.stage import ScoreStage

MAKER = Maker("m", "r", "ctranslate2", "{}")
GERMAN = ("Der Dax fiel am Montag um 0,8 Prozent.", "Er schloss bei 18.412,33 Punkten.")
ENGLISH = ("The Dax fell 0.8 percent on Monday.", "It closed at 18,412.33 points.")
NO_REFERENCES = References()


def draft(targets=ENGLISH, references=NO_REFERENCES, extract=None, abstract=None, **article):
    return Draft(
        article=Article(
            "x", tuple(Block(text) for text in GERMAN), Place("f"), references=references, **article
        ),
        position=0,
        sentences=tuple(Sentence(text, block) for block, text in enumerate(GERMAN)),
        translation=Translation(None, targets, MAKER) if targets else None,
        extract=Extract((0,), extract, MAKER) if extract else None,
        abstract=Abstract(abstract, MAKER) if abstract else None,
    )


def score(given, *, german=True):
    stage = ScoreStage(RougeScoring(), "en", source_is_german=german)
    stage.open()
    heard = []
    (scored,) = stage.process([given], heard.append)
    assert heard == [1]
    assert stage.usage.made == 1
    return scored


def test_without_references_facts_and_measures_are_still_taken():
    scored = score(draft(extract=ENGLISH[0], abstract="The Dax fell."))
    assert scored.scores["translation.facts"] == 1
    assert scored.scores["extractive.coverage"] == 1
    assert scored.scores["abstractive.words"] == 3
    assert not any("rouge" in name or "bleu" in name for name in scored.scores)
    assert scored.cautions == ()


def test_references_give_rouge_and_an_articles_own_translation_scores():
    reference = "The Dax lost 0.8 percent on Monday.\n\nIt closed at 18,412.33 points."
    given = draft(
        references=References(reference, ("The Dax fell.", "x y z")), abstract="The Dax fell."
    )
    scores = score(given).scores
    assert scores["abstractive.rouge1.f"] == 1
    assert scores["abstractive.rougeLsum.r"] == 1
    assert scores["abstractive.length_ratio"] == 1
    expected = sacrebleu.corpus_chrf(list(ENGLISH), [reference.split("\n\n")]).score
    assert scores["translation.chrf"] == pytest.approx(expected)
    assert 0 < scores["translation.bleu"] < 100


def test_a_translation_that_nothing_made_is_not_compared():
    human = replace(MAKER, engine="human")
    references = References("The Dax lost.\n\nIt closed.", ())
    by_model = draft(references=references)
    by_human = replace(by_model, translation=Translation(None, ENGLISH, human))
    assert set(score(by_model).statistics) == {"bleu", "chrf", "ter"}
    assert score(by_human).statistics == {}
    assert not any("chrf" in name for name in score(by_human).scores)


def test_the_mean_of_references_differs_from_the_best():
    given = draft(references=References(None, ("The Dax fell.", "x y z")), abstract="The Dax fell.")
    mean = RougeScoring(many_references=ManyReferences.mean)
    stage = ScoreStage(mean, "en", source_is_german=True)
    stage.open()
    (scored,) = stage.process([given], lambda count: None)
    assert scored.scores["abstractive.rouge1.f"] == 0.5


def test_a_wrong_number_is_a_caution_with_both_sentences():
    wrong = (ENGLISH[0].replace("0.8", "8.0"), ENGLISH[1])
    scored = score(draft(targets=wrong))
    assert scored.scores["translation.facts"] < 1
    assert {caution.code for caution in scored.cautions} == {"number_mismatch"}
    assert all(GERMAN[0] in c.message and wrong[0] in c.message for c in scored.cautions)


def test_a_summary_that_repeats_a_wrong_translation_is_caught_by_the_german_source():
    wrong = (ENGLISH[0].replace("0.8", "8.1"), ENGLISH[1])
    scored = score(draft(targets=wrong, abstract="It rose.\nThe Dax fell 8.1 percent."))
    (caution,) = [c for c in scored.cautions if c.message.startswith("abstractive")]
    assert caution.code == "number_mismatch"
    assert "'The Dax fell 8.1 percent.'" in caution.message
    assert scored.scores["abstractive.facts"] == 0.5


def test_an_untranslated_article_gets_no_measure_that_needs_it_whole():
    scores = score(draft(targets=(ENGLISH[0], None), extract=ENGLISH[0])).scores
    assert "extractive.words" in scores
    assert "extractive.coverage" not in scores
    assert "extractive.compression" not in scores


def test_nothing_translated_is_nothing_scored():
    assert score(draft(targets=None, extract="Der Dax fiel.")).scores == {}


def test_english_feeds_are_compared_as_english():
    given = draft(abstract="The Dax fell 9 percent.")
    scored = score(given, german=False)
    assert "translation.facts" not in scored.scores
    assert [caution.code for caution in scored.cautions] == ["number_mismatch"]


def test_another_declared_language_is_not_read_as_german():
    assert "translation.facts" not in score(draft(language="fr")).scores


def test_a_mismatch_is_located_in_both_texts():
    targets = (ENGLISH[0].replace("Monday", "Sunday"), ENGLISH[1])
    scored = score(draft(targets, abstract="The Dax closed at 18,421.33 points."))
    monday, sunday = FactPlace("Montag", 16, 22, 0), FactPlace("Sunday", 28, 34, 0)
    assert scored.facts == (
        FactMismatch("translation", "weekday", "missing", monday, sunday),
        FactMismatch("translation", "weekday", "added", sunday, monday),
        FactMismatch(
            *("abstractive", "number", "added"),
            FactPlace("18,421.33", 18, 27),
            FactPlace("18.412,33", 15, 24, 1),
        ),
    )
    assert GERMAN[1][15:24] == "18.412,33"


def test_a_mismatch_without_a_counterpart_faces_the_whole_sentence():
    scored = score(draft((ENGLISH[0], "It closed."), abstract="In Tokyo it closed."))
    missing, name = scored.facts
    assert missing.other == FactPlace("It closed.", 0, 10, 1)
    assert name.other == FactPlace(GERMAN[1], 0, len(GERMAN[1]), 1)


def test_a_summary_that_shares_no_word_with_its_article_faces_nothing():
    (name,) = score(draft(abstract="People like Velmar.")).facts
    assert (name.place, name.other) == (FactPlace("Velmar", 12, 18), None)


def test_a_title_has_no_sentence():
    given = draft(title="Dax im Minus am Montag")
    titled = replace(given, translation=replace(given.translation, title="Dax down on Friday"))
    assert {fact.place.sentence for fact in score(titled).facts} == {None}
