"""Log lines go where the settings say, as they say, and only as long as the job lasts."""

import json
import logging
import re
from datetime import datetime

import pytest

from pipeline.errors import ConfigError, FailedRunError
from pipeline.events import event
from pipeline.logs.opening import logged
from pipeline.logs.settings import LogFormat, LogLevel, LogSettings

LOG = logging.getLogger("pipeline.somewhere")
JSON = LogSettings(format=LogFormat.json)
TEXT = "Der Umsatz stieg."


def fail(text):
    raise ValueError(text)


def test_a_json_line_says_when_what_where_and_of_which_article(told):
    with logged(JSON, "out"):
        LOG.warning("it is %d", 7, extra=event("seen", article="ö\n1", seconds=0.5))
    (line,) = told()
    moment = datetime.fromisoformat(line.pop("time"))
    assert abs((datetime.now(moment.tzinfo) - moment).total_seconds()) < 60
    assert line == {
        "level": "warning",
        "event": "seen",
        "message": "it is 7",
        "logger": "pipeline.somewhere",
        "run": "out",
        "article": "ö\n1",
        "seconds": 0.5,
    }


def test_a_line_for_people_is_one_line_whatever_an_id_holds(capfd):
    with logged(LogSettings(), "out"):
        LOG.warning("article %s", "a\n2026-01-01 00:00:00 error: forged\x1b[2J é")
    text = capfd.readouterr().err
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d warning: article a\\n.*é\n", text)
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("settings", "is_watch", "expected"),
    [
        (LogSettings(), False, ["warning", "error"]),
        (LogSettings(), True, ["info", "warning", "error"]),
        (JSON, False, ["info", "warning", "error"]),
        (LogSettings(level=LogLevel.debug), False, ["debug", "info", "warning", "error"]),
        (LogSettings(LogFormat.json, LogLevel.error), True, ["error"]),
    ],
)
def test_levels(settings, is_watch, expected, capfd):
    names = ["debug", "info", "warning", "error"]
    with logged(settings, "out", is_watch=is_watch):
        for name in names:
            LOG.log(getattr(logging, name.upper()), "said")
    lines = capfd.readouterr().err.splitlines()
    assert [next(name for name in names if name in line) for line in lines] == expected


def test_a_file_gets_json_behind_what_it_holds(tmp_path, capfd):
    path = tmp_path / "log.jsonl"
    path.write_text('{"old": 1}\n')
    with logged(LogSettings(file=str(path)), "out"):
        LOG.info("said")
        LOG.debug("not said")
    assert capfd.readouterr().err == ""
    old, line = map(json.loads, path.read_text().splitlines())
    assert old == {"old": 1}
    assert (line["message"], line["run"]) == ("said", "out")


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    path = tmp_path / "nowhere" / "log.jsonl"
    with (
        pytest.raises(ConfigError, match=r"log.file=.*No such file.*Name a file"),
        logged(LogSettings(file=str(path)), "out"),
    ):
        pass


def test_afterwards_all_is_as_it_was(capfd):
    root, own = logging.getLogger(), logging.getLogger("pipeline")
    before = list(root.handlers), own.level
    with pytest.raises(KeyError), logged(JSON, "out"):
        raise KeyError("x")
    assert (list(root.handlers), own.level) == before


def test_where_an_error_arose_is_told_and_not_its_message(told):
    with logged(JSON, "out"):
        try:
            fail(TEXT)
        except ValueError:
            LOG.exception("it failed")
    (line,) = told()
    assert (line["message"], line["error"]) == ("it failed", "ValueError")
    assert re.fullmatch(r"tests/pipeline/logs/test_opening.py:\d+ fail", line["trace"][-1])
    assert TEXT not in json.dumps(line, ensure_ascii=False)


def test_an_error_is_one_line_for_people(capfd):
    with logged(LogSettings(), "out"):
        try:
            fail(TEXT)
        except ValueError:
            LOG.exception("it failed")
    text = capfd.readouterr().err
    assert text.count("\n") == 1
    assert re.search(r"it failed \(ValueError at tests/.*\.py:\d+ fail\)$", text)


def test_messages_of_libraries_are_withheld(told):
    with logged(JSON, "out"):
        logging.getLogger("urllib3").warning("cannot send %s", TEXT)
        logging.getLogger("urllib3").info("sent %s", TEXT)
    (line,) = told()
    assert line["logger"] == "urllib3"
    assert line["message"].startswith("urllib3 says something at test_opening:")
    assert TEXT not in line["message"]


def test_how_a_job_failed_is_the_last_line(told):
    with pytest.raises(FailedRunError), logged(JSON, "out"):
        raise FailedRunError(f"half of it ({TEXT})")
    with pytest.raises(KeyboardInterrupt), logged(JSON, "out"):
        raise KeyboardInterrupt
    failed, stopped = told()
    assert (failed["event"], failed["error"], failed["level"]) == (
        "run_failed",
        "FailedRunError",
        "error",
    )
    assert TEXT not in json.dumps(failed)
    assert (stopped["event"], stopped["level"]) == ("run_stopped", "info")


def test_the_command_says_that_itself_to_people(capfd):
    with pytest.raises(FailedRunError), logged(LogSettings(level=LogLevel.debug), "out"):
        raise FailedRunError("half of it")
    assert capfd.readouterr().err == ""
