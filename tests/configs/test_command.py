"""Both commands from outside: help, version, mistakes, closed pipes, Ctrl-C at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = {"pipeline": "wirebrief", "evaluation": "wirebrief-score"}


def call(folder, *arguments):
    return subprocess.run(
        arguments,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def command(folder, module, *arguments):
    return call(folder, sys.executable, "-m", module, *arguments)


@pytest.mark.parametrize("module", NAMES)
def test_help_is_wirebriefs_own(module, tmp_path):
    result = command(tmp_path, module, "--help")
    assert result.returncode == 0
    assert result.stdout.startswith(f"{NAMES[module]}: ")
    assert result.stdout.count(f"\n  {NAMES[module]} ") >= 3  # examples
    assert "schema" not in result.stdout
    assert "__main__" not in result.stdout
    assert not result.stderr


def test_help_shows_every_option_and_what_is_chosen(tmp_path):
    text = command(tmp_path, "pipeline", "--help").stdout
    text += command(tmp_path, "pipeline.training", "--help").stdout
    for leaf in (ROOT / "configs").glob("*/*.yaml"):
        lines = [line for line in text.splitlines() if line.startswith(f"  {leaf.parent.name} ")]
        assert any(leaf.stem in line for line in lines)
    assert "learned (default)" in text


def test_help_of_the_scorer_shows_every_setting(tmp_path):
    text = command(tmp_path, "evaluation", "--help").stdout
    assert "\n  # Bootstrap resamples for the 95 % intervals.\n  samples: 1000\n" in text
    assert "hydra:" not in text


@pytest.mark.parametrize("module", NAMES)
def test_the_version_is_wirebriefs_own(module, tmp_path):
    result = command(tmp_path, module, "--version")
    assert result.stdout.startswith(f"{NAMES[module]} ")
    assert "Hydra" not in result.stdout


@pytest.mark.parametrize(
    ("module", "arguments", "message"),
    [
        ("pipeline", ["--foo"], "there is no option --foo"),
        ("pipeline", ["extractive=lead,lexrank"], "Add --multirun"),
        ("pipeline", ["translation=null"], "must be a string"),
        ("evaluation", ["predictions"], "a setting is written key=value"),
        ("evaluation", ["smaples=3"], "Did you mean samples?"),
        ("evaluation", ["predictions=a"], "references is not set"),
    ],
)
def test_mistakes_are_one_line(module, arguments, message, tmp_path):
    result = command(tmp_path, module, *arguments)
    assert result.returncode == 2
    assert result.stderr.startswith(f"{NAMES[module]}: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_flag_may_stand_in_the_middle(tmp_path):
    result = command(tmp_path, "pipeline", "feed=jsonl", "--cfg", "job", "feed.path=x.jsonl")
    assert result.returncode == 0, result.stderr
    assert "path: x.jsonl" in result.stdout


@pytest.mark.parametrize("arguments", ["--help", "--cfg job"])
def test_a_closed_pipe_is_no_error(arguments, tmp_path):
    line = f"{sys.executable} -m pipeline {arguments} | true; exit ${{PIPESTATUS[0]}}"
    result = call(tmp_path, "bash", "-c", line)
    assert result.returncode == 141
    assert not result.stderr


@pytest.mark.parametrize("where", ["in_order(sys.argv)", "prepare()"])
def test_ctrl_c_while_modules_are_imported_is_quiet(where, tmp_path):
    code = f"""
import os, signal, sys
import configs.command as command
def interrupted(*_):
    os.kill(os.getpid(), signal.SIGINT)
    raise ImportError("an import may swallow what interrupts it")
if {where == "prepare()"}:
    prepare = interrupted
else:
    prepare, command.in_order = None, interrupted
command.Command("wirebrief", "pipeline", "", ()).run(prepare)
"""
    result = call(tmp_path, sys.executable, "-c", code)
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "")
