"""Only what is not remembered is generated, once, in order, and stored before more is made."""

from contextlib import closing
from dataclasses import replace

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import ModelSettings
from pipeline.errors import MemoError
from pipeline.memo.memoised import MemoisedBackend
from pipeline.memo.store import NoStore, SqliteStore
from pipeline.stage import Effort, Usage

DECODING = Decoding(max_tokens=20)


class Upper:
    """A backend that writes in capitals and notes what it was asked for."""

    model, engine, max_source_tokens = "upper", "letters", 512
    model_bytes = 7

    def __init__(self, fails_at=None):
        self.calls = []
        self.opened = 0
        self.effort = Effort()
        self._fails_at = fails_at

    def fingerprint(self):
        return "upper 1"

    def open(self):
        self.opened += 1

    def count_tokens(self, texts):
        return [len(text) for text in texts]

    def generate(self, texts, decoding, advance=None, keep=None):
        self.open()
        if len(self.calls) == self._fails_at:
            raise ValueError("broken")
        self.calls.append(list(texts))
        for _ in texts if advance else ():
            advance(1)
        return [text.upper()[: decoding.max_tokens] for text in texts]

    def hit_limit(self, outputs, decoding):
        return [len(output) >= decoding.max_tokens for output in outputs]

    def close(self):
        self.opened = 0


@pytest.fixture
def store(tmp_path):
    with closing(SqliteStore(tmp_path / "memo.sqlite", 10)) as store:
        yield store


def test_equal_texts_are_generated_once_and_come_back_in_order(store):
    backend = Upper()
    memo = MemoisedBackend(backend, store)
    outputs = memo.generate(["b", "a", "b", "", "a", "ccc"], DECODING)
    assert outputs == ["B", "A", "B", "", "A", "CCC"]
    assert sorted(backend.calls[0]) == ["", "a", "b", "ccc"]
    assert memo.usage == Usage(made=4, reused=2)


def test_a_second_run_calls_no_model(store):
    texts = [f"text {n}" for n in range(50)]
    first = MemoisedBackend(Upper(), store).generate(texts, DECODING)
    backend = Upper()
    again = MemoisedBackend(backend, store)
    assert again.generate(texts, DECODING) == first
    assert (backend.calls, backend.opened) == ([], 0)
    assert again.usage == Usage(made=0, reused=50)


def test_a_corrected_take_pays_for_its_changed_sentences_only(store):
    texts = [f"Satz {n}." for n in range(10)]
    MemoisedBackend(Upper(), store).generate(texts, DECODING)
    backend = Upper()
    memo = MemoisedBackend(backend, store)
    outputs = memo.generate([*texts[:7], "neu 1", "neu 2", "neu 3"], DECODING)
    assert outputs[6:] == ["SATZ 6.", "NEU 1", "NEU 2", "NEU 3"]
    assert sorted(text for call in backend.calls for text in call) == ["neu 1", "neu 2", "neu 3"]
    assert memo.usage == Usage(made=3, reused=7)


def test_another_decoding_or_model_is_not_mixed_up(store):
    memo = MemoisedBackend(Upper(), store)
    assert memo.generate(["abcdef"], DECODING) == ["ABCDEF"]
    assert memo.generate(["abcdef"], replace(DECODING, max_tokens=3)) == ["ABC"]
    other = Upper()
    other.fingerprint = lambda: "upper 2"
    assert MemoisedBackend(other, store).usage == Usage()
    MemoisedBackend(other, store).generate(["abcdef"], DECODING)
    assert other.calls == [["abcdef"]]


def test_progress_adds_up_to_the_texts(store):
    memo = MemoisedBackend(Upper(), store)
    memo.generate(["a", "b"], DECODING)
    told = []
    memo.generate(["a", "c", "c", "d", "b"], DECODING, told.append)
    assert sum(told) == 5
    assert told[0] == 3


def test_what_was_made_before_a_failure_stays(store):
    texts = ["aaaa", "bbbb", "cccc", "dddd", "eeee"]
    memo = MemoisedBackend(Upper(fails_at=2), store, chunk_characters=10)
    with pytest.raises(ValueError, match="broken"):
        memo.generate(texts, DECODING)
    assert memo.usage == Usage(made=4, reused=0)
    backend = Upper()
    memo = MemoisedBackend(backend, store)
    assert memo.generate(texts, DECODING) == [text.upper() for text in texts]
    assert backend.calls == [["eeee"]]


def test_chunks_hold_like_lengths_and_at_least_one_text(store):
    backend = Upper()
    memo = MemoisedBackend(backend, store, chunk_characters=10)
    memo.generate(["a", "b" * 30, "cc", "d" * 5, "e" * 4], DECODING)
    assert backend.calls == [["b" * 30], ["d" * 5, "e" * 4], ["cc", "a"]]


def test_what_does_not_last_is_made_again(store):
    backend = Upper()
    memo = MemoisedBackend(backend, store, lasting=lambda output: output != "BB")
    for _ in range(2):
        assert memo.generate(["a", "bb"], DECODING) == ["A", "BB"]
    assert backend.calls == [["bb", "a"], ["bb"]]


def test_without_a_store_equal_texts_of_one_call_still_cost_once():
    backend = Upper()
    memo = MemoisedBackend(backend, NoStore())
    assert memo.generate(["a", "a"], DECODING) == memo.generate(["a", "a"], DECODING) == ["A", "A"]
    assert backend.calls == [["a"], ["a"]]
    assert memo.usage == Usage(made=2, reused=2)


def test_no_texts(store):
    memo = MemoisedBackend(Upper(), store)
    assert memo.generate([], DECODING, lambda _: None) == []
    assert memo.usage == Usage()


def test_a_full_disk_ends_the_run(store):
    store.open()
    store._database._connection.execute("PRAGMA max_page_count = 8")
    texts = [f"{n} " + "x" * 500 for n in range(200)]
    with pytest.raises(MemoError, match="memo=none"):
        MemoisedBackend(Upper(), store).generate(texts, Decoding(max_tokens=1000))


def test_the_wrapped_backend_answers_for_itself(store):
    backend = Upper()
    memo = MemoisedBackend(backend, store)
    assert (memo.model, memo.engine, memo.fingerprint()) == ("upper", "letters", "upper 1")
    assert memo.max_source_tokens == 512
    assert memo.count_tokens(["abc"]) == [3]
    assert memo.hit_limit(["x" * 20, "x"], DECODING) == [True, False]
    memo.open()
    assert backend.opened == 1
    memo.close()
    assert backend.opened == 0


def test_a_real_model_is_not_loaded_when_everything_is_known(
    store, tiny_marian, parallel_lines, own_caches
):
    def backend():
        settings = ModelSettings(model=str(tiny_marian), beams=1)
        return make_backend(settings, Task.translation, ("de", "en"), own_caches, offline=True)

    texts = parallel_lines[0][:12]
    first = MemoisedBackend(backend(), store)
    outputs = first.generate(texts, DECODING)
    assert first._backend._engine._translator is not None
    second = MemoisedBackend(backend(), store)
    assert second.generate(texts, DECODING) == outputs
    assert second._backend._engine._translator is None
    assert second.usage == Usage(made=0, reused=12)
