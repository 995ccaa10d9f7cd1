"""`--profile` writes what can be opened, and changes nothing else about the command."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "wire-sample.jsonl"
QUICK = [
    f"feed.path={SAMPLE}",
    "stages=[extract]",
    "extractive=lead",
    "memo=none",
    "report=none",
    "offline=true",
]


@pytest.fixture
def start(tmp_path):
    """Start the command in a folder of its own, as a session of its own."""

    def process(*arguments, **environment):
        return subprocess.Popen(
            [sys.executable, "-m", "pipeline", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return process


def test_a_flame_graph_is_written(start, tmp_path):
    process = start("--profile", *QUICK)
    _, said = process.communicate(timeout=100)
    assert process.returncode == 0, said
    assert said.endswith("profile: profile.svg\n")
    graph = (tmp_path / "profile.svg").read_text(encoding="utf-8")
    assert graph.rstrip().endswith("</svg>")
    titles = re.findall(r"<title>(.*?)</title>", graph)
    assert any("MainThread" in title for title in titles)
    assert any("pipeline/journey.py" in title for title in titles)
    assert (tmp_path / "out" / "briefs.jsonl").exists()


def test_speedscope_s_form_and_the_status_of_the_command(start, tmp_path):
    process = start("extractive.sentenses=3", "--profile=p.json")
    _, said = process.communicate(timeout=100)
    assert process.returncode == 2
    assert "Did you mean extractive.sentences" in " ".join(said.split())
    assert json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["profiles"]


def test_ctrl_c_stops_the_command_and_the_graph_is_there(start, tmp_path):
    (tmp_path / "spool").mkdir()
    process = start("watch", "--profile", "feed.path=spool", "output_dir=desk", *QUICK[1:])
    deadline = time.monotonic() + 80
    while not (tmp_path / "desk" / "status.json").exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as the terminal does
    _, said = process.communicate(timeout=60)
    assert process.returncode in {0, 130}, said
    assert "</svg>" in (tmp_path / "profile.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("--profile=a.txt", "--profile=a.txt: name a file that ends in .svg"),
        ("--profile=no/a.svg", "--profile=no/a.svg: there is no folder no. Make it first."),
    ],
)
def test_a_file_that_cannot_be_written_is_refused(start, flag, expected):
    process = start(flag)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert said.startswith(f"wirebrief: {expected}")


def test_without_py_spy_the_extra_is_named(tmp_path, monkeypatch, capsys):
    from pipeline import profiling

    monkeypatch.setattr(profiling.sysconfig, "get_path", lambda _: str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["wirebrief", "--profile"])
    with pytest.raises(SystemExit, match="2"):
        profiling.profiled(lambda: None)
    assert "Run pip install 'wirebrief[profile]'" in capsys.readouterr().err
    assert sys.argv == ["wirebrief"]
