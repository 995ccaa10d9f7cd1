"""English feeds keep their text; reference translations land on the right sentences."""

from pipeline.records import Article, Block, Draft, Fault, Place, References, Sentence
from pipeline.sentences.english import EnglishSplitter
from pipeline.translation.without_model import KeepSource, UseReference, distribute


def draft(reference, *, blocks=("Eins. Zwei.", "Drei."), extra=None):
    sentences = (Sentence("Eins.", 0), Sentence("Zwei.", 0), Sentence("Drei.", 1))
    article = Article(
        id="a",
        title="Titel",
        blocks=tuple(Block(text) for text in blocks),
        place=Place("feed", 1),
        references=References(translation=reference),
        extra=extra or {},
    )
    return Draft(article=article, position=0, sentences=sentences)


def use(item):
    (outcome,) = UseReference(EnglishSplitter().split).process([item], lambda _: None)
    return outcome


def test_an_english_feed_keeps_its_sentences_and_title():
    (outcome,) = KeepSource().process([draft(None)], lambda _: None)
    assert outcome.translation.targets == ("Eins.", "Zwei.", "Drei.")
    assert outcome.translation.title == "Titel"
    assert outcome.translation.maker is None


def test_equal_paragraphs_are_matched_sentence_by_sentence():
    outcome = use(draft("One. Two.\n\nThree.", extra={"reference_title": "Title"}))
    assert outcome.translation.targets == ("One.", "Two.", "Three.")
    assert outcome.translation.title == "Title"
    assert outcome.cautions == ()


def test_merged_sentences_leave_a_gap_and_lose_no_text():
    outcome = use(draft("One and two.\n\nThree."))
    assert [text for text in outcome.translation.targets if text] == ["One and two.", "Three."]
    assert outcome.translation.targets[2] == "Three."


def test_unequal_paragraphs_are_matched_by_document_and_noted():
    outcome = use(draft("One. Two. Three."))
    assert outcome.translation.targets == ("One.", "Two.", "Three.")
    assert [caution.code for caution in outcome.cautions] == ["reference_unaligned"]


def test_an_article_without_reference_is_a_fault_with_a_remedy():
    outcome = use(draft(None))
    assert isinstance(outcome, Fault)
    assert outcome.reason == "no_reference"
    assert "translation=starter" in outcome.remedy


def test_distribute_keeps_order_and_every_target():
    assert distribute(["a" * 10, "b" * 10], ["x" * 4, "y" * 4, "z" * 8]) == ["xxxx yyyy", "z" * 8]
    assert distribute(["a", "b", "c"], []) == [None, None, None]
    assert distribute([], []) == []
