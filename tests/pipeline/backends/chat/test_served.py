"""A tiny real model: at `transformers serve`, and in this process."""

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.chat.answers import read_answer
from pipeline.backends.chat.loading import Assignment, make_chat
from pipeline.errors import BackendError

SHORT = Decoding(beams=1, max_tokens=12)


@pytest.fixture
def make(tiny_qwen, chosen):
    made = []

    def build(option, *changes):
        threads = ["threads=1"] if option == "instruct" else []
        settings = chosen(option, f"model={tiny_qwen}", "reasks=0", *threads, *changes)
        part = Assignment(Task.translation, "translation", ("de", "en"), 12, lambda _: None)
        made.append(make_chat(settings, part, offline=option == "instruct"))
        return made[-1]

    yield build
    for backend in made:
        backend.close()


def texts_of(records):
    return [read_answer(record).text for record in records]


def test_the_served_model_says_what_it_says_in_this_process(make, served, loopback, parallel_lines):
    texts = parallel_lines[0][::25]
    local = make("instruct").generate(texts, SHORT)
    remote = make("chat", f"endpoint={served}").generate(texts, SHORT)
    assert remote == local
    assert len(set(texts_of(local))) > 1
    assert all(read_answer(record).cut for record in local)


def test_a_model_that_is_not_served_is_told(make, served, loopback):
    backend = make("chat", f"endpoint={served}", "model=acme/none")
    with pytest.raises(BackendError, match="acme/none"):
        backend.generate(["Der Umsatz stieg."], SHORT)
