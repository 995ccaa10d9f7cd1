"""What a run says when it cannot go on, and that the next one uses what was made."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "data" / "wire-sample.jsonl"


@pytest.fixture
def command(tmp_path, own_caches):
    """Return the arguments and environment of a run of the real command with the starters."""

    def build(*overrides, out="out", memo="memo.sqlite"):
        arguments = [
            sys.executable,
            "-m",
            "pipeline",
            f"feed.path={SAMPLE}",
            "feed.limit=12",
            f"output_dir={tmp_path / out}",
            f"memo.path={tmp_path / memo}" if memo else "memo=none",
            "executor.window=4",
            "scoring.samples=50",
            "offline=true",
            *overrides,
        ]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(own_caches.parent),
        }
        return {"args": arguments, "env": environment, "cwd": tmp_path, "text": True}

    return build


def finish(built):
    return subprocess.run(**built, capture_output=True, check=False)


def remembered(path):
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as memo:
            return memo.execute("SELECT COUNT(*) FROM outputs").fetchone()[0]
    except sqlite3.Error:
        return 0


def test_a_killed_run_goes_on_where_it_stopped(command, tmp_path):
    whole = finish(command(out="whole", memo="other.sqlite"))
    assert whole.returncode == 0, whole.stderr

    with subprocess.Popen(
        **command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        deadline = time.monotonic() + 60
        while not remembered(tmp_path / "memo.sqlite"):
            assert time.monotonic() < deadline
            assert running.poll() is None, "it ended before it could be killed"
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
    assert not (tmp_path / "out" / "run.json").exists()
    known = remembered(tmp_path / "memo.sqlite")

    again = finish(command())
    assert again.returncode == 0, again.stderr
    counts = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["counts"]
    assert counts["stages"]["translate"]["reused"] >= known > 0
    for name in ("briefs.jsonl", "faults.jsonl", "scores.json"):
        ours, theirs = tmp_path / "out" / name, tmp_path / "whole" / name
        assert ours.read_bytes() == theirs.read_bytes()
    assert not list((tmp_path / "out").glob(".unfinished*"))


def test_a_full_disk_is_one_message_and_older_results_stay(command, tmp_path):
    assert finish(command("feed.limit=2")).returncode == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    result = subprocess.run(
        **command(memo=None), preexec_fn=small_disk, capture_output=True, check=False
    )
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stderr.count("wirebrief: ") == 1
    assert "Make room" in result.stderr
    assert "Traceback" not in result.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_ctrl_c_stops_cleanly(command, tmp_path):
    with subprocess.Popen(**command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        deadline = time.monotonic() + 60
        while not remembered(tmp_path / "memo.sqlite"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "goes on where it stopped" in errors
    assert "Traceback" not in errors
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("overrides", "status", "message"),
    [
        (("feed.path=nowhere.jsonl",), 2, "no such file"),
        (("translation.model=acme/nothing",), 2, "not in the local cache, and offline=true"),
        (("translation.model=./nothing",), 2, "there is no such folder"),
        (("output_dir=taken/out",), 2, "taken is a file, so results cannot be written"),
        (("output_dir=taken",), 2, "taken is a file, so results cannot be written"),
        (("output_dir=",), 2, "output_dir is empty"),
        (("memo.path=taken/memo",), 2, "memo=none"),
    ],
)
def test_mistakes_are_one_message_with_a_status(command, tmp_path, overrides, status, message):
    (tmp_path / "taken").write_text("a file, not a folder")
    result = finish(command(*overrides))
    assert result.returncode == status
    assert message in result.stderr
    assert result.stderr.count("wirebrief: ") == 1
    assert "Traceback" not in result.stderr


def test_too_many_faults_are_told_and_written(command, tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "a"}\n{"id": "b", "text": "Der Umsatz stieg um 3 Prozent."}\n')
    result = finish(command(f"feed.path={feed}"))
    assert result.returncode == 1
    assert "50% of the articles became faults" in result.stderr
    assert (tmp_path / "out" / "faults.jsonl").read_text("utf-8").count("\n") == 1


def test_an_empty_feed_is_told(command, tmp_path):
    (tmp_path / "feed.jsonl").write_text("")
    result = finish(command("feed.path=feed.jsonl"))
    assert result.returncode == 1
    assert "the feed holds no article" in result.stderr
