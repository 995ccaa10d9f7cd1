from pipeline.records import Article, Block, Draft, Fault, Place, Sentence
from pipeline.sentences.german import GermanSplitter
from pipeline.sentences.stage import SplitStage


def draft(*blocks, position=0):
    article = Article(id=f"a-{position}", blocks=blocks, place=Place("feed.jsonl", position + 1))
    return Draft(article=article, position=position)


def process(*drafts):
    stage = SplitStage(GermanSplitter())
    told = []
    stage.open()
    outcomes = stage.process(drafts, told.append)
    stage.close()
    assert sum(told) == len(drafts)
    assert (stage.usage.made, stage.usage.reused) == (0, 0)
    return outcomes


def test_paragraphs_are_split_and_subheads_stay_whole():
    blocks = (
        Block("Er kam am 5. Mai.  Sie blieb.\n"),
        Block(" Was nun? Ein Plan. ", "subhead"),
        Block("Ende."),
    )
    (outcome,) = process(draft(*blocks))
    assert outcome.sentences == (
        Sentence("Er kam am 5. Mai.", 0),
        Sentence("Sie blieb.", 0),
        Sentence("Was nun? Ein Plan.", 1, "subhead"),
        Sentence("Ende.", 2),
    )
    assert outcome.article.blocks == blocks


def test_blank_blocks_make_no_sentence_but_keep_their_number():
    (outcome,) = process(draft(Block(" "), Block("", "subhead"), Block("Ende.")))
    assert outcome.sentences == (Sentence("Ende.", 2),)


def test_an_article_of_one_word_is_a_sentence():
    (outcome,) = process(draft(Block("Ende")))
    assert outcome.sentences == (Sentence("Ende", 0),)


def test_an_article_without_text_becomes_a_fault_and_stops_no_other():
    empty, good, signs = process(
        draft(position=4), draft(Block("Gut."), position=5), draft(Block("* * *\n🎉"), position=6)
    )
    assert isinstance(empty, Fault)
    assert (empty.stage, empty.reason, empty.article_id) == ("sentences", "empty_text", "a-4")
    assert (empty.position, str(empty.place)) == (4, "feed.jsonl:5")
    assert empty.message == "the article has no text"
    assert "check the record's text" in empty.remedy
    assert good.sentences == (Sentence("Gut.", 0),)
    assert isinstance(signs, Fault)
    assert signs.message == "the article's 1 text block(s) hold no letter and no digit"


def test_every_draft_has_one_outcome_in_order():
    outcomes = process(*(draft(Block(f"Satz {n}."), position=n) for n in range(5)))
    assert [outcome.position for outcome in outcomes] == [0, 1, 2, 3, 4]
