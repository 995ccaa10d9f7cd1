"""Defective outputs are generated again in other ways, remembered, and told."""

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.backends.vetting import Vetting, cautions_of, other_decodings
from pipeline.memo.memoised import MemoisedBackend
from pipeline.memo.store import SqliteStore
from pipeline.stage import Usage

ASKED = Decoding(beams=4, max_tokens=24, candidates=4)
PLAIN, GREEDY, WIDER = other_decodings(ASKED)
LOOP, GOOD = "It was good good good.", "It was good."


class Scripted:
    """A backend that writes by decoding what it is told."""

    model, engine, max_source_tokens = "scripted", "paper", 100

    def __init__(self, **written):
        self.usage = Usage()
        self.calls = []
        self._written = {ASKED: "asked", PLAIN: "plain", GREEDY: "greedy", WIDER: "wider"}
        self._texts = written

    def generate(self, texts, decoding, advance=None):
        self.calls.append((list(texts), decoding))
        if advance:
            advance(len(texts))
        told = self._texts.get(self._written[decoding], GOOD)
        return [told if text.startswith("Es") else "Fine." for text in texts]

    def hit_limit(self, outputs, decoding):
        return [False] * len(outputs)


def vet(backend, retries=3, texts=("Es war gut.", "Alles andere.")):
    return Vetting(backend, ("de", "en"), retries).generate(texts, ASKED)


def test_only_what_is_defective_is_written_again():
    backend = Scripted(asked=LOOP)
    first, second = vet(backend)
    assert (first.text, second.text) == (GOOD, "Fine.")
    assert backend.calls == [(["Es war gut.", "Alles andere."], ASKED), (["Es war gut."], PLAIN)]
    assert second.found is None
    assert not first.is_defective


def test_the_first_clean_output_is_kept():
    backend = Scripted(asked=LOOP, plain="", greedy="Good.", wider=LOOP)
    (output,) = vet(backend, texts=["Es war gut."])
    assert output.text == "Good."
    assert [decoding for _, decoding in backend.calls] == [ASKED, PLAIN, GREEDY]


@pytest.mark.parametrize(("retries", "calls"), [(0, 1), (1, 2), (2, 3), (3, 4)])
def test_what_stays_defective_is_what_was_asked_for(retries, calls):
    backend = Scripted(asked=LOOP, plain="", greedy="good " * 9, wider=LOOP)
    (output,) = vet(backend, retries, texts=["Es war gut."])
    assert output.text == LOOP
    assert output.is_defective
    assert len(backend.calls) == calls


def test_the_record_says_what_was_wrong_and_what_helped():
    mended, fine = vet(Scripted(asked=LOOP))
    (told,) = cautions_of(mended, "Es war gut.", "translate")
    assert (told.code, told.stage) == ("output_retried", "translate")
    assert told.message == (
        "the model's output repeats 'good'; written again with "
        "no_repeat_ngram=3, repetition_penalty=1.2: Es war gut."
    )
    assert cautions_of(fine, "Alles andere.", "translate") == []
    (bad, _) = vet(Scripted(asked=LOOP, plain="", greedy=""), 2)
    (told,) = cautions_of(bad, "Es war gut.", "translate")
    assert told.code == "defective_output"
    assert told.message == "the model's output repeats 'good': Es war gut."


def test_progress_counts_each_text_once():
    told = []
    Vetting(Scripted(asked=LOOP), ("de", "en"), 3).generate(["Es war gut."], ASKED, told.append)
    assert sum(told) == 1


def test_other_decodings_are_other_ones():
    for asked in (
        Decoding(),
        Decoding(beams=1),
        Decoding(beams=1, no_repeat_ngram=3),
        Decoding(beams=1, no_repeat_ngram=3, repetition_penalty=1.5),
        Decoding(beams=100, candidates=100, no_repeat_ngram=2),
    ):
        others = other_decodings(asked)
        assert others
        assert asked not in others
        assert len(set(others)) == len(others)


@pytest.fixture
def remembered(tmp_path, tiny_marian, conversions):
    """Make a real model behind a memo of its own; random weights give defective outputs."""

    def make(engine, name="memo"):
        settings = ModelSettings(model=str(tiny_marian), engine=engine, compute_type="float32")
        backend = make_backend(settings, Task.translation, ("de", "en"), conversions, offline=True)
        store = SqliteStore(tmp_path / f"{name}.sqlite", 64)
        store.open()
        return MemoisedBackend(backend, store), store

    return make


@pytest.mark.parametrize("engine", list(Engine))
def test_retries_are_paid_for_once_and_do_not_depend_on_batches(remembered, parallel_lines, engine):
    texts = parallel_lines[0][::12]
    asked = Decoding(beams=2, max_tokens=16)
    backend, store = remembered(engine)
    together = Vetting(backend, ("de", "en"), 2).generate(texts, asked)
    assert any(output.found for output in together)
    made = backend.usage.made
    assert made > len(texts)
    assert Vetting(backend, ("de", "en"), 2).generate(texts, asked) == together
    assert backend.usage.made == made
    store.close()
    other, store = remembered(engine, "other")
    vetting = Vetting(other, ("de", "en"), 2)
    alone = [vetting.generate([text], asked)[0] for text in texts]
    assert alone == together
    store.close()
