"""A run's files hold what was written, as lines, as a table and in the ledger."""

import hashlib
import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from pipeline.output.newsroom.formats import brief_formats
from pipeline.output.writer import FILES, RunWriter
from tests.pipeline.output.conftest import STATISTICS


def test_all_files_of_a_run(tmp_path, draft, fault, commit, lines, contents):
    def report(folder):
        assert lines(folder / "briefs.jsonl")
        assert json.loads((folder / "run.json").read_text(encoding="utf-8"))
        (folder / "report.html").write_text("<p>")

    commit(tmp_path / "out", [draft, fault, draft], report)
    assert set(contents(tmp_path / "out")) == set(FILES)
    assert len(lines(tmp_path / "out" / "briefs.jsonl")) == 2
    assert lines(tmp_path / "out" / "faults.jsonl")[0]["reason"] == "unreadable_record"
    assert json.loads((tmp_path / "out" / "scores.json").read_text(encoding="utf-8")) == [
        {
            "name": "abstractive.rouge1.f",
            "value": 0.25,
            "low": 0.2,
            "high": 0.3,
            "count": 2,
            "signature": "stem:yes",
        }
    ]


def test_the_same_briefs_are_the_same_bytes(tmp_path, draft, fault, commit, contents, numbered):
    outcomes = [*numbered(700), fault]
    commit(tmp_path / "a", outcomes)
    commit(tmp_path / "b", outcomes)
    first, second = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert first.pop("run.json")
    assert second.pop("run.json")
    assert first == second


def test_the_table_holds_what_the_lines_hold(tmp_path, draft, commit, lines, numbered):
    bare = replace(draft, translation=None, extract=None, abstract=None, scores=None, sentences=())
    commit(tmp_path, [bare, *numbered(501)])
    table = pq.read_table(tmp_path / "briefs.parquet")
    found = table.to_pylist()
    for row in found:
        for name in ("wire", "scores", "made_by", "extra"):
            row[name] = json.loads(row[name])
    assert found == lines(tmp_path / "briefs.jsonl")
    assert pq.ParquetFile(tmp_path / "briefs.parquet").num_row_groups == 2


def test_the_schema_does_not_depend_on_the_briefs(tmp_path, draft, fault, commit):
    bare = replace(draft, translation=None, extract=None, abstract=None, scores=None, sentences=())
    commit(tmp_path / "full", [draft])
    commit(tmp_path / "bare", [bare])
    commit(tmp_path / "none", [fault])
    schemas = [
        pq.read_schema(tmp_path / name / "briefs.parquet") for name in ("full", "bare", "none")
    ]
    assert schemas[0] == schemas[1] == schemas[2]
    assert pq.read_table(tmp_path / "none" / "briefs.parquet").num_rows == 0
    assert (tmp_path / "none" / "briefs.jsonl").read_bytes() == b""


def test_values_that_json_or_utf8_cannot_hold(tmp_path, draft, commit, lines):
    extra = {"nan": float("nan"), "list": [float("inf"), 1.5], "half": "\ud83d", "nul": "a\0b"}
    article = replace(draft.article, id="half \ud83d", extra=extra, version=10**30)
    hostile = replace(draft, article=article, scores={"x": float("nan")})
    commit(tmp_path, [hostile, draft])
    text = (tmp_path / "briefs.jsonl").read_text(encoding="utf-8")
    assert "NaN" not in text
    assert "Infinity" not in text
    first = lines(tmp_path / "briefs.jsonl")[0]
    assert first["extra"] == {"nan": None, "list": [None, 1.5], "half": "\ud83d", "nul": "a\0b"}
    assert (first["id"], first["version"]) == ("half \ud83d", 10**30)
    row = pq.read_table(tmp_path / "briefs.parquet").to_pylist()[0]
    assert (row["id"], row["version"]) == ("half ?", None)


def test_a_run_without_report_removes_the_older_one(tmp_path, draft, commit, contents):
    commit(tmp_path, [draft], lambda folder: (folder / "report.html").write_text("old"))
    commit(tmp_path, [draft])
    assert set(contents(tmp_path)) == set(FILES) - {"report.html"}


def test_a_ledger_that_does_not_add_up_is_not_written(tmp_path, ledger, draft, fault, contents):
    with RunWriter(tmp_path) as writer:
        writer.write(draft)
        writer.write(fault)
        with pytest.raises(AssertionError, match=r"briefs=2.*written: .*briefs=1"):
            writer.commit(ledger(3, 1), [])
    assert contents(tmp_path) == {}


def test_makers_of_copies_give_way_to_models(tmp_path, draft):
    copy = replace(draft.abstract, maker=replace(draft.abstract.maker, engine="wirebrief"))
    with RunWriter(tmp_path) as writer:
        writer.write(replace(draft, abstract=copy))
        assert writer.makers["abstractive"].engine == "wirebrief"
        writer.write(draft)
        writer.write(replace(draft, abstract=copy))
        assert writer.makers["abstractive"].engine == "ctranslate2"


def test_memory_does_not_grow_with_the_briefs(tmp_path, draft, numbered):
    with RunWriter(tmp_path) as writer:
        for brief in numbered(1234):
            writer.write(brief)
            assert len(writer._table._rows) < 500


def test_the_ledger_records_bytes_and_digests_of_the_files(tmp_path, draft, fault, ledger):
    def report(folder):
        (folder / "report.html").write_text("<p>")

    with RunWriter(tmp_path, brief_formats(["ninjs"], "en")) as writer:
        writer.write(draft)
        writer.write(fault)
        writer.commit(ledger(2, 1), [], STATISTICS, report)
    files = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["files"]
    assert set(files) == set(FILES) - {"run.json"} | {"briefs/"}
    (brief,) = (tmp_path / "briefs").iterdir()
    digest = hashlib.sha256(brief.read_bytes()).hexdigest()
    listed = hashlib.sha256(f"{digest}  {brief.name}\n".encode()).hexdigest()  # as sha256sum does
    assert files.pop("briefs/") == {"bytes": brief.stat().st_size, "sha256": listed}
    for name, recorded in files.items():
        data = (tmp_path / name).read_bytes()
        assert recorded == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
