"""Several processes use one file at once, and any of them may be killed at any moment."""

import multiprocessing
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from pipeline.memo.store import SqliteStore

SPAWN = multiprocessing.get_context("spawn")
BATCH = 200
WRITER = """
import sys
from hashlib import sha256
from pathlib import Path
from pipeline.memo.store import SqliteStore
store = SqliteStore(Path(sys.argv[1]), 100)
start = int(sys.argv[2])
while True:
    numbers = range(start, start + 200)
    store.put_many([(sha256(str(n).encode()).digest(), f"output {n} " * 20) for n in numbers])
    print(start, flush=True)
    start += 200
"""


def key(number: int) -> bytes:
    return sha256(str(number).encode()).digest()


def write_and_read(path: Path, worker: int, batches: int, queue) -> None:
    """Write own outputs, read everybody's, opening and closing the file for each batch."""
    wrong = 0
    for batch in range(batches):
        with closing(SqliteStore(path, 100)) as store:
            numbers = range(batch * BATCH, (batch + 1) * BATCH)
            mine = [n for n in numbers if n % 4 == worker]
            store.put_many((key(n), f"output {n}") for n in mine)
            found = store.get_many([key(n) for n in numbers])
            wrong += sum(found[key(n)] != f"output {n}" for n in numbers if key(n) in found)
            wrong += sum(key(n) not in found for n in mine)
    queue.put(wrong)


def test_four_processes_read_and_write_one_file(tmp_path):
    path = tmp_path / "memo.sqlite"
    queue = SPAWN.Queue()
    workers = [
        SPAWN.Process(target=write_and_read, args=(path, worker, 15, queue)) for worker in range(4)
    ]
    for worker in workers:
        worker.start()
    wrong = [queue.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert wrong == [0, 0, 0, 0]
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    with closing(SqliteStore(path, 100)) as store:
        assert store.inspect().entries == 15 * BATCH
    assert not list(tmp_path.glob("*.damaged-*"))


def test_a_killed_writer_loses_no_finished_batch_and_damages_nothing(tmp_path):
    path = tmp_path / "memo.sqlite"
    chance = random.Random(7)
    done: set[int] = set()
    for attempt in range(4):
        start = attempt * 1_000_000
        command = [sys.executable, "-c", WRITER, str(path), str(start)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            writer.stdout.readline()
            done.add(start)
            time.sleep(chance.uniform(0.01, 0.2))
            writer.send_signal(signal.SIGKILL)
            done.update(int(line) for line in writer.stdout.read().split("\n")[:-1] if line)
        with closing(SqliteStore(path, 100)) as store:
            for first in done:
                numbers = range(first, first + BATCH)
                found = store.get_many([key(n) for n in numbers])
                assert found == {key(n): f"output {n} " * 20 for n in numbers}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list(tmp_path.glob("*.damaged-*"))
    assert len(done) > 8
