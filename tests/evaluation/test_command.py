"""`wirebrief-score` from outside: its table, its file, its exit statuses, no traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[2]


def score(folder, *overrides, given=None):
    return subprocess.run(
        [sys.executable, "-m", "evaluation", *overrides],
        cwd=folder,
        input=given,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )


def written(path, system=0):
    record = json.loads(path.read_text("utf-8"))
    return {found["name"]: found for found in record["systems"][system]["scores"]}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "p.txt").write_text("the cat sat\na dog barked\n", "utf-8")
    (tmp_path / "r.txt").write_text("the cat sat\na cat slept\n", "utf-8")
    return tmp_path


def test_summaries(folder):
    result = score(folder, "predictions=p.txt", "references=r.txt", "output=a/scores.json")
    assert result.returncode == 0, result.stderr
    assert "2 of 2 lines have a reference" in result.stdout
    assert "rougeLsum.f" in result.stdout
    assert "impl:wirebrief-rouge-" in result.stdout
    scores = written(folder / "a/scores.json")
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
        scores = written(folder / "s.json")
        assert scores[name]["value"] == pytest.approx(best)


def test_several_systems_from_standard_input_and_files(folder):
    result = score(
        folder,
        "predictions={base:-,new:p.txt}",
        "references=[r.txt,p.txt]",
        "kind=translations",
        "metrics=[chrf]",
        "chrf.word_order=2",
        "output=s.json",
        "articles=each.parquet",
        given="the cat sat\na cow slept\n",
    )
    assert result.returncode == 0, result.stderr
    base, new = (written(folder / "s.json", n)["translation.chrf"] for n in (0, 1))
    assert new["value"] == pytest.approx(100)
    assert "nrefs:2|" in new["signature"]
    assert "|nw:2|" in new["signature"]
    (comparison,) = json.loads((folder / "s.json").read_text("utf-8"))["comparisons"]
    assert comparison["delta"] == pytest.approx(new["value"] - base["value"])
    assert (comparison["system"], comparison["baseline"]) == ("new", "base")
    assert f"+{comparison['delta']:.4f}" in result.stdout
    assert comparison["low"] <= comparison["delta"] <= comparison["high"]
    assert comparison["p"] == 1  # one line is the same in both; swapping the other turns the sign
    assert "after Holm's correction" in result.stdout
    rows = pq.read_table(folder / "each.parquet").to_pylist()
    assert [(row["system"], row["id"]) for row in rows] == [
        ("base", "1"), ("base", "2"), ("new", "1"), ("new", "2"),
    ]  # fmt: skip
    assert rows[0]["translation.chrf"] == pytest.approx(100)


def test_facts_of_translations_and_measures_of_summaries(folder):
    (folder / "de.txt").write_text("Der Umsatz stieg um 3 Prozent.\nEs regnet.\n", "utf-8")
    (folder / "en.txt").write_text("Revenue rose 4 percent.\nIt rains.\n", "utf-8")
    files = "predictions=en.txt", "references=en.txt", "output=s.json"
    assert score(folder, *files, "source=de.txt", "kind=translations").returncode == 0
    facts = written(folder / "s.json")["translation.facts"]
    assert (facts["value"], facts["count"]) == (0, 1)
    assert score(folder, *files, "source=en.txt").returncode == 0
    found = written(folder / "s.json")
    assert (found["coverage"]["value"], found["compression"]["value"]) == (1, 1)
    assert found["length_ratio"]["value"] == 1


def test_what_is_odd_is_counted(folder):
    (folder / "q.txt").write_text("the cat sat\n\n", "utf-8")
    (folder / "e.txt").write_text("\na cat\n", "utf-8")
    result = score(folder, "predictions=q.txt", "references=e.txt")
    assert "q.txt: 1 empty predictions, which count as they are" in result.stdout
    assert "1 lines have an empty reference, and count" in result.stdout


@pytest.mark.parametrize(
    ("overrides", "status", "complaint"),
    [
        (["predictions=p.txt"], 2, "references"),
        (["predictions=p.txt", "references=r.txt", "kind=poems"], 2, "kind"),
        (["predictions=p.txt", "references=r.txt", "smaples=3"], 2, "smaples"),
        (["predictions=p.txt", "references=nowhere.txt"], 2, "nowhere.txt: cannot be read"),
        (["predictions=p.txt", "references=r.txt", "output=."], 2, "cannot be written"),
        (["predictions=p.txt", "references=r.txt", "output=p.txt/s"], 2, "cannot be written"),
        (["predictions=p.txt", "references=r.txt", "articles=."], 2, "cannot be written"),
        (["predictions=[p.txt,p.txt]", "references=r.txt"], 2, "a file is there twice"),
        (["predictions=[]", "references=r.txt"], 2, "must be a file, a list of files, or a map"),
        (["predictions=[[p.txt]]", "references=r.txt"], 2, "must be a file"),
        (["predictions=p.txt", "references=-"], 2, "only one file of predictions can be -"),
        (["predictions=p.txt", "references=r.jsonl"], 2, "files must be of one kind"),
        (["predictions=p.txt", "references=r.txt", "bleu.tokenize=14a"], 2, "choose from 13a"),
        (["predictions=p.txt", "references=r.txt", "bleu.tokenize=flores200"], 2, "not there"),
        (["predictions=p.txt", "references=r.txt", "metrics=[]"], 2, "name one or more"),
        (["predictions=p.txt", "references=r.txt", "chrf.char_order=0"], 2, "must be 1 or more"),
        (["predictions=/dev/null", "references=/dev/null"], 2, "holds no text"),
    ],
)
def test_complaints(folder, overrides, status, complaint):
    result = score(folder, *overrides)
    assert result.returncode == status, result.stderr
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1
    assert not result.stdout
