"""`wirebrief-score` from outside: its table, its file, its exit statuses, no traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def score(folder, *overrides):
    return subprocess.run(
        [sys.executable, "-m", "evaluation", *overrides],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "p.txt").write_text("the cat sat\na dog barked\n", "utf-8")
    (tmp_path / "r.txt").write_text("the cat sat\na cat slept\n", "utf-8")
    return tmp_path


def test_summaries(folder):
    result = score(folder, "predictions=p.txt", "references=r.txt", "output=scores.json")
    assert result.returncode == 0, result.stderr
    assert "2 of 2 texts have a reference" in result.stdout
    assert "rougeLsum.f" in result.stdout
    assert "rouge-score-" in result.stdout
    scores = {found["name"]: found for found in json.loads((folder / "scores.json").read_text())}
    assert scores["rouge1.f"]["value"] == pytest.approx((1 + 1 / 3) / 2)
    assert scores["rouge1.f"]["count"] == 2
    assert sorted(path.name for path in folder.iterdir()) == ["p.txt", "r.txt", "scores.json"]


def test_translations(folder):
    result = score(folder, "predictions=p.txt", "references=r.txt", "kind=translations")
    assert result.returncode == 0, result.stderr
    assert "translation.chrf" in result.stdout


@pytest.mark.parametrize(
    ("overrides", "status", "complaint"),
    [
        (["predictions=p.txt"], 2, "references"),
        (["predictions=p.txt", "references=r.txt", "kind=poems"], 2, "kind"),
        (["predictions=p.txt", "references=r.txt", "smaples=3"], 2, "smaples"),
        (["predictions=p.txt", "references=nowhere.txt"], 1, "nowhere.txt: cannot be read"),
        (["predictions=p.txt", "references=r.txt", "output=no/s.json"], 1, "cannot be written"),
    ],
)
def test_complaints(folder, overrides, status, complaint):
    result = score(folder, *overrides)
    assert result.returncode == status, result.stderr
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1
