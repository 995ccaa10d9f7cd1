"""Blocks keep their kind; what was not translated says which language it is in."""

from dataclasses import replace

from lxml import etree

from pipeline.output.newsroom.body import BodyWriter
from pipeline.output.newsroom.ninjs import NinjsBriefs
from pipeline.output.newsroom.parts import left_over, parts_of, text_of
from pipeline.output.newsroom.story import story_of
from pipeline.output.newsroom.texts import Text
from pipeline.records import Block, Draft, Maker, Sentence, Translation
from tests.pipeline.output.newsroom.conftest import MODEL, ROWS, TABLE


def html(draft, dateline=None):
    writer = BodyWriter("en", xhtml=False)
    body = writer.element("body")
    writer.write(body, parts_of(draft, "en"), dateline)
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in body)


def translated(article, blocks, sentences, targets, maker=MODEL):
    return Draft(
        replace(article, blocks=tuple(blocks)),
        0,
        sentences=tuple(sentences),
        translation=Translation("Title", tuple(targets), maker),
    )


def test_a_sentence_left_in_german_is_marked_in_its_place(article):
    sentences = [Sentence("Eins.", 0), Sentence("Zwei.", 0), Sentence("Drei.", 0)]
    draft = translated(article, [Block("Eins. Zwei. Drei.")], sentences, ["One.", None, "Three."])
    assert html(draft) == '<p>One. <span lang="de">Zwei.</span> Three.</p>'
    assert left_over(parts_of(draft, "en"), "en") == 1
    assert "Passages left in the original language: 1." in NinjsBriefs().render(draft).decode()


def test_a_block_left_in_german_is_marked_as_a_whole(article):
    sentences = [Sentence("Eins.", 0), Sentence("Zwei.", 0)]
    draft = translated(article, [Block("Eins. Zwei.")], sentences, [None, ""])
    assert html(draft) == '<p lang="de">Eins. Zwei.</p>'


def test_without_a_translation_the_brief_is_in_the_language_of_the_article(article):
    draft = Draft(replace(article, blocks=(Block("Eins."),)), 0, (Sentence("Eins.", 0),))
    story = story_of(draft, "en")
    assert (story.language, story.headline.language) == ("de", "de")
    assert not story.origin.translated
    assert story.source_type is None


def test_an_english_feed_is_derived_and_not_translated(article):
    english = replace(article, language="en", blocks=(Block("One."),), title="Title")
    draft = Draft(english, 0, (Sentence("One.", 0),), Translation("Title", ("One.",), None))
    story = story_of(draft, "en")
    assert not story.origin.translated
    assert html(draft) == "<p>One.</p>"


def test_a_table_passed_on_as_it_is_keeps_its_cells_and_language(article):
    blocks, sentences = [Block(TABLE, "table", ROWS)], [Sentence(TABLE, 0, "table")]
    cells = "<tr><td>Werk</td><td>Stellen</td></tr><tr><td>Homburg</td><td>800</td></tr>"
    for target in (TABLE, None, "Plant | Jobs Homburg 800"):
        draft = translated(article, blocks, sentences, [target])
        assert html(draft) == f'<table lang="de">{cells}</table>'
    assert text_of(parts_of(draft, "en")) == "Werk Stellen\nHomburg 800"


def test_layout_is_kept(article):
    text = "1. Anna  10\n2. Berta 9"
    draft = translated(article, [Block(text, "pre")], [Sentence(text, 0, "pre")], [text])
    assert html(draft) == f'<pre lang="de">{text}</pre>'


def test_two_lists_with_a_paragraph_between_stay_two(article):
    blocks = [Block("A", "item"), Block("B"), Block("C", "item"), Block("D", "item")]
    sentences = [Sentence(block.text, place, block.kind) for place, block in enumerate(blocks)]
    draft = translated(article, blocks, sentences, "ABCD")
    assert html(draft) == "<ul><li>A</li></ul><p>B</p><ul><li>C</li><li>D</li></ul>"


def test_the_dateline_stands_once_in_front(article):
    dateline = Text("BONN (dpa)", "de")
    blocks, sentences = [Block("Eins."), Block("Zwei.")], [Sentence("x", 0), Sentence("y", 1)]
    draft = translated(article, blocks, sentences, ["One.", "Two."])
    opened = '<p><span class="dateline" lang="de">BONN (dpa) - </span>One.</p><p>Two.</p>'
    assert html(draft, dateline) == opened
    blocks, sentences = [Block("Eins.", "item")], [Sentence("x", 0, "item")]
    draft = translated(article, blocks, sentences, ["One."])
    alone = '<p><span class="dateline" lang="de">BONN (dpa)</span></p><ul><li>One.</li></ul>'
    assert html(draft, dateline) == alone


def test_a_human_translation_with_a_machine_summary_is_a_composite(draft):
    human = replace(draft.translation, maker=Maker("reference", None, "human", "{}"))
    story = story_of(replace(draft, translation=human), "en")
    assert story.source_type == "compositeWithTrainedAlgorithmicMedia"
    assert [model.part for model in story.models] == ["extract", "summary"]
    assert story.origin.translated


def test_an_extract_alone_is_no_generated_text(draft):
    human = replace(draft.translation, maker=Maker("reference", None, "human", "{}"))
    story = story_of(replace(draft, translation=human, abstract=None), "en")
    assert story.source_type is None
    assert story.label == "Machine-made, not reviewed by a human: extracted by lexrank."
    assert story.summary == Text("Brehmer cuts jobs.", "en")


def test_paths_and_addresses_of_this_machine_stay_here(draft):
    for path in ("/data/models/opus/", "~/opus", "./runs/opus", "C:\\models\\opus", "a/b/opus"):
        revision = '{"address": "http://10.0.0.7:8000", "model": "x"}'
        maker = replace(MODEL, model=path, revision=revision)
        content = NinjsBriefs().render(
            replace(draft, translation=replace(draft.translation, maker=maker))
        )
        assert "translated by opus," in content.decode()
        assert path not in content.decode()
        assert "10.0.0.7" not in content.decode()
    hub = replace(MODEL, model="Helsinki-NLP/opus-mt-de-en", revision="123456")
    story = story_of(replace(draft, abstract=replace(draft.abstract, maker=hub)), "en")
    assert str(story.models[2]) == "summary: Helsinki-NLP/opus-mt-de-en (revision 123456)"
