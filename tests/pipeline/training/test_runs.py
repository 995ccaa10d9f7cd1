"""Every step of the recipe runs, resumes, and ends with a folder that the pipeline loads."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import ModelSettings

ROOT = Path(__file__).parents[3]
STARTER = ROOT / "pipeline" / "backends" / "starters" / "translation"
SENTENCES = [
    ("Der Dax stieg am Montag um 2,5 Prozent.", "The Dax rose 2.5 percent on Monday."),
    ("Das teilte die Börse in Frankfurt mit.", "The Frankfurt stock exchange said so."),
]
DEV = [("Die Zinsen bleiben, wie sie sind.", "Rates remain as they are.")]


@pytest.fixture
def train(tmp_path):
    def run(*arguments):
        result = subprocess.run(
            [sys.executable, "-m", "pipeline.training", *map(str, arguments)],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr

    return run


@pytest.mark.timeout(600)
def test_the_steps_follow_each_other(tmp_path, make_corpus, make_story, own_caches, train):
    folder = make_corpus([make_story(SENTENCES)], [make_story(DEV, "2", "No.")])
    sample, machine = tmp_path / "sample", tmp_path / "machine.jsonl"
    sample.mkdir()
    first, second = tmp_path / "translation", tmp_path / "summarization"
    train("--tokens", 300, "translation", folder, sample, first, "--start", STARTER)
    train("machine", folder, first, machine)
    (row,) = map(json.loads, machine.read_text(encoding="utf-8").splitlines())
    assert (row["id"], len(row["sentences"])) == ("1", 2)
    train("--tokens", 100, "summarization", folder, sample, first, machine, second)
    tasks = (first, Task.translation, ("de", "en")), (second, Task.summarization, ("en", "en"))
    for target, task, languages in tasks:
        settings = ModelSettings(model=str(target))
        backend = make_backend(settings, task, languages, own_caches, offline=True)
        (output,) = backend.generate([SENTENCES[0][languages[0] == "en"]], Decoding(max_tokens=40))
        assert len(output.split()) > 2
    done = torch.load(first / "checkpoint.pt", weights_only=True)
    train("--tokens", done["tokens"] + 1, "translation", folder, sample, first, "--start", STARTER)
    again = torch.load(first / "checkpoint.pt", weights_only=True)
    assert again["step"] == done["step"] + 1
