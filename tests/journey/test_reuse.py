"""What a model wrote once is not paid for again."""

import json
import subprocess
import sys
from pathlib import Path

from pipeline import run

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "wire-sample.jsonl"
TAKES = ROOT / "data" / "wire-takes.jsonl"


def test_the_second_run_calls_no_model_and_gives_the_same_bytes(tiny, tmp_path):
    first = run(tiny("feed.limit=4"))
    files = ("briefs.jsonl", "faults.jsonl", "scores.json")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in files}
    second = run(tiny("feed.limit=4"))
    made = {line.stage: line.made for line in first.lines}
    again = {line.stage: (line.made, line.reused) for line in second.lines}
    assert made["translate"] > 0
    assert made["abstract"] > 0
    assert again["translate"] == (0, made["translate"])
    assert again["abstract"] == (0, made["abstract"])
    assert {name: (tmp_path / "out" / name).read_bytes() for name in files} == before


def test_a_corrected_take_pays_only_for_its_changed_sentences(tiny, lines):
    takes = lines(TAKES)
    wanted = {take["id"] for take in takes}
    firsts = [story for story in lines(SAMPLE) if story["id"] in wanted]
    once = ("stages=[translate]", "translation.retries=0")  # random models need many retries
    old = run(tiny(*once, feed=firsts))
    known = {s["source"] for brief in old.briefs() for s in brief["translation"]["sentences"]}
    known |= {brief["title"] for brief in old.briefs()}
    new = run(tiny(*once, feed=takes))
    texts = {s["source"] for brief in new.briefs() for s in brief["translation"]["sentences"]}
    texts |= {brief["title"] for brief in new.briefs()}
    (line,) = [line for line in new.lines if line.stage == "translate"]
    pieces = sum(w["code"] == "sentence_split" for brief in new.briefs() for w in brief["warnings"])
    assert len(texts - known) <= line.made <= len(texts - known) + pieces
    assert 0 < line.made < 0.45 * (line.made + line.reused)


def test_changing_the_summarizer_translates_nothing_again(tiny):
    run(tiny("feed.limit=3"))
    again = run(tiny("feed.limit=3", "abstractive.max_words=15", "extractive=mmr"))
    usage = {line.stage: line.made for line in again.lines}
    assert usage["translate"] == 0
    assert usage["abstract"] > 0


def test_runs_at_the_same_time_translate_once(tmp_path):
    folders = [tmp_path / name for name in ("one", "two", "three")]
    overrides = ["offline=true", "feed.limit=2", "stages=[translate]", "translation.threads=1"]
    command = [sys.executable, "-m", "pipeline", *overrides, f"memo.path={tmp_path / 'm.sqlite'}"]
    runs = [
        subprocess.Popen([*command, f"output_dir={folder}"], cwd=ROOT, stdout=subprocess.DEVNULL)
        for folder in folders
    ]
    assert [process.wait() for process in runs] == [0, 0, 0]
    records = [json.loads((folder / "run.json").read_text()) for folder in folders]
    usages = [record["counts"]["stages"]["translate"] for record in records]
    (texts,) = {usage["made"] + usage["reused"] for usage in usages}
    assert sum(usage["made"] for usage in usages) == texts
    assert len({(folder / "briefs.jsonl").read_bytes() for folder in folders}) == 1
