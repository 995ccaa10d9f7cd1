"""A sentence with an unfounded fact gives way to the article's own, or to none."""

import pytest

from evaluation.facts import check_summary
from pipeline.abstractive.faithful import Guard

ARTICLE = (
    "In addition, the steelmaker Ruhrwerk will close its furnace in Bochum on September 30.",
    "About 1,350 people work there in iron production.",
    "The union rejected the plan and called it a disgrace for the region.",
)
WRONG = "Steelmaker Ruhrwerk will close its furnace on October 30."
SAID = "The union rejected the plan."


def guard(article=ARTICLE, least=0, most=40):
    grounds = [(" ".join(ARTICLE), "en")]
    return Guard(lambda text: check_summary(text, grounds), lambda: article, least, most)


def test_what_is_founded_stays_and_no_ranker_is_asked():
    def nobody():
        raise AssertionError

    untouched = Guard(guard().check, nobody, 0, 40).apply([SAID, "About 1,350 people work there."])
    assert untouched.sentences == (SAID, "About 1,350 people work there.")
    assert (untouched.changes, untouched.own) == ((), 2)


def test_the_sentence_it_rewrites_takes_its_place():
    found = guard().apply(["Jobs will go.", WRONG, SAID])
    better = "The steelmaker Ruhrwerk will close its furnace in Bochum on September 30."
    assert found.sentences == ("Jobs will go.", better, SAID)
    assert found.own == 2
    assert found.changes == (f"'October' not in the article: {WRONG!r} replaced by {better!r}",)


@pytest.mark.parametrize(
    ("draft", "most"),
    [
        ([SAID, WRONG], 10),  # the article's sentence does not fit
        ([SAID, "Nine dogs barked in Rome."], 40),  # nothing in the article is like it
        ([SAID, "The union rejected the plan, a disgrace, on Monday."], 40),  # said already
    ],
)
def test_it_is_dropped_where_nothing_takes_its_place(draft, most):
    found = guard(most=most).apply(draft)
    assert found.sentences == (SAID,)
    assert found.own == 1
    assert found.changes[0].endswith("dropped")


def test_the_best_sentences_fill_up_what_is_too_little():
    found = guard(least=12).apply(["Nine dogs barked in Rome."])
    assert found.sentences == (
        "The steelmaker Ruhrwerk will close its furnace in Bochum on September 30.",
    )
    found = guard(least=14).apply(["Nine dogs barked in Rome."])
    assert found.sentences[1:] == (ARTICLE[1],)
    assert found.own == 0
    assert found.changes[1:] == tuple(
        f"too little was left, added: {text!r}" for text in found.sentences
    )


def test_a_sentence_that_is_wrong_itself_takes_no_place():
    mistranslated = ("The steelmaker Ruhrwerk will close its furnace on October 3.", ARTICLE[2])
    assert guard(mistranslated, least=4).apply([WRONG]).sentences == (ARTICLE[2],)


def test_where_all_are_wrong_the_article_speaks():
    wrong = ("It was 7 percent in Rome.", "It was 8 percent.")
    assert guard(wrong).apply(["It was 9 percent."]).sentences == ("It was 8 percent.",)
    assert guard((), most=9).apply(["It was 9 percent."]).sentences == ("It was 9 percent.",)
