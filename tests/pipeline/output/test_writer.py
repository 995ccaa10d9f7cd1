"""A run's files appear whole or not at all, and two runs do not mix."""

import json
import logging
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from evaluation.score import Score
from pipeline.errors import OutputError
from pipeline.output.writer import FILES, RunWriter

SCORES = [Score("abstractive.rouge1.f", 0.25, 0.2, 0.3, 2, "stem:yes")]


def write_all(writer, outcomes):
    for outcome in outcomes:
        writer.write(outcome)


def commit(folder, ledger, outcomes, report=None):
    with RunWriter(folder) as writer:
        write_all(writer, outcomes)
        faults = sum(hasattr(outcome, "reason") for outcome in outcomes)
        writer.commit(ledger(len(outcomes), faults), SCORES, report)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def numbered(draft, count):
    return [
        replace(draft, article=replace(draft.article, id=f"x-{number}"), position=number)
        for number in range(count)
    ]


def test_all_files_of_a_run(tmp_path, ledger, draft, fault):
    def report(folder):
        assert lines(folder / "briefs.jsonl")
        assert json.loads((folder / "run.json").read_text(encoding="utf-8"))
        (folder / "report.html").write_text("<p>")

    commit(tmp_path / "out", ledger, [draft, fault, draft], report)
    assert set(contents(tmp_path / "out")) == set(FILES)
    assert len(lines(tmp_path / "out" / "briefs.jsonl")) == 2
    assert lines(tmp_path / "out" / "faults.jsonl")[0]["reason"] == "unreadable_record"
    assert json.loads((tmp_path / "out" / "scores.json").read_text(encoding="utf-8")) == [
        {
            "name": "abstractive.rouge1.f",
            "value": 0.25,
            "low": 0.2,
            "high": 0.3,
            "count": 2,
            "signature": "stem:yes",
        }
    ]


def test_the_same_briefs_are_the_same_bytes(tmp_path, ledger, draft, fault):
    outcomes = [*numbered(draft, 700), fault]
    commit(tmp_path / "a", ledger, outcomes)
    commit(tmp_path / "b", ledger, outcomes)
    first, second = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert first.pop("run.json")
    assert second.pop("run.json")
    assert first == second


def test_the_table_holds_what_the_lines_hold(tmp_path, ledger, draft):
    bare = replace(draft, translation=None, extract=None, abstract=None, scores=None, sentences=())
    commit(tmp_path, ledger, [bare, *numbered(draft, 501)])
    table = pq.read_table(tmp_path / "briefs.parquet")
    found = table.to_pylist()
    for row in found:
        for name in ("scores", "made_by", "extra"):
            row[name] = json.loads(row[name])
    assert found == lines(tmp_path / "briefs.jsonl")
    assert pq.ParquetFile(tmp_path / "briefs.parquet").num_row_groups == 2


def test_the_schema_does_not_depend_on_the_briefs(tmp_path, ledger, draft, fault):
    bare = replace(draft, translation=None, extract=None, abstract=None, scores=None, sentences=())
    commit(tmp_path / "full", ledger, [draft])
    commit(tmp_path / "bare", ledger, [bare])
    commit(tmp_path / "none", ledger, [fault])
    schemas = [
        pq.read_schema(tmp_path / name / "briefs.parquet") for name in ("full", "bare", "none")
    ]
    assert schemas[0] == schemas[1] == schemas[2]
    assert pq.read_table(tmp_path / "none" / "briefs.parquet").num_rows == 0
    assert (tmp_path / "none" / "briefs.jsonl").read_bytes() == b""


def test_values_that_json_or_utf8_cannot_hold(tmp_path, ledger, draft):
    extra = {"nan": float("nan"), "list": [float("inf"), 1.5], "half": "\ud83d", "nul": "a\0b"}
    article = replace(draft.article, id="half \ud83d", extra=extra, version=10**30)
    hostile = replace(draft, article=article, scores={"x": float("nan")})
    commit(tmp_path, ledger, [hostile, draft])
    text = (tmp_path / "briefs.jsonl").read_text(encoding="utf-8")
    assert "NaN" not in text
    assert "Infinity" not in text
    first = lines(tmp_path / "briefs.jsonl")[0]
    assert first["extra"] == {"nan": None, "list": [None, 1.5], "half": "\ud83d", "nul": "a\0b"}
    assert (first["id"], first["version"]) == ("half \ud83d", 10**30)
    row = pq.read_table(tmp_path / "briefs.parquet").to_pylist()[0]
    assert (row["id"], row["version"]) == ("half ?", None)


def test_a_failed_run_leaves_the_older_results(tmp_path, ledger, draft):
    commit(tmp_path, ledger, [draft])
    before = contents(tmp_path)

    def briefs():
        yield from numbered(draft, 600)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"), RunWriter(tmp_path) as writer:
        write_all(writer, briefs())
    assert contents(tmp_path) == before


def test_a_failed_report_leaves_the_older_results(tmp_path, ledger, draft):
    commit(tmp_path, ledger, [draft])
    before = contents(tmp_path)

    def report(folder):
        (folder / "report.html").write_text("half")
        raise OutputError("no report")

    with pytest.raises(OutputError, match="no report"):
        commit(tmp_path, ledger, numbered(draft, 2), report)
    assert contents(tmp_path) == before


def test_a_run_without_report_removes_the_older_one(tmp_path, ledger, draft):
    commit(tmp_path, ledger, [draft], lambda folder: (folder / "report.html").write_text("old"))
    commit(tmp_path, ledger, [draft])
    assert set(contents(tmp_path)) == set(FILES) - {"report.html"}


def test_a_ledger_that_does_not_add_up_is_not_written(tmp_path, ledger, draft, fault):
    with RunWriter(tmp_path) as writer:
        writer.write(draft)
        writer.write(fault)
        with pytest.raises(AssertionError, match="2 briefs and 1 faults; written: 1 and 1"):
            writer.commit(ledger(3, 1), [], None)
    assert contents(tmp_path) == {}


def test_a_second_run_in_the_same_folder_is_refused(tmp_path, ledger, draft):
    with RunWriter(tmp_path) as writer:
        writer.write(draft)
        match = r"another run is writing there.*\.lock.*output_dir"
        with pytest.raises(OutputError, match=match), RunWriter(tmp_path):
            pass
        writer.commit(ledger(1, 0), [], None)
        with pytest.raises(OutputError, match=match), RunWriter(tmp_path):
            pass
    commit(tmp_path, ledger, [draft])


KILLED = """
import sys, time
from pathlib import Path
from pipeline.output.writer import RunWriter
with RunWriter(Path(sys.argv[1])) as writer:
    writer._briefs.write("half a line")
    writer._briefs.flush()
    print("here", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_run_left_is_removed(tmp_path, ledger, draft):
    commit(tmp_path, ledger, [draft])
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "here\n"
        with pytest.raises(OutputError, match="another run"), RunWriter(tmp_path):
            pass
        process.send_signal(signal.SIGKILL)
    assert (tmp_path / ".unfinished" / "briefs.jsonl").read_text() == "half a line"
    assert len(lines(tmp_path / "briefs.jsonl")) == 1
    commit(tmp_path, ledger, numbered(draft, 2))
    assert set(contents(tmp_path)) == set(FILES) - {"report.html"}
    assert len(lines(tmp_path / "briefs.jsonl")) == 2


MOVED = """
import os, signal, sys
from pathlib import Path
from pipeline.output import writer
moves = int(sys.argv[2])
replace = Path.replace
def counted(self, target):
    global moves
    if moves == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    moves -= 1
    return replace(self, target)
Path.replace = counted
from datetime import UTC, datetime
from pipeline.output.ledger import RunLedger
with writer.RunWriter(Path(sys.argv[1])) as run:
    run.commit(RunLedger({}, 0, 0, 0, [], {}, datetime.now(UTC), 1.0), [], None)
"""


@pytest.mark.parametrize("moves", range(5))
def test_a_kill_between_two_moves_leaves_no_run_json(tmp_path, ledger, draft, moves):
    commit(tmp_path, ledger, [draft])
    command = [sys.executable, "-c", MOVED, str(tmp_path), str(moves)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert not (tmp_path / "run.json").exists()
    commit(tmp_path, ledger, numbered(draft, 2))
    assert len(lines(tmp_path / "briefs.jsonl")) == 2


@contextmanager
def file_size_limit(size):
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, allowed[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)


@pytest.mark.parametrize("size", [0, 1000, 100_000])
def test_no_more_room(tmp_path, ledger, draft, size, caplog):
    commit(tmp_path, ledger, [draft])
    before = contents(tmp_path)
    with (
        file_size_limit(size),
        pytest.raises(OutputError, match=r"cannot be written \(File too large\).*output_dir"),
    ):
        commit(tmp_path, ledger, numbered(draft, 600))
    assert contents(tmp_path) == before
    assert not [record for record in caplog.records if record.levelno > logging.DEBUG]


def test_an_output_dir_that_is_a_file(tmp_path):
    (tmp_path / "out").write_text("mine")
    with (
        pytest.raises(OutputError, match=r"out: .*File exists.*output_dir"),
        RunWriter(tmp_path / "out"),
    ):
        pass
    assert (tmp_path / "out").read_text() == "mine"


NO_RIGHTS = """
import ctypes, sys
from pathlib import Path
from pipeline.errors import OutputError
from pipeline.output.writer import RunWriter
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0  # root may write anywhere
try:
    with RunWriter(Path(sys.argv[1])):
        pass
except OutputError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="drops the rights of root by a Linux call")
def test_no_permission(tmp_path):
    tmp_path.chmod(0o555)
    command = [sys.executable, "-c", NO_RIGHTS, str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    tmp_path.chmod(0o755)
    assert "results cannot be written (Permission denied)" in result.stdout, result.stderr
    assert str(tmp_path) in result.stdout


def test_makers_of_copies_give_way_to_models(tmp_path, draft):
    copy = replace(draft.abstract, maker=replace(draft.abstract.maker, engine="wirebrief"))
    with RunWriter(tmp_path) as writer:
        writer.write(replace(draft, abstract=copy))
        assert writer.makers["abstractive"].engine == "wirebrief"
        writer.write(draft)
        writer.write(replace(draft, abstract=copy))
        assert writer.makers["abstractive"].engine == "ctranslate2"


def test_memory_does_not_grow_with_the_briefs(tmp_path, draft):
    with RunWriter(tmp_path) as writer:
        for brief in numbered(draft, 1234):
            writer.write(brief)
            assert len(writer._table._rows) < 500
