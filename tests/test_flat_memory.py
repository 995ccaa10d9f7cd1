"""A run over a longer feed takes no more memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "many_articles.py"


@pytest.mark.timeout(900)
def test_five_times_as_many_articles_take_as_much_memory(tmp_path):
    """Feed, scores, outputs and report included; the benchmark checks every outcome, too."""
    figures = tmp_path / "memory.json"
    command = [sys.executable, SCRIPT, "1000", "5000", "--journey", "scored", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(figures.read_text("utf-8"))
    assert [run["articles"] for run in found["runs"]] == [1000, 5000]
    assert found["all_right"]
    assert found["value"] <= found["bar"] == 1.2
