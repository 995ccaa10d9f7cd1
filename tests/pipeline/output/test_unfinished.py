"""A run that fails, is killed or meets another leaves whole files or none."""

import signal
import subprocess
import sys

import pytest

from pipeline.errors import OutputError
from pipeline.output.writer import FILES, RunWriter


def test_a_failed_run_leaves_the_older_results(tmp_path, draft, commit, contents, numbered):
    commit(tmp_path, [draft])
    before = contents(tmp_path)

    def briefs():
        yield from numbered(600)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        commit(tmp_path, briefs())
    assert contents(tmp_path) == before


def test_a_failed_report_leaves_the_older_results(tmp_path, draft, commit, contents, numbered):
    commit(tmp_path, [draft])
    before = contents(tmp_path)

    def report(folder):
        (folder / "report.html").write_text("half")
        raise OutputError("no report")

    with pytest.raises(OutputError, match="no report"):
        commit(tmp_path, numbered(2), report)
    assert contents(tmp_path) == before


def test_a_second_run_in_the_same_folder_is_refused(tmp_path, ledger, draft, commit):
    with RunWriter(tmp_path) as writer:
        writer.write(draft)
        match = r"another run is writing there.*\.lock.*output_dir"
        with pytest.raises(OutputError, match=match), RunWriter(tmp_path):
            pass
        writer.commit(ledger(1, 0), [])
        with pytest.raises(OutputError, match=match), RunWriter(tmp_path):
            pass
    commit(tmp_path, [draft])


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


def test_what_a_killed_run_left_is_removed(tmp_path, draft, commit, lines, contents, numbered):
    commit(tmp_path, [draft])
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "here\n"
        with pytest.raises(OutputError, match="another run"), RunWriter(tmp_path):
            pass
        process.send_signal(signal.SIGKILL)
    assert (tmp_path / ".unfinished" / "briefs.jsonl").read_text() == "half a line"
    assert len(lines(tmp_path / "briefs.jsonl")) == 1
    commit(tmp_path, numbered(2))
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
from pipeline.output.ledger import Counts, RunLedger
with writer.RunWriter(Path(sys.argv[1])) as run:
    run.commit(RunLedger({}, Counts(), 0, [], {}, datetime.now(UTC), 1.0), [])
"""


@pytest.mark.parametrize("moves", range(5))
def test_a_kill_between_two_moves_leaves_no_run_json(
    tmp_path, draft, moves, commit, lines, numbered
):
    commit(tmp_path, [draft])
    command = [sys.executable, "-c", MOVED, str(tmp_path), str(moves)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert not (tmp_path / "run.json").exists()
    commit(tmp_path, numbered(2))
    assert len(lines(tmp_path / "briefs.jsonl")) == 2
