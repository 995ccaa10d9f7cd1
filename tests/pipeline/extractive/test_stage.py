"""The stage picks from running text only, in whichever language there is."""

import json
from dataclasses import replace

from pipeline.extractive.settings import (
    EmbeddingExtractive,
    LeadExtractive,
    OracleExtractive,
    RandomExtractive,
)
from pipeline.extractive.stage import ExtractStage, RenderStage
from pipeline.records import Article, Block, Draft, Place, References, Sentence, Translation


def draft(*, translated=True, references=(), kinds=("text", "subhead", "text", "text")):
    sentences = tuple(
        Sentence(f"Satz Nummer {number}.", 0, kind) for number, kind in enumerate(kinds)
    )
    targets = tuple(f"Sentence number {number}." for number in range(len(kinds)))
    article = Article(
        id="a",
        blocks=(Block("x"),),
        place=Place("feed", 1),
        references=References(summaries=references),
    )
    translation = Translation(None, targets, None) if translated else None
    return Draft(article=article, position=0, sentences=sentences, translation=translation)


def extract(item, settings=None):
    stage = ExtractStage(settings or LeadExtractive(sentences=2), "en", offline=True)
    stage.open()
    (outcome,) = stage.process([item], lambda _: None)
    return outcome


def test_subheads_are_never_picked():
    outcome = extract(draft())
    assert outcome.extract.picks == (0, 2)
    assert outcome.extract.text == "Sentence number 0.\nSentence number 2."
    assert outcome.extract.maker.model == "lead"


def test_without_a_translation_the_source_is_picked_and_rendered_later():
    outcome = extract(draft(translated=False))
    assert outcome.extract.text == "Satz Nummer 0.\nSatz Nummer 2."
    translated = draft().translation
    (rendered,) = RenderStage().process(
        [Draft(outcome.article, 0, outcome.sentences, translated, outcome.extract)], lambda _: None
    )
    assert rendered.extract.text == "Sentence number 0.\nSentence number 2."
    assert rendered.extract.picks == outcome.extract.picks


def test_an_extract_is_ranked_once_in_the_language_it_was_picked_in():
    stage = ExtractStage(RandomExtractive(sentences=1, seed=5), "de", offline=True)
    stage.open()
    (picked,) = stage.process([draft(translated=False)], lambda _: None)
    order = stage.order(picked)
    assert sorted(order) == [0, 2, 3]
    assert picked.extract.picks == (order[0],)
    only_the_pick = tuple("Sentence." if n == order[0] else None for n in range(4))
    translated = replace(picked, translation=Translation(None, only_the_pick, None))
    assert stage.order(translated) == order


def test_only_subheads_leave_nothing_and_say_so():
    outcome = extract(draft(kinds=("subhead", "subhead")))
    assert outcome.extract is None
    assert [caution.code for caution in outcome.cautions] == ["nothing_to_extract"]


def test_the_oracle_without_reference_leaves_nothing_and_says_so():
    outcome = extract(draft(), OracleExtractive())
    assert outcome.extract is None
    assert [caution.code for caution in outcome.cautions] == ["no_reference"]


def test_order_has_all_running_text_also_what_the_oracle_left():
    stage = ExtractStage(OracleExtractive(), "en", offline=True)
    assert stage.order(draft(references=("Sentence number 3.",))) == [3, 0, 2]


def test_the_oracle_falls_back_on_the_lead_where_nothing_is_shared():
    outcome = extract(draft(references=("Völlig anders.",)), OracleExtractive(sentences=1))
    assert outcome.extract.picks == (0,)
    assert outcome.cautions == ()


def test_one_sentence_is_its_own_summary():
    outcome = extract(draft(kinds=("text",)), LeadExtractive(sentences=None, words=1))
    assert outcome.extract.text == "Sentence number 0."


def test_sentences_without_translation_are_left_out():
    item = draft()
    some = Translation(None, ("Sentence number 0.", "Head", None, "Sentence number 3."), None)
    outcome = extract(Draft(item.article, 0, item.sentences, some))
    assert outcome.extract.picks == (0, 3)


def test_the_maker_tells_how_to_make_it_again(tiny_bert):
    chance = extract(draft(), RandomExtractive(seed=9)).extract.maker
    assert (chance.model, chance.revision, chance.engine) == ("random", None, "wirebrief")
    assert json.loads(chance.decoding) == {"seed": 9, "sentences": 3, "words": None}
    encoder = extract(draft(), EmbeddingExtractive(model=str(tiny_bert))).extract.maker
    assert json.loads(encoder.decoding)["model"] == str(tiny_bert)
    assert len(encoder.revision) == 64


def test_extracts_are_counted_and_progress_is_told():
    stage = ExtractStage(LeadExtractive(), "en", offline=True)
    told = []
    outcomes = stage.process([draft(), draft(kinds=("subhead",)), draft()], told.append)
    assert [outcome.extract is None for outcome in outcomes] == [False, True, False]
    assert stage.usage.made == 2
    assert sum(told) == 3
