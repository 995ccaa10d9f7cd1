"""The real command in a process of its own: kills, signals, locks, full disks, metrics, retry."""

import json
import os
import random
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.pipeline.desk.conftest import story

ROOT = Path(__file__).parents[3]
STARTS_IN_SECONDS = 60
TEXTS = (
    "Die Werft in Kiel stellt im Frühjahr 200 Leute ein, sagte der Vorstand am Montag.",
    "Das Werk liefert ab Mai vier Fähren nach Oslo. Der Auftrag ist 90 Millionen Euro wert.",
    "Ein Gericht in Lübeck wies die Klage der Gemeinde ab, wie ein Sprecher mitteilte.",
)


KILLED_BY_AND_BY = """
import os, random, signal, sys, time
from pipeline.desk.command import follow
from pipeline.settings import load_settings

settings, rng, killed = load_settings(*sys.argv[2:]), random.Random(7), 0
settings.watch.batch = 1
for _ in range(int(sys.argv[1])):
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        follow(settings, [])
        os._exit(0)
    time.sleep(rng.uniform(0.02, 0.6))
    os.kill(child, signal.SIGKILL)
    killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
print(killed)
"""
"""Imports once, then follows the spool in one process after the other, and kills each."""


class Watch:
    """Starts the command on a spool, with stages that need no model."""

    def __init__(self, folder, caches):
        self.folder, self.spool, self.out = folder, folder / "spool", folder / "out"
        self.spool.mkdir()
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(caches.parent),
            "OMP_NUM_THREADS": "1",
        }

    def overrides(self, out=None):
        return [
            f"feed.path={self.spool}",
            f"output_dir={out or self.out}",
            "stages=[extract]",
            "extractive=lead",
            "abstractive=none",
            "translation=none",
            "languages.target=de",
            "memo=none",
            "offline=true",
            "watch.poll_seconds=0.05",
            "watch.settle_seconds=0.05",
            "watch.status_seconds=0.2",
        ]

    def start(self, *overrides, out=None, **options):
        return self.call("watch", *self.overrides(out), *overrides, **options)

    def killed_by_and_by(self, moments):
        return self.python("-c", KILLED_BY_AND_BY, str(moments), "feed=auto", *self.overrides())

    def call(self, *arguments, **options):
        return self.python("-m", "pipeline", *arguments, **options)

    def python(self, *arguments, **options):
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self._environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def until_idle(self, *overrides, **options):
        return self.end(self.start("watch.until_idle=true", *overrides, **options))

    def end(self, process):
        out, error = process.communicate(timeout=STARTS_IN_SECONDS)
        return process.returncode, out, error

    def wait_for(self, process, is_so):
        deadline = time.monotonic() + STARTS_IN_SECONDS
        while not is_so():
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def deliver(self, name, *records):
        content = "".join(json.dumps(record) + "\n" for record in records)
        (self.spool / f".{name}").write_text(content)
        (self.spool / f".{name}").rename(self.spool / f"{name}.jsonl")

    def status(self):
        try:
            return json.loads((self.out / "status.json").read_text())
        except FileNotFoundError:
            return {"state": None, "counts": {}, "pid": None}

    def briefs(self, out=None):
        folder = (out or self.out) / "briefs"
        return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.json")}


@pytest.fixture
def watch(tmp_path, own_caches):
    return Watch(tmp_path, own_caches)


def test_kills_at_any_moment_lose_and_repeat_nothing(watch, tmp_path):
    rng = random.Random(5)
    for number in range(60):
        records = [
            story(
                f"{number}-{n}", version, text=f"{rng.choice(TEXTS)} Teil {number}-{n}-{version}."
            )
            for n in range(4)
            for version in rng.sample(range(1, 5), 2)
        ]
        if number % 10 == 3:
            records.append(story(f"{number}-0", 9, status="canceled"))
        watch.deliver(f"{number:02}", *records)
        os.utime(watch.spool / f"{number:02}.jsonl", (1_700_000_000 + number,) * 2)
    (watch.spool / "bad.jsonl").write_text("{")
    whole = tmp_path / "whole"
    assert watch.until_idle(out=whole)[0] == 0

    code, killed, error = watch.end(watch.killed_by_and_by(moments=25))
    assert code == 0, error
    assert int(killed) >= 10, error
    assert watch.until_idle()[0] == 0
    found, expected = watch.briefs(), watch.briefs(whole)
    assert {p: (found.get(p), b) for p, b in expected.items() if found.get(p) != b} == {}
    assert len(found) == len(expected) == 240
    with sqlite3.connect(watch.out / "desk.sqlite") as database:
        briefed = "SELECT COUNT(*) FROM stories WHERE brief IS NOT NULL"
        assert database.execute(briefed).fetchone() == (234,)
        made = "SELECT COUNT(*) FROM items WHERE finished IS NOT NULL"
        counted = "SELECT value FROM counters WHERE name = 'briefed'"
        assert database.execute(made).fetchone() == database.execute(counted).fetchone()
    assert not list(watch.out.rglob("*.unfinished"))


def test_sigterm_ends_it_cleanly_and_the_next_start_goes_on(watch):
    watch.deliver("one", story("a"))
    with watch.start() as process:
        watch.wait_for(process, lambda: watch.status()["counts"].get("briefed") == 1)
        locked = watch.until_idle()
        assert locked[0] == 1
        assert "another run is writing there" in locked[2]
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        code, _, error = watch.end(process)
    assert time.monotonic() - began < 5
    assert code == 0
    assert "Traceback" not in error
    assert watch.status()["state"] == "stopped"
    watch.deliver("two", story("b"))
    assert watch.until_idle()[0] == 0
    assert len(watch.briefs()) == 2


def test_metrics_can_be_read_on_loopback_while_it_follows(watch):
    from pytest_socket import enable_socket

    enable_socket()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    watch.deliver("one", story("a"), story("b", embargo="2999-01-01T00:00:00+01:00"))

    def page():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            return answer.read().decode()

    with watch.start(f"watch.metrics_port={port}") as process:
        watch.wait_for(process, lambda: watch.status()["counts"].get("briefed") == 1)
        text = page()
        process.send_signal(signal.SIGINT)
        code, _, error = watch.end(process)
    assert code == 0, error
    assert 'wirebrief_items{state="done"} 1.0' in text
    assert 'wirebrief_items{state="held"} 1.0' in text
    assert 'wirebrief_events_total{event="briefed"} 1.0' in text
    assert "wirebrief_last_poll_timestamp_seconds" in text


def test_retry_takes_up_what_a_changed_setting_mends(watch):
    text = "KIEL (dpa) - Die Größe der Werft wächst weiter, sagte der Vorstand am Montag."
    line = json.dumps({"id": "kiel", "text": text}, ensure_ascii=False)
    (watch.spool / "kiel.jsonl").write_bytes(line.encode("cp1252"))
    assert watch.until_idle()[0] == 0
    assert watch.status()["faults"] == 1
    code, out, error = watch.end(watch.call("retry", f"output_dir={watch.out}"))
    assert (code, out) == (0, "1 files and 0 articles are taken up again\n"), error
    assert watch.briefs() == {}
    changed = ("retry", f"output_dir={watch.out}", "feed.encoding=cp1252")
    code, _, error = watch.end(watch.call(*changed))
    assert code == 0, error
    (brief,) = watch.briefs().values()
    assert "Größe" in json.loads(brief)["extractive"]["text"]
    assert watch.status()["faults"] == 0


def test_a_watch_that_runs_takes_up_what_retry_marks(watch):
    (watch.spool / "bad.jsonl").write_text("{")
    with watch.start() as process:
        watch.wait_for(process, lambda: watch.status().get("faults") == 1)
        code, out, error = watch.end(watch.call("retry", f"output_dir={watch.out}"))
        assert code == 0, error
        assert "the watch that runs there takes it up" in out
        (told,) = (watch.out / "quarantine").glob("*.json")
        watch.wait_for(process, lambda: json.loads(told.read_text())["tries"] == 2)
        process.kill()


def test_a_full_disk_ends_it_with_one_message_and_loses_nothing(watch):
    watch.deliver("one", *[story(str(number)) for number in range(300)])

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    code, _, error = watch.until_idle(preexec_fn=small_disk)
    assert code == 1
    assert "Traceback" not in error
    assert "Make room" in error.splitlines()[-1]
    assert watch.until_idle()[0] == 0
    assert len(watch.briefs()) == 300


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["watch", "feed.path=gone"], "watch follows a folder"),
        (["watch", "feed=hub", "feed.dataset=x"], "watch follows a folder"),
        (["watch", "-m", "feed.path=spool"], "watch is one job"),
        (["watch", "feed.path=spool", "watch.poll_seconds=0"], "watch.poll_seconds"),
        (["watch", "watch.settle=1"], "Did you mean watch.settle_seconds"),
        (["retry", "--all"], "retry takes no '--all'"),
        (["retry", "output_dir=gone"], "no watch has worked here"),
    ],
)
def test_mistakes_are_one_line(watch, arguments, message):
    code, _, error = watch.end(watch.call(*arguments))
    assert code in {1, 2}
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("name", ["watch", "retry"])
def test_help_is_its_own(watch, name):
    code, out, _ = watch.end(watch.call(name, "--help"))
    assert code == 0
    assert out.startswith(f"wirebrief {name}: ")
