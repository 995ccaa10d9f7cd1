"""Folders that somebody filled to do damage: one fault each, and everything else goes on."""

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from pipeline.feed import auto
from pipeline.feed.auto import AutoReader
from pipeline.feed.settings import AutoFeed


def test_pipes_devices_and_links_are_not_read(tmp_path, read, told):
    (tmp_path / "ok.txt").write_text("Der Rat tagt.")
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to(tmp_path / "ok.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    assert told(read(tmp_path)) == [
        "not_a_file dangling",
        "not_a_file fifo",
        "not_a_file link",
        "not_a_file loop",
        "ok",
    ]
    assert told(read(tmp_path / "fi*")) == ["not_a_file fifo"]


def test_a_link_or_a_pipe_that_was_named(tmp_path, read, told):
    (tmp_path / "ok.txt").write_text("Der Rat tagt.")
    (tmp_path / "link").symlink_to(tmp_path / "ok.txt")
    os.mkfifo(tmp_path / "fifo")
    assert told(read(tmp_path / "link")) == ["link"]
    assert told(read(tmp_path / "fifo")) == ["not_a_file fifo"]
    assert told(read("/dev/zero")) == ["not_a_file zero"]


def test_names_that_are_no_utf_8(tmp_path, read):
    (tmp_path / os.fsdecode(b"\xff\n.txt")).write_text("Der Rat tagt.")
    (article,) = read(tmp_path)
    assert article.id == r"\xff\n"
    str(article.place).encode("utf-8")


def test_a_file_that_vanishes(tmp_path, read, told, monkeypatch):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("Der Rat tagt.")
    before = auto.open_file

    def open_file(path, *, follows):
        if path.name == "a.txt":
            path.unlink()
        return before(path, follows=follows)

    monkeypatch.setattr(auto, "open_file", open_file)
    assert told(read(tmp_path)) == ["unreadable_file a.txt", "b"]


READ = """
import sys
from pipeline.feed.auto import AutoReader
from pipeline.feed.settings import AutoFeed
for outcome in AutoReader(AutoFeed(path=sys.argv[1]), "de").read():
    print(getattr(outcome, "reason", outcome.id if hasattr(outcome, "id") else ""))
"""


def test_what_may_not_be_read(tmp_path, without_rights):
    tmp_path.chmod(0o755)
    (tmp_path / "shut").mkdir(mode=0)
    (tmp_path / "shut.txt").write_text("x")
    (tmp_path / "shut.txt").chmod(0)
    (tmp_path / "ok.txt").write_text("Der Rat tagt.")
    result = without_rights(READ, tmp_path)
    assert result.stdout.split() == ["ok", "unreadable_file", "unreadable_file"], result.stderr


def test_half_a_gigabyte_is_not_read(tmp_path, read, told):
    for name, head in (("a.xml", b"<?xml?>"), ("b.json", b'{"a": "'), ("c.txt", b"Der Rat")):
        with (tmp_path / name).open("wb") as stream:
            stream.write(head)
            stream.truncate(500_000_000)
    tracemalloc.start()
    outcomes = read(tmp_path, max_megabytes=2)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told(outcomes) == ["too_large a.xml", "too_large b.json", "too_large c.txt"]
    assert peak < 20_000_000


def test_lines_are_not_bounded(tmp_path, read, told):
    line = b'{"id": "%d", "text": "' + b"Der Rat tagt. " * 20_000 + b'"}\n'
    (tmp_path / "a.dat").write_bytes(line % 1 + line % 2 + line % 3 + line % 4)
    (tmp_path / "b.jsonl").write_bytes(line % 5 + line % 6 + line % 7 + line % 8)
    assert told(read(tmp_path, max_megabytes=1)) == ["1", "2", "3", "4", "5", "6", "7", "8"]


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 1000,
        b"Der Rat\0 tagt." * 100,
        b"<?xml version='1.0'?>" + b"<a>" * 100_000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"id": "a", "text": "x"}' + b"[" * 100_000,
        b"\xff\xfe" + b"\0\xd8" * 100,
        b"\x1f\x8b" + b"\0" * 100,
        b"PK\x03\x04" + b"\xff" * 100,
        b"PK\x05\x06" + b"\xff" * 18,
        b"\xff" * 10_000,
    ],
    ids=range(11),
)
def test_bytes_that_make_no_sense(tmp_path, read, told, content):
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "b.txt").write_text("Der Rat tagt.")
    outcomes = read(tmp_path)
    assert 2 <= len(outcomes) <= 3
    assert all(hasattr(outcome, "reason") for outcome in outcomes[:-1])
    assert outcomes[-1].id == "b"


def test_a_deep_tree(tmp_path, read, told):
    folder = tmp_path
    for _ in range(150):
        folder /= "d"
        folder.mkdir()
    (folder / "a.txt").write_text("Der Rat tagt.")
    assert told(read(tmp_path)) == ["a"]


MANY = """
import sys, tarfile, io, tracemalloc
from pipeline.feed.auto import AutoReader
from pipeline.feed.settings import AutoFeed
class Tar(io.RawIOBase):
    def __init__(self, count): self.left, self.held = count, b""
    def readable(self): return True
    def readinto(self, buffer):
        while not self.held and self.left:
            self.left -= 1
            entry = tarfile.TarInfo(f"{self.left}.jpg"); entry.size = 4
            self.held = entry.tobuf() + b"\\xff\\xd8\\xff\\0".ljust(512, b"\\0")
            if not self.left: self.held += bytes(1024)
        taken = self.held[:len(buffer)]; self.held = self.held[len(taken):]
        buffer[:len(taken)] = taken
        return len(taken)
class Stdin: buffer = io.BufferedReader(Tar(int(sys.argv[1])))
sys.stdin = Stdin
list(AutoReader(AutoFeed(path="-"), "de").read())
Stdin.buffer = io.BufferedReader(Tar(int(sys.argv[1])))
tracemalloc.start()
outcomes = list(AutoReader(AutoFeed(path="-"), "de").read())
print(len(outcomes), tracemalloc.get_traced_memory()[1])
"""


def test_members_are_not_kept():
    peaks = []
    for count in (200, 5000):
        command = [sys.executable, "-c", MANY, str(count)]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        outcomes, peak = map(int, result.stdout.split())
        assert outcomes == 1
        peaks.append(peak)
    assert peaks[1] < peaks[0] + 2_000_000  # headers that were kept take three megabytes


def test_nothing_is_written(tmp_path, read, tarred, monkeypatch):
    (tmp_path / "a.tar.gz").write_bytes(tarred({"a.txt": b"Der Rat tagt."}, "w:gz"))
    tmp_path.chmod(0o555)
    here = set(Path.cwd().iterdir())
    read(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar.gz"]
    assert set(Path.cwd().iterdir()) == here


def test_reading_stops_when_nobody_wants_more(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("Der Rat tagt.")
    reader = AutoReader(AutoFeed(path=str(tmp_path)), "de").read()
    assert next(reader).id == "a"
    reader.close()
