"""The stage picks from running text only, in whichever language there is."""

from pipeline.extractive.settings import LeadExtractive, OracleExtractive
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
