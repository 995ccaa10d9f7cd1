"""An article that the model cannot read whole is chosen from or read in parts, and that is told."""

import pytest

from pipeline.abstractive.settings import LongArticles
from pipeline.extractive.settings import LeadExtractive
from pipeline.extractive.stage import ExtractStage

CHOOSE, MERGE = LongArticles.extract_then_abstract, LongArticles.chunk_and_merge
SIZE = 10  # tokens of a sentence of eight words
ROOM = 100  # tokens that the model reads, besides the two around every text


@pytest.fixture
def sentences(words):
    """Make so many sentences of ten tokens, no two with a common word."""
    return lambda count: [words(8, 8 * place) for place in range(count)]


def backwards(draft):
    return list(reversed(range(len(draft.sentences))))


def message(outcome):
    (caution,) = [caution for caution in outcome.cautions if caution.code == "long_article"]
    return caution.message


def test_what_just_fits_is_read_whole_and_not_long(
    notebook, stage, draft, sentences, summarize, codes
):
    backend = notebook(lambda _: "Done.", most=ROOM + 2)
    texts = sentences(10)
    (outcome,) = summarize(stage(backend), draft(texts))
    assert backend.read == [" ".join(texts)]
    assert codes(outcome) == []


def test_the_best_sentences_that_fit_are_read_in_text_order(
    notebook, stage, draft, sentences, summarize, codes
):
    backend = notebook(lambda _: "Done.", most=ROOM + 2)
    texts = sentences(11)
    (outcome,) = summarize(stage(backend, preference=backwards), draft(texts))
    assert backend.read == [" ".join(texts[1:])]
    assert codes(outcome) == ["long_article"]
    assert message(outcome) == "110 tokens, the model reads 100: extract_then_abstract"
    assert outcome.abstract.text == "Done."


def test_the_ranker_speaks_of_all_sentences_and_only_running_text_is_taken(
    notebook, stage, draft, sentences, summarize
):
    backend = notebook(lambda _: "Done.", most=3 * SIZE + 2)
    targets = sentences(9)
    targets[3] = None
    story = draft(targets, subheads=[0, 5])
    summarize(stage(backend, preference=lambda _: [5, 3, 7, 0, 1, 8, 2]), story)
    assert backend.read == [f"{targets[1]} {targets[7]} {targets[8]}"]


def test_the_lead_is_read_where_the_ranker_prefers_it(notebook, stage, draft, sentences, summarize):
    backend = notebook(lambda _: "Done.", most=3 * SIZE + 2)
    texts = sentences(9)
    ranker = ExtractStage(LeadExtractive(), "en", offline=True)
    summarize(stage(backend, preference=ranker.order), draft(texts, subheads=[1]))
    assert backend.read == [f"{texts[0]} {texts[2]} {texts[3]}"]


@pytest.mark.parametrize("sentence_count", [1, 3])
def test_where_no_sentence_fits_a_part_of_one_is_read(
    notebook, stage, draft, words, summarize, codes, sentence_count
):
    backend = notebook(lambda _: "Done.", most=ROOM + 2)
    texts = [words(300, 300 * place) for place in range(sentence_count)]
    (outcome,) = summarize(stage(backend, preference=backwards), draft(texts))
    (read,) = backend.read
    assert texts[0].startswith(f"{read} ")
    assert 40 < len(read.split()) <= 98
    assert codes(outcome) == ["long_article"]


def is_part(text):
    return text.startswith("W")


def test_parts_are_summarized_and_then_their_summaries(
    notebook, stage, draft, sentences, summarize, codes
):
    backend = notebook(lambda text: f"About {text.split()[0]}.", most=ROOM + 2)
    texts = sentences(40)
    (outcome,) = summarize(stage(backend, long_articles=MERGE), draft(texts))
    parts = [text for text in backend.read if is_part(text)]
    assert sorted(" ".join(parts).split()) == sorted(" ".join(texts).split())
    assert all(part in " ".join(texts) for part in parts)
    assert 4 <= len(parts) <= 5
    starts = sorted((part.split()[0] for part in parts), key=lambda word: int(word[1:]))
    assert [text for text in backend.read if not is_part(text)] == [
        " ".join(f"About {start}." for start in starts)
    ]
    assert outcome.abstract.text == "About About."
    assert codes(outcome) == ["long_article"]
    assert message(outcome) == "400 tokens, the model reads 100: chunk_and_merge"


def test_a_sentence_that_is_too_long_is_read_in_parts(notebook, stage, draft, words, summarize):
    backend = notebook(lambda _: "Done.", most=ROOM + 2)
    text = words(300)
    summarize(stage(backend, long_articles=MERGE), draft([text]))
    parts = [part for part in backend.read if part != "Done. Done. Done. Done."]
    assert sorted(" ".join(parts).split()) == sorted(text.split())
    assert all(part in text for part in parts)


def test_a_model_that_does_not_shorten_is_asked_once(
    notebook, stage, draft, sentences, summarize, codes
):
    backend = notebook(str, most=ROOM + 2)
    texts = sentences(40)
    (outcome,) = summarize(stage(backend, long_articles=MERGE), draft(texts))
    assert len(backend.read) == len(set(backend.read)) <= 5
    assert outcome.abstract.text == "\n".join(texts[:5])
    assert codes(outcome) == ["long_article", "summary_trimmed"]


def test_a_model_that_hardly_shortens_is_not_asked_for_ever(
    notebook, stage, draft, words, summarize, codes
):
    backend = notebook(lambda text: text.removesuffix(".").rsplit(" ", 1)[0] + ".", most=ROOM + 2)
    (outcome,) = summarize(stage(backend, long_articles=MERGE), draft([words(900)]))
    rounds = sum(text.startswith("W0 ") for text in backend.read)
    assert 2 < rounds <= 6
    assert outcome.abstract.text.startswith("W0 w1 ")
    assert "long_article" in codes(outcome)


@pytest.mark.parametrize(("limit", "read"), [(50, 5), (10_000, 10)])
def test_the_setting_lowers_what_the_model_reads_and_never_raises_it(
    notebook, stage, draft, sentences, summarize, limit, read
):
    backend = notebook(lambda _: "Done.", most=ROOM + 2)
    opened = stage(backend, max_source_tokens=limit, preference=backwards)
    (outcome,) = summarize(opened, draft(sentences(12)))
    assert backend.read == [" ".join(sentences(12)[12 - read :])]
    assert f"the model reads {min(limit, ROOM)}:" in message(outcome)


def test_choosing_for_the_settings_sake_is_no_warning(
    notebook, stage, draft, sentences, summarize, codes
):
    backend = notebook(lambda _: "Done.", most=ROOM + 2)
    opened = stage(backend, max_source_tokens=50, preference=backwards)
    (outcome,) = summarize(opened, draft(sentences(10)))
    assert backend.read == [" ".join(sentences(10)[5:])]
    assert codes(outcome) == []


def test_parts_that_all_come_back_blank_leave_no_summary(
    notebook, stage, draft, sentences, summarize, codes
):
    backend = notebook(lambda _: " ", most=ROOM + 2)
    opened = stage(backend, prefix="summarize: ", long_articles=MERGE)
    (outcome,) = summarize(opened, draft(sentences(40)))
    assert all(len(text.split()) > 1 for text in backend.read)
    assert outcome.abstract is None
    assert set(codes(outcome)) == {"long_article", "defective_output", "empty_summary"}


def test_a_blank_part_is_told_and_the_others_are_used(notebook, stage, draft, sentences, summarize):
    def write(text):
        return "" if text.startswith("W0 ") else f"About {text.split()[0]}."

    texts = sentences(20)
    opened = stage(notebook(write, most=ROOM + 2), long_articles=MERGE)
    (outcome,) = summarize(opened, draft(texts))
    assert outcome.abstract.text.startswith("About ")
    (told,) = [c.message for c in outcome.cautions if c.code == "defective_output"]
    assert told.startswith("the model's output is empty: 'W0 w1")


def test_a_torso_in_the_middle_is_dropped_and_told(notebook, stage, draft, words, summarize, codes):
    def write(text):
        if not text.startswith("W"):
            return text
        return "It began. " + words(30, 500).removesuffix(".") if text[:3] == "W0 " else "It ended."

    backend = notebook(write, most=ROOM + 2)
    opened = stage(backend, most=20, long_articles=MERGE)
    (outcome,) = summarize(opened, draft([words(8, 8 * place) for place in range(18)]))
    assert backend.read[-1] == "It began. It ended."
    assert outcome.abstract.text == "It began.\nIt ended."
    assert codes(outcome) == ["long_article", "summary_trimmed"]


@pytest.mark.parametrize("how", [CHOOSE, MERGE])
def test_the_prefix_takes_room_and_stands_before_every_part(
    notebook, stage, draft, sentences, summarize, codes, how
):
    backend = notebook(lambda _: "Done.", most=ROOM + 2)
    opened = stage(backend, prefix="summarize: ", long_articles=how, preference=backwards)
    (outcome,) = summarize(opened, draft(sentences(10)))
    assert codes(outcome) == ["long_article"]
    assert "the model reads 99:" in message(outcome)
    assert all(text.startswith("summarize: ") for text in backend.read)
    assert len(backend.read) == (1 if how is CHOOSE else 3)


def test_a_long_article_changes_nothing_for_its_neighbours(
    notebook, stage, draft, sentences, summarize, codes
):
    backend = notebook(lambda text: f"About {text.split()[0]}.", most=ROOM + 2)
    short = ["First of all this.", "And then also that."]
    stories = [draft(short), draft(sentences(30)), draft(short[::-1])]
    outcomes = summarize(stage(backend, long_articles=MERGE), *stories)
    texts = [outcome.abstract.text for outcome in outcomes]
    assert texts == ["About First.", "About About.", "About And."]
    assert [codes(outcome) for outcome in outcomes] == [[], ["long_article"], []]
    assert backend.read.count(" ".join(short)) == 1


LONG = [
    f"The board of Müller GmbH announced on Tuesday that {number} jobs will go by 2026."
    for number in range(2000)
]
"""An article of 30,000 words in 2,000 sentences."""


@pytest.mark.parametrize("kind", ["bart", "t5", "m2m100"])
def test_real_models_choose_from_30000_words(request, real, stage, draft, summarize, kind):
    backend = real(request.getfixturevalue(f"tiny_{kind}"))
    ranker = ExtractStage(LeadExtractive(), "en", offline=True)
    opened = stage(backend, least=0, most=10, preference=ranker.order)
    (outcome,) = summarize(opened, draft(LONG))
    (read,) = backend.read
    assert read.startswith(f"{LONG[0]} {LONG[1]}")
    assert backend.count_tokens([read])[0] <= 128
    assert backend.written[0].startswith(outcome.abstract.text.replace("\n", " "))
    assert outcome.abstract.text
    assert message(outcome).endswith(": extract_then_abstract")


@pytest.mark.parametrize("kind", ["bart", "t5", "m2m100"])
def test_real_models_read_30000_words_in_parts(request, real, stage, draft, summarize, kind):
    backend = real(request.getfixturevalue(f"tiny_{kind}"))
    opened = stage(backend, least=0, most=10, long_articles=MERGE)
    (outcome,) = summarize(opened, draft(LONG))
    everything = "\n".join(backend.read)
    assert all(sentence in everything for sentence in LONG)
    assert max(backend.count_tokens(backend.read)) <= 128
    assert outcome.abstract.text
    assert message(outcome).endswith(": chunk_and_merge")
