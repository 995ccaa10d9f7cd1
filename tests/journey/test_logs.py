"""What a run says while it goes on: ids, counts and times, and not a word of an article."""

import contextlib
import json
import logging
from dataclasses import replace

import pytest

from pipeline.errors import BackendError, FailedRunError
from pipeline.events import unquoted
from pipeline.execution.passing import StageCounts, pass_window
from pipeline.journey import run_in_terminal
from pipeline.logs.opening import logged
from pipeline.logs.settings import LogFormat, LogLevel, LogSettings
from pipeline.records import Article, Block, Draft, Fault, Place
from pipeline.stage import Usage

CANARY = "Kanarienquark"


@pytest.fixture
def logs(tiny, tmp_path, capfd):
    """Run, and return the lines as objects."""

    def of(*overrides, feed):
        settings = tiny("log.format=json", "log.level=debug", *overrides, feed=feed)
        with contextlib.suppress(FailedRunError):
            run_in_terminal(settings)
        return [json.loads(line) for line in capfd.readouterr().err.splitlines()]

    return of


def write(path, records):
    path.write_text("\n".join(records), encoding="utf-8")
    return path


def test_no_word_of_an_article_is_logged(logs, tmp_path, article, german):
    story = f"{CANARY} meldet: {german} {CANARY} {CANARY} {CANARY} {CANARY}."
    english = f"The {CANARY} said so. " + "The company said on Tuesday that sales had risen. " * 5
    records = [
        json.dumps(article("good", story, title=f"{CANARY} im Titel")),
        f'{{"id": "cut", "text": "Der {CANARY}',
        f'{{"id": "no-text", "title": "{CANARY}"}}',
        f'["{CANARY}"]',
        f'{{"id": "odd", "text": {{"{CANARY}": 1}}}}',
        json.dumps(article("english", english, language="de")),
        json.dumps(article("killed", story, status="canceled")),
        json.dumps(article("subhead", f"{CANARY}\n\n{CANARY}")),
        json.dumps(article("long", f"Der {CANARY} stieg, " * 60 + "und sank.")),
        json.dumps(article("good", story)),
    ]
    path = write(tmp_path / "feed.jsonl", records)
    once = ("translation.retries=1", "abstractive.retries=0")  # random models need many retries
    lines = logs(f"feed.path={path}", *once, feed=None)
    text = json.dumps(lines, ensure_ascii=False)
    assert CANARY.casefold() not in text.casefold()
    events = {line["event"] for line in lines}
    assert {"run_started", "window_done", "briefed", "fault", "set_aside"} < events
    assert {"retry", "run_ended"} < events
    ended = next(line for line in lines if line["event"] == "run_ended")
    faults = [line for line in lines if line["event"] == "fault"]
    assert ended["faults"] == len(faults) == 5
    assert ended["articles"] == 10
    assert {fault["reason"] for fault in faults} >= {"unreadable_record", "other_language"}
    assert f"{path}:2" in {fault["place"] for fault in faults}
    assert all(line["run"] == str(tmp_path / "out") for line in lines)


def test_a_run_that_fails_says_so_at_the_end(logs, article):
    lines = logs(feed=[article("a", ""), article("b", "")])
    assert (lines[-1]["event"], lines[-1]["error"]) == ("run_failed", "FailedRunError")


def test_people_hear_of_nothing_but_trouble(tiny, article, german, capfd):
    run_in_terminal(tiny(feed=[article("a", german)]))
    shown = capfd.readouterr().err.splitlines()
    assert shown
    assert all("articles, " in line and " s after the start" in line for line in shown)


class Quoting:
    """A stage with a defect: it fails, and quotes the article."""

    name, usage = "translate", Usage()

    def process(self, drafts, advance):
        if len(drafts) > 1 or drafts[0].article.id == "b":
            raise KeyError(drafts[-1].article.blocks[0].text)
        return [replace(draft) for draft in drafts]


@pytest.mark.parametrize("form", LogFormat)
def test_a_defect_is_told_without_what_it_quotes(form, capfd):
    articles = [Article(name, (Block(CANARY),), Place("feed", 1)) for name in "ab"]
    window = [Draft(article, position=place) for place, article in enumerate(articles)]
    with logged(LogSettings(form, LogLevel.debug), "out"):
        kept, fault = pass_window(Quoting(), window, lambda _: None, StageCounts())
    assert isinstance(kept, Draft)
    assert isinstance(fault, Fault)
    text = capfd.readouterr().err
    assert CANARY not in text
    assert "KeyError at tests/journey/test_logs.py" in text
    if form is LogFormat.json:
        told = [json.loads(line) for line in text.splitlines()]
        (failed,) = (line for line in told if line["event"] == "stage_failed")
        assert (failed["articles"], failed["stage"]) == (["a", "b"], "translate")


def test_what_others_said_is_cut_off():
    error = BackendError(f"http://x/v1: the server refuses the request (400: {CANARY}). Check it.")
    assert unquoted(error) == "http://x/v1: the server refuses the request"


def test_from_python_nothing_is_set_up(tiny, article, german, capfd):
    from pipeline import run

    before = list(logging.getLogger().handlers)
    run(tiny(feed=[article("a", german)]))
    assert list(logging.getLogger().handlers) == before
    assert capfd.readouterr().err == ""
