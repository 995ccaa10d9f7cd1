"""A server that answers badly, slowly, too often or not at all."""

import pickle
import re
import sys
import threading
import time

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.chat.answers import read_answer
from pipeline.backends.chat.loading import Assignment, make_chat
from pipeline.errors import BackendError, ConfigError

DECODING = Decoding(beams=1, max_tokens=64)
TEXT = "Der Umsatz stieg im Jahr um drei Prozent."
GOOD = "Sales rose by three percent."


def answer(text, finish="stop"):
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return 200, {}, {"id": "1", "object": "chat.completion", "choices": [choice]}


def fails(status, message="no", code=None):
    return status, {}, {"error": {"message": message, "code": code}}


@pytest.fixture
def make(script, chosen, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    made = []

    def build(*changes):
        settings = chosen("chat", f"endpoint={script.address}", "retries=1", *changes)
        part = Assignment(Task.translation, "translation", ("de", "en"), 64)
        made.append(make_chat(settings, part, offline=False))
        return made[-1]

    yield build
    for backend in made:
        backend.close()


@pytest.fixture
def ask(make):
    def one(*changes):
        (record,) = make(*changes).generate([TEXT], DECODING)
        return read_answer(record)

    return one


def test_a_request_says_what_the_settings_say(ask, script):
    assert ask().text == GOOD
    (body,) = script.bodies
    assert body["model"] == "m"
    assert (body["temperature"], body["seed"], body["max_tokens"]) == (0, 1, 64)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert script.asked() == [TEXT]


def test_tokens_are_those_that_the_server_counts(make, script):
    usage = {"prompt_tokens": 40, "completion_tokens": 7, "total_tokens": 47}
    script.respond = lambda *_: (200, {}, answer(GOOD)[2] | {"usage": usage})
    backend = make()
    backend.generate([TEXT, TEXT, ""], DECODING)
    effort = backend.effort
    assert (effort.source_tokens, effort.target_tokens) == (80, 14)
    assert effort.padded_tokens is None
    assert effort.seconds > 0


def test_tokens_that_the_server_does_not_count_are_not_known(make, script):
    backend = make()
    backend.generate([TEXT], DECODING)
    assert backend.effort.source_tokens is backend.effort.target_tokens is None


def test_what_a_server_does_not_know_can_be_left_out(ask, script):
    ask(
        "temperature=null",
        "seed=null",
        "limit_parameter=max_completion_tokens",
        "thinking_tokens=100",
        "extra_body.chat_template_kwargs.enable_thinking=false",
    )
    (body,) = script.bodies
    assert not {"temperature", "seed", "max_tokens"} & set(body)
    assert body["max_completion_tokens"] == 164
    assert body["chat_template_kwargs"] == {"enable_thinking": False}


@pytest.mark.parametrize(
    "bad", [answer(""), answer("I'm sorry, but I can't help with that."), answer(TEXT)]
)
def test_a_useless_answer_is_asked_for_again_a_little_warmer(ask, script, bad):
    script.respond = lambda body, count: answer(GOOD) if count else bad
    found = ask()
    assert (found.text, found.problem) == (GOOD, None)
    assert [(body["temperature"], body["seed"]) for body in script.bodies] == [(0, 1), (0.3, 2)]


def test_an_answer_that_stays_useless_is_none_and_says_why(ask, script):
    script.respond = lambda body, count: answer("I cannot translate this text.")
    found = ask("reasks=1")
    assert found.text == ""
    assert found.problem == "the model refuses: I cannot translate this text."
    assert found.lasting
    assert len(script.bodies) == 2


def test_a_cut_answer_is_asked_for_again_and_kept_if_there_is_no_better(ask, script, make):
    script.respond = lambda body, count: answer("Sales rose by", "length")
    found = ask("reasks=1")
    assert (found.text, found.cut, found.problem) == ("Sales rose by", True, None)
    assert make().hit_limit([found.record()], DECODING) == [True]
    script.respond = lambda body, count: answer("", "stop")
    script.bodies.clear()
    script.respond = lambda body, count: answer("") if count else answer("Sales rose by", "length")
    assert ask("reasks=1").text == "Sales rose by"
    script.bodies.clear()
    script.respond = lambda body, count: answer(GOOD) if count else answer("Sales rose", "length")
    assert ask("reasks=1").text == GOOD


@pytest.mark.parametrize("trouble", [fails(500), fails(503), fails(429)])
def test_a_passing_trouble_is_waited_out(ask, script, trouble):
    status, _, content = trouble
    hurry = {"Retry-After-Ms": "20"}
    script.respond = lambda body, count: answer(GOOD) if count else (status, hurry, content)
    assert ask().text == GOOD
    assert len(script.bodies) == 2


def test_a_server_that_says_when_to_come_back_is_heard(ask, script):
    wait = (429, {"Retry-After": "1"}, {"error": {"message": "slowly"}})
    script.respond = lambda body, count: answer(GOOD) if count else wait
    started = time.monotonic()
    assert ask().text == GOOD
    assert time.monotonic() - started >= 1


def test_trouble_with_one_text_hurts_that_text_only_and_is_not_remembered(make, script):
    def respond(body, count):
        bad = "schlimm" in body["messages"][-1]["content"]
        return fails(500, "out of memory") if bad else answer(GOOD)

    script.respond = respond
    records = make("retries=0").generate([TEXT, "Es ist schlimm.", TEXT + " "], DECODING)
    first, bad, last = map(read_answer, records)
    assert (first.text, last.text) == (GOOD, GOOD)
    assert bad.problem == "the server answers 500 (out of memory)"
    assert not bad.lasting


def test_a_server_that_only_fails_ends_the_run(make, script):
    script.respond = lambda body, count: fails(503, "loading")
    texts = [f"{TEXT} {number}" for number in range(200)]
    with pytest.raises(BackendError, match=r"5 requests in a row failed.*503.*in the memo"):
        make("retries=0", "concurrency=2").generate(texts, DECODING)
    assert len(script.bodies) < 10


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (fails(401, "Incorrect API key provided: sk-1"), "refuses the key .401.* OPENAI_API_KEY"),
        (fails(404, "model 'm' not found"), "knows no model 'm'"),
        (fails(429, "quota"), "too many requests.*requests_per_minute"),
        (fails(400, "temperature is not supported"), "temperature is not supported.*null sends"),
        ((200, {}, {"hello": 1}), "not as OpenAI's chat completions.*/v1"),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "not as OpenAI's chat completions"),
    ],
)
def test_what_concerns_every_request_ends_the_run(ask, script, response, message):
    script.respond = lambda body, count: response
    with pytest.raises(BackendError, match=message):
        ask("retries=0")
    assert len(script.bodies) == 1


def test_a_filter_refuses_one_text(ask, script):
    script.respond = lambda body, count: fails(400, "filtered", "content_filter")
    found = ask("retries=0")
    assert "filter refuses the text" in found.problem
    assert found.lasting
    script.respond = lambda body, count: answer("", "content_filter")
    assert "filter withheld" in ask().problem


def test_nobody_at_home(make, script):
    script.close()
    with pytest.raises(BackendError, match=r"cannot be reached.*tried 1 times. Start the server"):
        make("retries=0").generate([TEXT], DECODING)


def test_a_slow_server_is_not_waited_for(ask, script):
    slow = threading.Event()
    script.respond = lambda body, count: slow.wait(5) or answer(GOOD)
    found = ask("timeout=0.2", "retries=0")
    slow.set()
    assert found.problem == "no answer came within 0.2 s"


def test_so_many_at_once_and_no_more(make, script):
    def respond(body, count):
        time.sleep(0.03)
        return answer(GOOD)

    script.respond = respond
    heard = []
    texts = [f"{TEXT} {number}" for number in range(12)]
    make("concurrency=3").generate(texts, DECODING, heard.append)
    assert script.most_at_once == 3
    assert sum(heard) == 12


def test_so_many_a_minute_and_no_more(make):
    started = time.monotonic()
    make("requests_per_minute=600").generate([TEXT, "Umsatz", "Gewinn", "Verlust"], DECODING)
    assert time.monotonic() - started >= 0.3


def test_answers_come_back_in_order(make, script):
    def respond(body, count):
        text = re.search(r"Text (\d+)", body["messages"][-1]["content"]).group(1)
        time.sleep(0.02 * (int(text) % 3))
        return answer(f"Item {text}")

    script.respond = respond
    records = make().generate([f"Text {number}" for number in range(9)], DECODING)
    assert [read_answer(record).text for record in records] == [f"Item {n}" for n in range(9)]


def test_blank_texts_are_not_asked_for(make, script):
    heard = []
    records = make().generate(["", " \n"], DECODING, heard.append)
    assert [read_answer(record).text for record in records] == ["", ""]
    assert (sum(heard), script.bodies) == (2, [])


def test_a_key_goes_to_the_server_and_a_dummy_if_there_is_none(ask, script, monkeypatch):
    ask()
    monkeypatch.setenv("MY_KEY", "sk-mine")
    ask("key_variable=MY_KEY")
    assert script.keys == ["Bearer none", "Bearer sk-mine"]


def test_a_key_that_the_server_repeats_is_masked(ask, script, monkeypatch):
    monkeypatch.setenv("MY_KEY", "sk-mine")
    script.respond = lambda body, count: fails(422, "what is Bearer sk-mine")
    with pytest.raises(BackendError, match=r"Bearer \*\*\*"):
        ask("key_variable=MY_KEY")


def test_a_proxy_does_not_come_between_this_machine_and_itself(ask, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask().text == GOOD


def test_the_fingerprint_knows_what_changes_answers_and_no_more(make, script):
    plain = make().fingerprint()
    same = ("concurrency=2", "timeout=7", "retries=3", "requests_per_minute=99")
    assert make(*same, "endpoint=http://localhost:1/v1", "key_variable=null").fingerprint() == plain
    changes = ("model=n", "revision=2", "temperature=0.5", "seed=2", "reasks=1", "user='{text}'")
    others = {make(change).fingerprint() for change in (*changes, "extra_body.top_p=0.9")}
    assert len(others | {plain}) == 8
    assert script.address not in plain


def test_a_text_that_does_not_fit_is_refused(make):
    backend = make("context_tokens=600")
    assert 64 <= backend.max_source_tokens < 300
    with pytest.raises(ValueError, match="exceed"):
        backend.generate(["Umsatz " * 200], DECODING)


def test_a_context_without_room_is_told(make):
    with pytest.raises(ConfigError, match=r"context_tokens=256.*Raise context_tokens"):
        _ = make("context_tokens=256").max_source_tokens


def test_without_the_library_the_extra_is_named(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(BackendError, match=r"pip install 'wirebrief\[chat\]'"):
        make()


def test_an_endpoint_travels_to_other_processes(make):
    backend = make()._speaker
    assert pickle.loads(pickle.dumps(backend)).identity() == backend.identity()
