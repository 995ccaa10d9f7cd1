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
    result = score(folder, "predictions=p.txt", "references=r.txt", "output=a/scores.json")
    assert result.returncode == 0, result.stderr
    assert "2 of 2 texts have a reference" in result.stdout
    assert "rougeLsum.f" in result.stdout
    assert "impl:wirebrief-rouge-" in result.stdout
    scores = {found["name"]: found for found in json.loads((folder / "a/scores.json").read_text())}
    assert scores["rouge1.f"]["value"] == pytest.approx((1 + 1 / 3) / 2)
    assert scores["rouge1.f"]["count"] == 2
    assert sorted(path.name for path in folder.iterdir()) == ["a", "p.txt", "r.txt"]


def test_translations(folder):
    result = score(folder, "predictions=p.txt", "references=r.txt", "kind=translations")
    assert result.returncode == 0, result.stderr
    assert "translation.chrf" in result.stdout


def test_the_fields_of_a_brief_follow_the_kind(folder):
    brief = {
        "id": "1",
        "translation": {"text": "The cat sat on the mat."},
        "abstractive": {"text": "A dog barked."},
        "references": {"translation": "The cat sat on the mat.", "summaries": ["A dog barked."]},
    }
    (folder / "briefs.jsonl").write_text(json.dumps(brief), "utf-8")
    files = "predictions=briefs.jsonl", "references=briefs.jsonl", "output=s.json"
    for kind, name, best in (
        ("translations", "translation.bleu", 100),
        ("summaries", "rouge1.f", 1),
    ):
        assert score(folder, *files, f"kind={kind}").returncode == 0
        scores = {found["name"]: found for found in json.loads((folder / "s.json").read_text())}
        assert scores[name]["value"] == pytest.approx(best)


@pytest.mark.parametrize(
    ("overrides", "status", "complaint"),
    [
        (["predictions=p.txt"], 2, "references"),
        (["predictions=p.txt", "references=r.txt", "kind=poems"], 2, "kind"),
        (["predictions=p.txt", "references=r.txt", "smaples=3"], 2, "smaples"),
        (["predictions=p.txt", "references=nowhere.txt"], 2, "nowhere.txt: cannot be read"),
        (["predictions=p.txt", "references=r.txt", "output=."], 2, "cannot be written"),
        (["predictions=p.txt", "references=r.txt", "output=p.txt/s"], 2, "cannot be written"),
    ],
)
def test_complaints(folder, overrides, status, complaint):
    result = score(folder, *overrides)
    assert result.returncode == status, result.stderr
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1
    assert not result.stdout
