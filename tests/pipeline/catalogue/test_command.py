"""`wirebrief models` in a process of its own: quick, readable, and clear about mistakes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.catalogue.cards import read_cards

ROOT = Path(__file__).parents[3]

NARROW = """
import os, pty, sys
pty.spawn([sys.argv[1], "-m", "pipeline", "models"])
"""


@pytest.fixture
def call(tmp_path):
    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_table_has_every_option(call):
    result = call("-m", "pipeline", "models")
    assert result.returncode == 0, result.stderr
    for card in read_cards():
        (line,) = (line for line in result.stdout.splitlines() if f"│ {card.option} " in line)
        assert card.size in line
        assert (card.revision or "")[:8] in line
        assert (" MB " in line) if card.model == "starter" else (" no " in line)


def test_a_narrow_terminal_cuts_nothing_off(call):
    result = call("-c", NARROW, sys.executable, COLUMNS="80")
    lines = re.sub(r"\x1b\[\d*m", "", result.stdout).splitlines()
    assert max(map(len, lines)) <= 80
    for card in read_cards():
        assert any(f"│ {card.option} " in line for line in lines)
    assert any("facebook/m2m100_418M" in line for line in lines)


def test_it_tells_what_is_in_the_cache_that_the_environment_names(call, tmp_path):
    commit = "37f520fa929c961707657b28798b30c003dd100b"
    snapshot = tmp_path / "hub" / "models--facebook--bart-large-cnn" / "snapshots" / commit
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_text("{}")
    (snapshot / "model.safetensors").write_bytes(b"\0" * 998)
    result = call("-m", "pipeline", "models", "--json", HF_HUB_CACHE=str(tmp_path / "hub"))
    records = {record["option"]: record for record in map(json.loads, result.stdout.splitlines())}
    assert records["abstractive=bart_cnn"]["bytes_on_disk"] == 1000
    assert records["abstractive=bart_cnn"]["revision"] == commit
    assert records["abstractive=pegasus_cnn"]["bytes_on_disk"] is None


@pytest.mark.parametrize("arguments", [["--help"], ["--json", "-h"]])
def test_help(call, arguments):
    result = call("-m", "pipeline", "models", *arguments)
    assert result.returncode == 0
    assert result.stdout.startswith("wirebrief models: ")


@pytest.mark.parametrize("argument", ["bart", "--jsno", "translation=starter"])
def test_a_mistake_is_one_line(call, argument):
    result = call("-m", "pipeline", "models", argument)
    assert result.returncode == 2
    assert result.stderr.startswith(f"wirebrief: models takes no {argument!r}.")
    assert result.stderr.count("\n") == 1
    assert not result.stdout


def test_the_help_of_the_command_mentions_it(call):
    assert "\n  models " in call("-m", "pipeline", "--help").stdout


def test_it_imports_nothing_slow(call):
    slow = {"torch", "transformers", "ctranslate2", "hydra", "omegaconf", "numpy", "httpx"}
    code = (
        "import sys; sys.argv = ['wirebrief', 'models']\n"
        "from pipeline.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert stop.code == 0, stop.code\n"
        f"assert not {slow!r} & set(sys.modules), {slow!r} & set(sys.modules)\n"
    )
    result = call("-c", code)
    assert result.returncode == 0, result.stderr
