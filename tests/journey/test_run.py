"""The whole journey, on real tiny checkpoints and on the starters, without a network."""

import json
from pathlib import Path

from pipeline import load_settings, run

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "wire-sample.jsonl"


def test_the_starters_brief_the_sample_offline(tmp_path):
    result = run(
        load_settings(
            f"feed.path={SAMPLE}",
            "feed.limit=3",
            f"output_dir={tmp_path / 'out'}",
            f"memo.path={tmp_path / 'memo.sqlite'}",
            "offline=true",
        )
    )
    assert (result.articles, result.faults, result.status) == (3, 0, 0)
    briefs = list(result.briefs())
    assert [brief["id"] for brief in briefs] == ["co-001", "co-002", "co-003"]
    for brief in briefs:
        assert all(sentence["target"] for sentence in brief["translation"]["sentences"])
        assert len(brief["extractive"]["sentences"]) == 3
        assert brief["abstractive"]["text"]
        assert brief["label"].startswith("Machine-made, not reviewed")
        assert 0 < brief["scores"]["abstractive.rouge1.f"] < 1
    names = {score.name: score for score in result.scores}
    assert names["translation.bleu"].count == 3
    assert names["translation.bleu"].low <= names["translation.bleu"].value
    assert "bs:1000" in names["abstractive.rouge1.f"].signature


def test_a_run_leaves_all_its_files_and_nothing_else(tiny, tmp_path, article, german):
    run(tiny(feed=[article("a", german)]))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "briefs.jsonl",
        "briefs.parquet",
        "faults.jsonl",
        "report.html",
        "run.json",
        "scores.json",
        "statistics.parquet",
        "set_aside.jsonl",
    }
    report = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    counts = report["counts"]
    assert counts["articles"] == counts["briefs"] + counts["faults"] == 1
    assert report["configuration"]["translation"]["beams"] == 1
    assert report["models"]["translation"]["engine"] == "ctranslate2"
    assert report["models"]["translation"]["bytes"] > 100_000


def test_a_run_says_what_each_stage_took(tiny, tmp_path):
    def performance(name):
        run(tiny("feed.limit=6", f"output_dir={tmp_path / name}"))
        path = tmp_path / name / "run.json"
        return json.loads(path.read_text(encoding="utf-8"))["performance"]

    first = performance("first")
    assert list(first) == ["feed", "sentences", "translate", "extract", "abstract", "score"]
    for stage in ("translate", "abstract"):
        told = first[stage]
        assert 0 < told["source_tokens"] <= told["padded_tokens"]
        assert told["padding_share"] == round(1 - told["source_tokens"] / told["padded_tokens"], 4)
        assert told["target_tokens"] > 0
        assert told["target_tokens_per_second"] > 0
        assert told["reused_share"] < 0.5
        assert told["peak_megabytes"] > 50
    assert first["score"]["source_tokens"] is None
    again = performance("again")
    assert again["translate"]["source_tokens"] == again["abstract"]["target_tokens"] == 0
    assert again["translate"]["reused_share"] == again["abstract"]["reused_share"] == 1
    assert again["translate"]["model_seconds"] == 0


def test_subheads_and_dress_are_kept_apart(tiny, article, german):
    story = article("a", f"BERLIN (dpa-AFX) - {german}/so/DP/zb")
    (brief,) = run(tiny(feed=[story])).briefs()
    sentences = brief["translation"]["sentences"]
    assert [sentence["kind"] for sentence in sentences] == ["text"] * 3 + ["subhead", "text"]
    assert brief["dateline"] == "BERLIN (dpa-AFX)"
    assert brief["signature"] == "/so/DP/zb"
    assert not any("dpa" in s["source"] or "/so" in s["source"] for s in sentences)
    assert all(sentences[index]["kind"] == "text" for index in brief["extractive"]["sentences"])


def test_both_engines_translate_alike(tiny):
    fast = run(tiny("feed.limit=2", "translation.compute_type=float32", "stages=[translate]"))
    texts = [brief["translation"]["text"] for brief in fast.briefs()]
    slow = run(
        tiny(
            "feed.limit=2",
            "translation.engine=transformers",
            "translation.compute_type=float32",
            "stages=[translate]",
        )
    )
    assert [brief["translation"]["text"] for brief in slow.briefs()] == texts


def test_an_article_without_references_is_briefed_and_counted_as_unscored(
    tiny, tmp_path, article, german
):
    run(tiny(feed=[article("a", german)]))
    ledger = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert ledger["counts"]["unscored"] == 1
    names = {s["name"] for s in json.loads((tmp_path / "out" / "scores.json").read_text("utf-8"))}
    assert "abstractive.words" in names
    assert "abstractive.rouge1.f" not in names
