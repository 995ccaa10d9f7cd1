"""Summaries are held to the German source: another beam first, then the article's words."""

from dataclasses import replace

import pytest

from pipeline.abstractive.choice import FactChooser
from pipeline.backend import Decoding
from pipeline.backends.settings import Engine
from pipeline.grounds import grounds_of

GERMAN = (
    "Der Stahlkonzern Ruhrwerk schließt am 30. September seinen Hochofen in Bochum.",
    "Etwa 1.350 Menschen arbeiten dort.",
    "Die Gewerkschaft lehnt den Plan ab und spricht von einer Schande für die Region.",
)
ENGLISH = (
    "The steelmaker Ruhrwerk will close its furnace in Bochum on September 30.",
    "About 1,350 people work there.",
    "The union rejected the plan and called it a disgrace for the region.",
)
BEAMS = Decoding(beams=4, candidates=4)


def in_order(draft):
    return list(range(len(draft.sentences)))


@pytest.fixture
def guarded(notebook, stage, draft, summarize):
    """Summarize the article with a model that writes by number of beams."""

    def run(written, *, targets=ENGLISH, decoding=BEAMS, guards=True, **options):
        backend = notebook(lambda _: written[backend.beams])
        generate = backend.generate

        def noting(texts, given, advance=None, keep=None):
            backend.beams = given.beams
            return generate(texts, given, advance, keep)

        backend.generate = noting
        opened = stage(
            backend, guards_facts=guards, preference=in_order, decoding=decoding, **options
        )
        story = draft(targets, sources=GERMAN)
        (outcome,) = summarize(opened, story)
        return outcome, backend

    return run


def test_a_founded_summary_is_left_alone(guarded, codes):
    outcome, backend = guarded({4: "Ruhrwerk will close its furnace on September 30."})
    assert outcome.abstract.text == "Ruhrwerk will close its furnace on September 30."
    assert codes(outcome) == []
    assert len(backend.calls) == 1


def test_another_beam_is_taken_if_it_is_founded(guarded, codes):
    outcome, backend = guarded({4: "About 1,530 jobs will go.", 8: "About 1,350 jobs will go."})
    assert outcome.abstract.text == "About 1,350 jobs will go."
    assert outcome.abstract.maker.model == "notebook"
    assert [c.message for c in outcome.cautions] == [
        "'1,530' not in the article: another beam was taken"
    ]
    assert [(d.beams, d.candidates) for _, d in backend.calls] == [(4, 4), (8, 8)]


def test_a_model_that_had_no_choice_is_given_one(guarded):
    _, backend = guarded({4: "About 1,530 jobs will go."}, decoding=Decoding(beams=4))
    assert [(d.beams, d.candidates) for _, d in backend.calls] == [(4, 1), (4, 4)]


def test_else_the_article_speaks_and_is_named_as_the_maker(guarded, codes):
    wrong = "About 1,530 people work there."
    outcome, _ = guarded({4: wrong, 8: "Jobs at Krupp in Essen will go in 1999."})
    assert outcome.abstract.text == ENGLISH[1]
    assert outcome.abstract.maker.model == "compressed_extract"
    assert codes(outcome) == ["facts_replaced"]


def test_a_mistake_of_the_translation_is_no_ground(guarded, codes):
    """The translation says 1,530 as well; the scores would count it as wrong."""
    targets = (ENGLISH[0], "About 1,530 people work there.", ENGLISH[2])
    both = {4: "About 1,530 people work there.", 8: "About 1,530 people work there."}
    outcome, _ = guarded(both, targets=targets, least=5)
    assert "1,530" not in outcome.abstract.text
    report = grounds_of(outcome, german_feed=True).check(outcome.abstract.text)
    assert report.mismatches == ()


@pytest.mark.parametrize(("place", "unfounded"), [("Vienna", ["Vienna"]), ("Wiesbaden", [])])
def test_a_name_put_in_the_place_of_another_is_no_ground(draft, place, unfounded):
    target = f"The office said so in {place} on Monday."
    story = draft((target,), sources=("Das Amt teilte das am Montag in Wiesbaden mit.",))
    report = grounds_of(story, german_feed=True).check(target)
    assert [mismatch.text for mismatch in report.mismatches] == unfounded


def test_what_stays_unfounded_is_told(guarded, codes):
    targets = ("It was 7 percent.", "About 1,530 people worked there.", "It was 8 percent.")
    outcome, _ = guarded({4: "It was 9 percent.", 8: "It was 9 percent."}, targets=targets)
    assert outcome.abstract.text == "It was 7 percent."
    assert codes(outcome) == ["facts_replaced", "facts_unfounded"]


def test_an_empty_or_looping_other_beam_is_not_taken(guarded):
    for other in ("", "Jobs jobs jobs jobs will go."):
        outcome, _ = guarded({4: "About 1,530 people work there.", 8: other})
        assert outcome.abstract.text == ENGLISH[1]


def test_the_guard_can_be_turned_off(guarded, codes):
    outcome, backend = guarded({4: "About 1,530 jobs will go."}, guards=False)
    assert outcome.abstract.text == "About 1,530 jobs will go."
    assert codes(outcome) == []
    assert len(backend.calls) == 1


def test_an_english_feed_is_held_to_its_english_text(guarded, draft):
    outcome, _ = guarded({4: "About 1,350 jobs will go."}, german_feed=False)
    assert outcome.abstract.text == "About 1,350 jobs will go."
    english = replace(draft(ENGLISH), article=replace(draft(ENGLISH).article, language="en"))
    assert grounds_of(english, german_feed=True).language == "en"


@pytest.mark.parametrize("engine", list(Engine))
def test_no_real_summary_says_more_than_its_article(
    tiny_bart, real, stage, draft, parallel_lines, summarize, engine
):
    backend = real(tiny_bart, engine=engine, chooser=FactChooser())
    opened = stage(
        backend, 0, 30, guards_facts=True, preference=in_order, decoding=Decoding(beams=2)
    )
    german, english = parallel_lines
    stories = [
        draft(english[n : n + 3], sources=german[n : n + 3], name=str(n)) for n in range(0, 60, 12)
    ]
    for outcome in summarize(opened, *stories):
        report = grounds_of(outcome, german_feed=True).check(outcome.abstract.text)
        told = "facts_unfounded" in {caution.code for caution in outcome.cautions}
        assert bool(report.mismatches) == told
