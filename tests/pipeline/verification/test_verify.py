"""Whatever is changed in a finished run is found, and named; what is whole is trusted."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from configs.arguments import UsageError
from pipeline.output.digests import digests
from pipeline.verification.command import verify
from tests.pipeline.verification.conftest import FEED, make

ROOT = Path(__file__).parents[3]


def seal(folder):
    """Record new digests, as one who covers his traces would."""
    path = folder / "run.json"
    ledger = json.loads(path.read_text(encoding="utf-8"))
    names = [name.rstrip("/") for name in ledger["files"]]
    for name, found in digests(folder, names).items():
        ledger["files"][name] = {"bytes": found.bytes, "sha256": found.sha256}
    path.write_text(json.dumps(ledger), encoding="utf-8")


def failed(printed):
    return {line.split("  ")[2] for line in printed.splitlines() if line.startswith("  FAILED")}


def test_a_whole_run_is_trusted(out, capsys):
    assert verify([str(out)]) == 0
    printed = capsys.readouterr().out
    assert not failed(printed)
    assert "5 articles = 3 briefs + 1 set aside + 1 faults" in printed
    assert "8 files, against the bytes and sha256" in printed
    assert printed.endswith(f"{out}: can be trusted\n")


@pytest.mark.parametrize("name", ["scores.json", "report.html", "briefs.parquet", "faults.jsonl"])
def test_a_changed_byte_is_found(out, capsys, name):
    data = bytearray((out / name).read_bytes())
    data[len(data) // 2] ^= 1
    (out / name).write_bytes(data)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert "files" in failed(printed)
    assert f"{name}: other content than was recorded" in printed


def test_a_file_that_is_gone_or_new_is_found(out, capsys):
    (out / "report.html").unlink()
    assert verify([str(out)]) == 1
    assert "report.html: is not there" in capsys.readouterr().out
    (out / "run.json").write_text(
        (out / "run.json").read_text(encoding="utf-8").replace('"report.html"', '"reports.html"')
    )
    assert verify([str(out)]) == 1
    assert "'reports.html': is none of the files of a run" in capsys.readouterr().out


def test_files_of_single_briefs_are_verified(out, capsys):
    brief = next((out / "briefs").iterdir())
    brief.rename(brief.with_stem("other"))
    assert verify([str(out)]) == 1
    assert "briefs/: other content" in capsys.readouterr().out


def test_a_changed_score_is_found(out, capsys, change):
    change(
        out / "briefs.jsonl", lambda brief: brief["scores"].update({"extractive.rouge1.f": 1}), 1
    )
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert failed(printed) == {"scores of articles", "briefs.parquet"}
    assert "article 'b', extractive.rouge1.f: recorded 1, found" in printed
    assert "article 'b' (row 2): scores is not that of briefs.jsonl" in printed


@pytest.mark.parametrize("key", ["value", "low", "high", "count", "signature"])
def test_a_changed_score_of_the_corpus_is_found(out, capsys, change, key):
    def edit(scores):
        score = next(s for s in scores if s["name"] == "translation.bleu")
        score[key] = "x" if key == "signature" else score[key] + 0.01

    change(out / "scores.json", edit)
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert failed(printed) == {"scores of the corpus"}
    assert f"translation.bleu, {key}: recorded" in printed


def test_scores_that_are_left_out_or_made_up_are_found(out, capsys, change):
    change(out / "scores.json", lambda scores: scores.pop(0))
    change(out / "briefs.jsonl", lambda brief: brief["scores"].update(magic=1), 2)
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert "translation.bleu: not recorded" in printed
    assert "article 'c', magic: recorded 1, found None" in printed


def test_a_changed_text_is_found(out, capsys, change):
    def edit(brief):
        brief["abstractive"]["text"] += " Profits rose 99 percent."

    change(out / "briefs.jsonl", edit, 0)
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert {"scores of articles", "scores of the corpus", "briefs.parquet"} <= failed(printed)
    assert "article 'a', abstractive." in printed
    assert "warnings about facts" in failed(printed)  # 99 is in no source


@pytest.mark.parametrize("part", ["translation", "extractive"])
def test_texts_that_are_not_their_sentences_are_found(out, capsys, change, part):
    change(out / "briefs.jsonl", lambda brief: brief[part].update(text="Something else."), 0)
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert "texts" in failed(printed)
    assert f"article 'a', {part}: text is not" in printed


@pytest.mark.parametrize("name", ["articles", "briefs", "set_aside", "faults", "unscored"])
def test_a_changed_count_is_found(out, capsys, change, name):
    change(out / "run.json", lambda ledger: ledger["counts"].update({name: 17}))
    assert verify([str(out)]) == 1
    assert failed(capsys.readouterr().out) == {"counts"}


def test_a_changed_count_of_a_stage_is_found(out, capsys, change):
    change(out / "run.json", lambda ledger: ledger["counts"]["stages"]["score"].update(faults=1))
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert failed(printed) == {"counts"}
    assert "faults, over all stages: recorded 1, found 2" in printed


@pytest.mark.parametrize("name", ["briefs.jsonl", "set_aside.jsonl", "faults.jsonl"])
def test_a_removed_line_is_found(out, capsys, name):
    lines = (out / name).read_bytes().splitlines(keepends=True)
    (out / name).write_bytes(b"".join(lines[:-1]))
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert "counts" in failed(printed)
    assert f"lines of {name}: recorded" in printed


def test_lines_in_another_order_are_found(out, capsys):
    lines = (out / "briefs.jsonl").read_bytes().splitlines(keepends=True)
    (out / "briefs.jsonl").write_bytes(b"".join(reversed(lines)))
    seal(out)
    assert verify([str(out)]) == 1
    assert "briefs.parquet" in failed(capsys.readouterr().out)


@pytest.mark.parametrize("name", ["briefs.jsonl", "briefs.parquet", "scores.json"])
def test_a_truncated_file_is_found(out, capsys, name):
    data = (out / name).read_bytes()
    (out / name).write_bytes(data[: len(data) - 100])
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert f"{name}: has {len(data) - 100} bytes, recorded {len(data)}" in printed
    seal(out)
    assert verify([str(out)]) == 1
    assert failed(capsys.readouterr().out) - {"files"}


def test_a_record_that_is_no_brief_is_found(out, capsys, change):
    change(out / "briefs.jsonl", lambda brief: brief.update(treatment="\x1b[2J"), 0)
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert "briefs.jsonl:1: is no brief: treatment is" in printed
    assert "\x1b" not in printed


def test_a_ledger_without_digests_is_not_trusted(out, capsys, change):
    change(out / "run.json", lambda ledger: ledger.pop("files"))
    assert verify([str(out)]) == 1
    assert failed(capsys.readouterr().out) == {"files"}


def test_other_versions_are_named(out, capsys, change):
    change(out / "run.json", lambda ledger: ledger["versions"].update(sacrebleu="1.0"))
    assert verify([str(out)]) == 0
    assert "note: the run was made with sacrebleu 1.0, here is" in capsys.readouterr().out


def test_what_cannot_be_computed_is_said(tmp_path, capsys):
    plain = make(tmp_path / "plain", "scoring=none", "output.format=jsonl", "report=none")
    assert verify([str(plain)]) == 0
    printed = capsys.readouterr().out
    assert "not checked: the run scored nothing (scoring=none, or no stage score)" in printed
    assert "not checked: the run wrote none (output.format)" in printed
    feed = [FEED[0], {"id": "t", "text": "Tagesvorschau", "title": "Tagesvorschau: Termine"}]
    first = make(
        tmp_path / "first", "order=extract_first", "extractive=lead", "extractive.sentences=1",
        "treatment.preview=pass", feed=feed,
    )  # fmt: skip
    assert verify([str(first)]) == 0
    assert "1 briefs are translated in part (order=extract_first)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "overrides",
    [
        ("translation=none", "languages.source=en", "abstractive=none"),
        ("translation=reference", "abstractive=none"),
        ("stages=[translate,extract]",),
        ("scoring.stem=false", "scoring.many_references=mean", "abstractive=none"),
    ],
)
def test_runs_of_other_kinds_are_trusted(tmp_path, capsys, overrides):
    feed = [{**record, "language": None} for record in FEED[:2]]
    assert verify([str(make(tmp_path / "out", *overrides, feed=feed))]) == 0, capsys.readouterr()


def test_what_is_no_run(tmp_path, out):
    for arguments, complaint in (
        ([], "needs a folder"),
        (["--fast"], "takes no '--fast'"),
        ([str(tmp_path / "nowhere")], "holds no run.json"),
    ):
        with pytest.raises(UsageError, match=complaint):
            verify(arguments)
    (out / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="was not written by a run"):
        verify([str(out)])
    shutil.rmtree(out)
    command = [sys.executable, "-m", "pipeline", "verify", str(out)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "holds no run.json" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_changed_statistics_are_found(out, capsys):
    table = pq.read_table(out / "statistics.parquet")
    place = table.column_names.index("extractive.rouge1.f")
    doubled = pc.multiply(table.column(place), 2)
    pq.write_table(
        table.set_column(place, "extractive.rouge1.f", doubled), out / "statistics.parquet"
    )
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert failed(printed) == {"statistics.parquet"}
    assert "column 'extractive.rouge1.f'" in printed


def test_changed_facts_are_found(out, capsys, change):
    change(out / "briefs.jsonl", lambda brief: brief["facts"].append({}), 0)
    seal(out)
    assert verify([str(out)]) == 1
    printed = capsys.readouterr().out
    assert "warnings about facts" in failed(printed)
    assert "facts: not those of the texts" in printed
