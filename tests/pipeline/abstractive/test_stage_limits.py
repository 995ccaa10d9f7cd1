"""Summaries keep to their words, absolute and as a share; what was cut is dropped and told."""

from dataclasses import replace

import pytest

from pipeline.backend import Decoding
from pipeline.errors import ConfigError

TEN = "One two three four five six seven eight nine ten."
TENS = [" ".join(f"v{10 * n + place}" for place in range(10)).capitalize() + "." for n in range(30)]
"""Sentences of ten words, no two alike."""


@pytest.fixture
def story(draft, words):
    """An article of 200 words."""
    return draft([words(100), words(100, 100)])


@pytest.mark.parametrize(
    ("limits", "sentences"),
    [
        ({"most": 50, "share": None}, 5),
        ({"most": 49, "share": None}, 4),
        ({"most": 50, "share": 0.5}, 5),
        ({"most": 500, "share": 0.1}, 2),
        ({"most": 500, "share": 0.11}, 3),  # shares come in steps of ten words
        ({"most": 3, "share": None}, 1),  # the first sentence stays, however long
    ],
)
def test_a_summary_has_whole_sentences_up_to_its_words(
    notebook, stage, story, summarize, codes, limits, sentences
):
    backend = notebook(lambda _: " ".join(TENS))
    (outcome,) = summarize(stage(backend, **limits), story)
    assert outcome.abstract.text.split("\n") == TENS[:sentences]
    too_long = ["summary_too_long"] if limits["most"] < 10 else []
    assert codes(outcome) == ["summary_trimmed", *too_long]


@pytest.mark.parametrize("limits", [{"most": 50}, {"most": 500, "share": 0.25}])
def test_a_summary_that_fills_its_words_is_left_alone(
    notebook, stage, story, summarize, codes, limits
):
    backend = notebook(lambda _: " ".join(TENS[:5]))
    (outcome,) = summarize(stage(backend, **limits), story)
    assert outcome.abstract.text == "\n".join(TENS[:5])
    assert codes(outcome) == []


def decoding_of(backend, stage, story):
    """Return how the one article was decoded."""
    stage.process([story], lambda _: None)
    ((_, decoding),) = backend.calls
    return decoding


@pytest.mark.parametrize("tokens", [1, 3])
@pytest.mark.parametrize("share", [None, 0.25])
def test_the_model_is_told_the_limits_in_its_own_tokens(notebook, stage, story, tokens, share):
    backend = notebook(lambda _: "Done.", most=4096, tokens=tokens)
    most = 100 if share is None else 200 * share
    given = decoding_of(backend, stage(backend, least=40, most=100, share=share), story)
    assert most * tokens < given.max_tokens <= (most + 1) * tokens + 16
    assert 40 * tokens - 16 < given.min_tokens <= 41 * tokens


def test_the_other_settings_of_decoding_are_kept(notebook, stage, story):
    backend = notebook(lambda _: "Done.")
    asked = Decoding(beams=3, length_penalty=2.0, no_repeat_ngram=3, candidates=2)
    given = decoding_of(backend, stage(backend, decoding=asked), story)
    assert replace(given, max_tokens=asked.max_tokens, min_tokens=asked.min_tokens) == asked


def test_no_limit_is_beyond_what_the_decoder_has_positions_for(notebook, stage, story):
    backend = notebook(lambda _: "Done.", most=250)
    given = decoding_of(backend, stage(backend, least=150, most=1000), story)
    assert given.min_tokens < given.max_tokens == 248


CUT = f"{TEN} And then it"
"""With one word more it has as many tokens as 15 words may have."""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"{CUT} tor", TEN),
        (f"{CUT} ended.", f"{TEN}\nAnd then it ended."),
        (f"{CUT} “ended.”", f"{TEN}\nAnd then it “ended.”"),
        (CUT, f"{TEN}\nAnd then it"),
    ],
    ids=["torso", "whole", "quoted", "not cut"],
)
def test_a_torso_is_dropped_and_told(notebook, stage, story, summarize, codes, written, kept):
    (outcome,) = summarize(stage(notebook(lambda _: written), most=15), story)
    assert outcome.abstract.text == kept
    assert codes(outcome) == (["summary_trimmed"] if kept == TEN else [])


@pytest.mark.parametrize("kind", ["bart", "t5", "m2m100"])
def test_a_real_model_writes_more_where_more_is_allowed(
    request, real, stage, draft, summarize, parallel_lines, kind
):
    backend = real(request.getfixturevalue(f"tiny_{kind}"))
    story = draft(parallel_lines[1][:2])
    for least, most in ((0, 3), (15, 30)):
        summarize(stage(backend, least, most), story)
    little, much = backend.written
    assert 0 < len(little) < len(much)


def test_the_only_sentence_stays_and_is_told_if_it_may_be_cut(
    notebook, stage, draft, words, summarize
):
    torso = notebook(
        lambda _: "One two three four five six seven eight nine ten eleven twelve thirteen tor"
    )
    whole = notebook(lambda _: "Done.")
    article = [words(100), words(100, 100)]
    (cut,) = summarize(stage(torso, most=15), draft(article))
    assert [caution.code for caution in cut.cautions] == ["output_cut"]
    (done,) = summarize(stage(whole, most=15), draft(article))
    assert done.cautions == ()


def test_a_first_sentence_above_the_words_is_told(notebook, stage, story, words, summarize):
    backend = notebook(lambda _: words(12))
    (outcome,) = summarize(stage(backend, most=10), story)
    (caution,) = outcome.cautions
    assert caution.code == "summary_too_long"
    assert caution.message == "the first sentence has 12 words, 10 are allowed"


def test_a_prefix_that_leaves_no_room_is_refused_before_any_article(notebook, stage):
    with pytest.raises(ConfigError, match="prefix has 92 tokens, and notebook reads 100: shorten"):
        stage(notebook(most=100), prefix="summarize " * 90)
    stage(notebook(most=100), prefix="summarize " * 80)
