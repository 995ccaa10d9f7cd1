"""The model reads the translated running text and nothing else; whatever comes, it comes back."""

import json
from dataclasses import replace

import pytest

from pipeline.backends.settings import Engine
from pipeline.execution.local import LocalExecution
from pipeline.records import Caution, Fault, Maker
from pipeline.translation.without_model import KeepSource

STORY = (
    "The board of Müller GmbH announced on Tuesday that 1,250 jobs will go by 2026.",
    "A ministry spokesman confirmed the number.",
    "The union Verdi rejected the accusations.",
)
COPY = Maker("copy", None, "wirebrief", "{}")


def test_only_the_translated_running_text_is_read(notebook, stage, draft, summarize):
    backend = notebook()
    story = draft(
        [STORY[0], "Criticism from all sides", STORY[1]],
        subheads=[1],
        title="Ein deutscher Titel",
        dateline="BERLIN (dpa)",
        signature="/so/DP/zb",
        prefix="date 2024-10",
    )
    summarize(stage(backend), story)
    assert backend.read == [f"{STORY[0]} {STORY[1]}"]


def test_sentences_left_untranslated_are_not_read(notebook, stage, draft, summarize):
    backend = notebook()
    summarize(stage(backend), draft([None, STORY[0], "", STORY[1], None]))
    assert backend.read == [f"{STORY[0]} {STORY[1]}"]


def test_an_english_feed_is_read_as_it_came(notebook, stage, draft, summarize):
    backend = notebook()
    kept = summarize(KeepSource(), draft(["Not this."] * 3, sources=STORY))
    summarize(stage(backend), *kept)
    assert backend.read == [" ".join(STORY)]


def test_an_article_that_nothing_translated_is_not_read(notebook, stage, draft, summarize):
    backend = notebook()
    (outcome,) = summarize(stage(backend), replace(draft(STORY), translation=None))
    assert outcome.abstract is None
    assert outcome.cautions
    assert backend.calls == []


def test_a_summary_has_a_sentence_a_line_and_says_what_made_it(notebook, stage, draft, summarize):
    before = Caution("output_cut", "translate", "x")
    story = replace(draft(STORY), cautions=(before,))
    backend = notebook(lambda _: "Jobs will go. The union objects.")
    (outcome,) = summarize(stage(backend), story)
    assert outcome.abstract.text == "Jobs will go.\nThe union objects."
    maker = outcome.abstract.maker
    assert (maker.model, maker.engine, maker.revision) == ("notebook", "paper", "notebook 1")
    assert json.loads(maker.decoding)["beams"] == 1
    assert replace(outcome, abstract=None) == story


@pytest.mark.parametrize(
    "targets",
    [
        ("No.",),
        ("Profit",),
        ("w " * 39 + "end.",),  # one sentence may have as many words as a summary
        ("Two words.", "Three more words."),  # several as many as a summary has at least
    ],
)
def test_what_is_short_is_its_own_summary(notebook, stage, draft, summarize, codes, targets):
    backend = notebook()
    (outcome,) = summarize(stage(backend, least=5, most=40), draft(targets))
    assert outcome.abstract.text == "\n".join(targets)
    assert outcome.abstract.maker == COPY
    assert codes(outcome) == ["too_short_to_summarize"]
    assert backend.calls == []


@pytest.mark.parametrize(
    "targets", [("w " * 40 + "end.",), ("Two words.", "Three more words now.")]
)
def test_what_is_a_word_longer_is_summarized(notebook, stage, draft, summarize, codes, targets):
    backend = notebook(lambda _: "Done.")
    (outcome,) = summarize(stage(backend, least=5, most=40), draft(targets))
    assert outcome.abstract.text == "Done."
    assert outcome.abstract.maker.model == "notebook"
    assert codes(outcome) == []


@pytest.mark.parametrize("targets", [(), ("A subhead",), (None,), ("",)])
def test_an_empty_article_has_no_summary_and_says_so(
    notebook, stage, draft, summarize, codes, targets
):
    backend = notebook()
    subheads = [0] if targets == ("A subhead",) else []
    (outcome,) = summarize(stage(backend), draft(targets, subheads=subheads))
    assert outcome.abstract is None
    assert codes(outcome) == ["nothing_to_summarize"]
    assert backend.calls == []


@pytest.mark.parametrize("written", ["", "  \n "])
def test_a_model_that_writes_nothing_is_told(notebook, stage, draft, summarize, codes, written):
    (outcome,) = summarize(stage(notebook(lambda _: written)), draft(STORY))
    assert outcome.abstract is None
    assert codes(outcome) == ["empty_summary"]


def test_the_prefix_stands_before_every_article(notebook, stage, draft, summarize):
    backend = notebook()
    stories = [draft(STORY), draft(STORY[1:])]
    summarize(stage(backend, prefix="summarize: "), *stories)
    assert sorted(backend.read) == sorted(
        ["summarize: " + " ".join(STORY), "summarize: " + " ".join(STORY[1:])]
    )


def test_many_articles_keep_their_order(notebook, stage, draft, words, summarize, codes):
    backend = notebook(lambda text: f"About {text.split()[0]}.")
    lengths = (30, 3, 90, 31, 0, 200, 29, 89)
    stories = [
        draft([words(length, 1000 * place), "And so on and on."] if length else (), name=str(place))
        for place, length in enumerate(lengths)
    ]
    outcomes = summarize(stage(backend, least=10, share=0.5), *stories)
    assert [outcome.article.id for outcome in outcomes] == [str(n) for n in range(8)]
    expected = [f"About W{1000 * place}." for place in range(8)]
    expected[1], expected[4] = f"{words(3, 1000)}\nAnd so on and on.", None
    assert [outcome.abstract and outcome.abstract.text for outcome in outcomes] == expected
    assert [bool(codes(outcome)) for outcome in outcomes] == [place in (1, 4) for place in range(8)]
    assert len(backend.read) == 6


def test_articles_of_like_length_share_a_call(notebook, stage, draft, words, summarize):
    backend = notebook(lambda _: "Done.")
    stories = [draft([words(length), "And so on."]) for length in (100, 27, 101, 26, 102)]
    summarize(stage(backend, share=0.3), *stories)
    assert sorted(len(texts) for texts, _ in backend.calls) == [2, 3]
    summarize(stage(backend, share=None), draft([words(9), "And so on."]), *stories)
    assert len(backend.calls[2:]) == 1


def test_progress_and_usage_count_every_article(notebook, stage, draft):
    backend = notebook()
    told = []
    opened = stage(backend)
    opened.process([draft(STORY), draft(["No."]), draft(STORY[1:])], told.append)
    assert sum(told) == 3
    assert opened.usage is backend.usage
    assert opened.usage.made == 2
    assert opened.process([], told.append) == []
    assert not backend.closed
    opened.close()
    assert backend.closed


class Given:
    """A stage that hands on drafts made before."""

    name = "given"

    def __init__(self, drafts):
        self._drafts = {draft.article.id: draft for draft in drafts}

    def process(self, drafts, advance):
        return [self._drafts[draft.article.id] for draft in drafts]


class Silence:
    def expect(self, total):
        pass

    def advance(self, stage, count):
        pass


def run(stage, drafts):
    """Run as a journey does."""
    execution = LocalExecution([Given(drafts), stage], window=10)
    return list(execution.run([draft.article for draft in drafts], Silence()))


def test_an_article_that_fails_stops_no_other(notebook, stage, draft):
    def write(text):
        if "poison" in text:
            raise ValueError("the model choked")
        return "Done."

    stories = [draft(STORY, name=name) for name in "abc"]
    stories[1] = draft([*STORY, "This is poison."], name="b")
    first, fault, last = run(stage(notebook(write)), stories)
    assert (first.article.id, first.abstract.text) == ("a", "Done.")
    assert (last.article.id, last.abstract.text) == ("c", "Done.")
    assert isinstance(fault, Fault)
    assert (fault.article_id, fault.stage, fault.reason) == ("b", "abstract", "internal_error")
    assert "the model choked" in fault.message


def test_an_article_that_the_ranker_fails_on_stops_no_other(
    notebook, stage, draft, words, summarize
):
    long = draft([words(40, 40 * place) for place in range(4)], name="long")
    opened = stage(notebook(lambda _: "Done.", most=100))
    short, fault = run(opened, [draft(STORY), long])
    assert short.abstract.text == "Done."
    assert isinstance(fault, Fault)
    assert "the ranker was asked for long" in fault.message


@pytest.mark.parametrize("kind", ["bart", "t5", "m2m100"])
def test_both_engines_summarize_a_story_alike(request, real, stage, draft, summarize, kind):
    folder = request.getfixturevalue(f"tiny_{kind}")
    texts = []
    for engine in (Engine.ctranslate2, Engine.transformers):
        backend = real(folder, engine=engine)
        (outcome,) = summarize(stage(backend, most=20), draft(STORY))
        assert backend.read == [" ".join(STORY)]
        assert backend.written[0].startswith(outcome.abstract.text.replace("\n", " "))
        assert outcome.abstract.maker.model == str(folder)
        assert outcome.abstract.maker.engine == engine.value
        texts.append(outcome.abstract.text)
    assert texts[0] == texts[1] != ""


def test_a_real_model_writes_the_same_alone_and_among_others(
    tiny_bart, real, stage, draft, parallel_lines, summarize
):
    sentences = parallel_lines[1]
    stories = [draft(sentences[n : n + 2 + n % 2], name=str(n)) for n in range(0, 60, 7)]
    opened = stage(real(tiny_bart), most=20)
    together = summarize(opened, *stories)
    alone = [summarize(opened, story)[0] for story in stories]
    assert together == alone
    assert len({outcome.abstract.text for outcome in together}) > 2
