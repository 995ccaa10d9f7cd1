"""The harness itself: ratios, bars, records that are kept, and a study from the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import STUDIES
from benchmarks.bars import Bar, Effort, Finding, Line
from benchmarks.results import circumstances, entry, keep, read, told
from benchmarks.turns import Turn, ratios, take_turns

ROOT = Path(__file__).parents[2]
LINE = Line("a.line", "ours : theirs", "times", Bar(2.0))


@pytest.mark.parametrize(
    ("bar", "value", "met"),
    [
        (Bar(0.95), 0.95, True),
        (Bar(0.95), 0.94, False),
        (Bar(most=0), 0.0, True),
        (Bar(most=0), 1.0, False),
        (Bar(), 7.0, True),
    ],
)
def test_a_bar_is_met_or_not(bar, value, met):
    assert bar.is_met(value) is met


def test_sides_take_turns_and_the_first_one_changes():
    order = []

    def side(name, seconds):
        def turn():
            order.append(name)
            return Turn(100, seconds)

        return turn

    turns = take_turns({"ours": side("ours", 1.0), "theirs": side("theirs", 4.0)}, 3)
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert ratios(turns["ours"], turns["theirs"]) == (4.0, 4.0, 4.0)


def test_records_of_other_lines_stay(tmp_path):
    path = tmp_path / "results.json"
    where = circumstances()
    other = Line("b.line", "else", "", Bar())
    keep([entry(LINE, Finding((1.0, 3.0, 5.0), {"texts": 7}), 2.0, where)], path)
    keep([entry(other, Finding((1.0,), {}), 2.0, where)], path)
    keep([entry(LINE, Finding((1.5,), {}), 2.0, where)], path, ["b.line", "a.line"])
    second, first = read(path)
    assert (first["name"], first["median"], first["met"]) == ("a.line", 1.5, False)
    assert (second["name"], second["bar"], second["met"]) == ("b.line", "", True)
    assert first["where"]["cores"] >= 1
    assert first["where"]["commit"]


def test_a_missed_bar_is_told():
    assert told(LINE, Finding((1.0, 1.5, 2.5), {})).startswith(
        "a.line: 1.5 times (1 to 2.5), bar ≥ 2: NOT MET"
    )
    assert "NOT MET" not in told(LINE, Finding((2.0,), {}))


def test_every_line_has_a_name_of_its_own(tmp_path):
    effort = Effort(repetitions=1, quick=True, folder=tmp_path, models=tmp_path)
    names = [line.name for study in STUDIES.values() for line in study.lines(effort)]
    assert len(set(names)) == len(names)


def test_a_study_runs_from_the_command_line(tmp_path):
    vectors, path = tmp_path / "vectors.json", tmp_path / "results.json"
    half = [0.5, 0.5, 0.5]
    perl = {"rouge-1": half, "rouge-2": [0.0, 0.0, 0.0], "rouge-l": [0.5, 0.5, 0.51]}
    record = {"prediction": "a b", "reference": "a c", "stem": True, "perl": perl}
    vectors.write_text(json.dumps([record]), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks", "--only", "perl", "--vectors", str(vectors)]
    done = subprocess.run(
        [*command, "--results", str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (1, "not met: rouge.perl")
    (kept,) = read(path)
    assert kept["values"] == [0.01]
    assert kept["facts"] == {"records": 1}
