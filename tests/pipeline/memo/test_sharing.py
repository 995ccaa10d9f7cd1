"""Processes that share a memo make each output once, whatever happens to one of them."""

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing

import pytest

from pipeline.backend import Decoding
from pipeline.memo.memoised import MemoisedBackend
from pipeline.memo.opening import DESK_PATIENCE, RUN_PATIENCE, make_store
from pipeline.memo.settings import NoMemo, SqliteMemo
from pipeline.memo.store import NoStore, SqliteStore
from pipeline.stage import Effort

DECODING = Decoding(max_tokens=10_000)
MAKER = """
import json, sys, time
from pathlib import Path
from pipeline.backend import Decoding
from pipeline.memo.memoised import MemoisedBackend
from pipeline.memo.store import SqliteStore
from pipeline.stage import Effort

path, numbers, hangs, patience = json.loads(sys.argv[1])

class Slow:
    model, engine, max_source_tokens = "slow", "letters", 512
    model_bytes, effort = None, Effort()
    def fingerprint(self):
        return "slow 1"
    def generate(self, texts, decoding, advance=None, keep=None):
        print(json.dumps(texts), flush=True)
        time.sleep(1000 if hangs else 0.01 * len(texts))
        return [text.upper() for text in texts]

store = SqliteStore(Path(path), 100, patience)
store.open()
print("ready", flush=True)
sys.stdin.readline()
memo = MemoisedBackend(Slow(), store, chunk_characters=30)
texts = [f"text {n:04}" for n in numbers]
assert memo.generate(texts, Decoding(max_tokens=10_000)) == [text.upper() for text in texts]
store.close()
print(json.dumps({"made": memo.usage.made, "reused": memo.usage.reused}), flush=True)
"""


@pytest.fixture
def maker(path) -> Callable[..., subprocess.Popen]:
    """Start processes that make the capitals of numbered texts, three at a time."""
    with ExitStack() as stack:

        def start(numbers, *, hangs=False, patience=60.0):
            command = [
                sys.executable, "-c", MAKER, json.dumps([str(path), list(numbers), hangs, patience])
            ]  # fmt: skip
            process = stack.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
                )
            )
            stack.callback(process.kill)
            assert process.stdout.readline() == "ready\n"
            return process

        yield start


def go(*processes):
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()


def ended(process):
    """Return the texts that a process has made, and its usage, when it has ended."""
    *calls, usage = [json.loads(line) for line in process.stdout]
    assert process.wait() == 0
    return [text for call in calls for text in call], usage


def test_three_processes_make_each_output_once(maker):
    makers = [maker(range(60)) for _ in range(3)]
    go(*makers)
    results = [ended(process) for process in makers]
    made = Counter(text for texts, _ in results for text in texts)
    assert made == Counter(f"text {n:04}" for n in range(60))
    assert sum(usage["made"] for _, usage in results) == 60
    assert [usage["made"] + usage["reused"] for _, usage in results] == [60, 60, 60]


def test_opposite_orders_do_not_block_each_other(maker):
    makers = [maker(range(60)), maker(reversed(range(60)))]
    go(*makers)
    results = [ended(process) for process in makers]
    assert sum(usage["made"] for _, usage in results) == 60
    assert all(texts for texts, _ in results)


def test_what_a_killed_process_was_making_is_taken_over(maker):
    killed, other = maker(range(30), hangs=True), maker(range(30))
    go(killed)
    begun = json.loads(killed.stdout.readline())
    go(other)
    first = [text for _ in range(9) for text in json.loads(other.stdout.readline())]
    assert sorted(first + begun) == [f"text {n:04}" for n in range(30)]
    assert other.poll() is None  # it waits for the three that the first one has begun
    killed.send_signal(signal.SIGKILL)
    texts, usage = ended(other)
    assert texts == begun
    assert usage == {"made": 30, "reused": 0}


def test_a_process_that_hangs_is_waited_for_no_longer_than_patience(maker):
    hangs, other = maker(range(12), hangs=True), maker(range(12), patience=0.3)
    go(hangs)
    hangs.stdout.readline()
    go(other)
    texts, usage = ended(other)
    assert len(texts) == len(set(texts)) == usage["made"] == 12
    assert hangs.poll() is None


def test_without_patience_nothing_is_waited_for(maker):
    hangs, other = maker(range(3), hangs=True), maker(range(3), patience=0)
    go(hangs)
    hangs.stdout.readline()
    go(other)
    assert ended(other)[1] == {"made": 3, "reused": 0}


class Upper:
    model, engine, max_source_tokens = "upper", "letters", 512
    model_bytes = None

    def __init__(self):
        self.effort = Effort()
        self.sizes = []

    def fingerprint(self):
        return "upper 1"

    def generate(self, texts, decoding, advance=None, keep=None):
        self.sizes.append(sum(map(len, texts)))
        return [text.upper() for text in texts]


def test_chunks_are_small_only_while_others_may_wait(path, maker):
    texts = [f"{n:01000}" for n in range(200)]
    with closing(SqliteStore(path, 100)) as store:
        alone, beside = Upper(), Upper()
        MemoisedBackend(alone, store).generate(texts[:100], DECODING)
        other = maker([])
        assert not store.alone
        MemoisedBackend(beside, store).generate(texts[100:], DECODING)
        other.kill()
        other.wait()
        assert store.alone
    assert alone.sizes == [100_000]
    assert max(beside.sizes) <= 1 << 14
    assert sum(beside.sizes) == 100_000


def test_a_failure_gives_the_claims_back(path, maker):
    class Broken(Upper):
        def generate(self, texts, decoding, advance=None, keep=None):
            raise ValueError("broken")

    with closing(SqliteStore(path, 100)) as store:
        broken = Broken()
        broken.fingerprint = lambda: "slow 1"
        with pytest.raises(ValueError, match="broken"):
            MemoisedBackend(broken, store).generate(["text 0000"], DECODING)
        other = maker(range(1))
        go(other)
        assert ended(other)[1] == {"made": 1, "reused": 0}


def test_no_memo_claims_nothing():
    store = NoStore()
    with store.claimed([b"a", b"b"]) as first, store.claimed([b"a"]) as second:
        assert (first, second) == ([b"a", b"b"], [b"a"])
    assert store.alone


def test_the_settings_decide_how_long_is_waited_before_the_kind_of_work_does(tmp_path):
    assert DESK_PATIENCE < RUN_PATIENCE
    for settings, usual, patience in (
        (SqliteMemo(), DESK_PATIENCE, DESK_PATIENCE),
        (SqliteMemo(patience_seconds=0), RUN_PATIENCE, 0),
        (SqliteMemo(patience_seconds=9), DESK_PATIENCE, 9),
        (NoMemo(), RUN_PATIENCE, 0),
    ):
        assert make_store(settings, tmp_path, usual).patience_seconds == patience
