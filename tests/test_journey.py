"""The whole journey, on real tiny checkpoints and on the starters, without a network."""

import json
from pathlib import Path

import pytest

from pipeline import load_settings, run
from pipeline.errors import BackendError, ConfigError, FeedError

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "wire-sample.jsonl"
TAKES = ROOT / "data" / "wire-takes.jsonl"


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path, records):
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
    return path


def article(name, text, **more):
    return {"id": name, "text": text, **more}


GERMAN = (
    "Der Vorstand der Müller GmbH kündigte am Dienstag an, dass 1.250 Stellen wegfallen. "
    "Ein Sprecher des Ministeriums bestätigte die Zahl. Die Gewerkschaft wies sie zurück.\n\n"
    "Kritik von allen Seiten\n\n"
    "Der Umsatz stieg im Jahr 2024 um 3,5 Prozent auf 4,7 Milliarden Euro."
)


@pytest.fixture
def tiny(tmp_path, tiny_marian, tiny_bart):
    """Settings for a run with tiny random models; quality is none, everything else is real."""

    def settings(*overrides, feed=None):
        chosen = write(tmp_path / "feed.jsonl", feed) if feed is not None else SAMPLE
        return load_settings(
            "feed=jsonl",
            f"feed.path={chosen}",
            "translation=opus_mt",
            f"translation.model={tiny_marian}",
            "translation.max_tokens=24",
            "translation.beams=1",
            "abstractive=bart_cnn",
            f"abstractive.model={tiny_bart}",
            "abstractive.beams=1",
            "abstractive.min_words=8",
            "abstractive.max_words=20",
            f"memo.path={tmp_path / 'memo.sqlite'}",
            f"output_dir={tmp_path / 'out'}",
            "scoring.samples=50",
            "offline=true",
            *overrides,
        )

    return settings


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


def test_a_run_leaves_all_its_files_and_nothing_else(tiny, tmp_path):
    run(tiny(feed=[article("a", GERMAN)]))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "briefs.jsonl",
        "briefs.parquet",
        "faults.jsonl",
        "report.html",
        "run.json",
        "scores.json",
    }
    report = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    counts = report["counts"]
    assert counts["articles"] == counts["briefs"] + counts["faults"] == 1
    assert report["configuration"]["translation"]["beams"] == 1
    assert report["models"]["translation"]["engine"] == "ctranslate2"


def test_subheads_and_dress_are_kept_apart(tiny):
    story = article("a", f"BERLIN (dpa-AFX) - {GERMAN}/so/DP/zb")
    (brief,) = run(tiny(feed=[story])).briefs()
    sentences = brief["translation"]["sentences"]
    assert [sentence["kind"] for sentence in sentences] == ["text"] * 3 + ["subhead", "text"]
    assert brief["dateline"] == "BERLIN (dpa-AFX)"
    assert brief["signature"] == "/so/DP/zb"
    assert not any("dpa" in s["source"] or "/so" in s["source"] for s in sentences)
    assert all(sentences[index]["kind"] == "text" for index in brief["extractive"]["sentences"])


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


def test_a_corrected_take_pays_only_for_its_changed_sentences(tiny):
    takes = lines(TAKES)
    wanted = {take["id"] for take in takes}
    firsts = [story for story in lines(SAMPLE) if story["id"] in wanted]
    old = run(tiny("stages=[translate]", feed=firsts))
    known = {s["source"] for brief in old.briefs() for s in brief["translation"]["sentences"]}
    known |= {brief["title"] for brief in old.briefs()}
    new = run(tiny("stages=[translate]", feed=takes))
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


def test_bad_records_become_faults_and_the_totals_add_up(tiny, tmp_path):
    path = tmp_path / "mixed.jsonl"
    good = [json.dumps(article(str(n), GERMAN)) for n in range(3)]
    english = article("en", "The company said on Tuesday that sales had risen. " * 5, language="de")
    bad = [
        '{"id": "cut", "text": "Der Umsa',
        '{"id": "no-text"}',
        '["a list"]',
        json.dumps(article("empty", "   ")),
        json.dumps(english),
        json.dumps(article("0", GERMAN)),
        json.dumps(article("killed", GERMAN, status="canceled")),
    ]
    path.write_text("\n".join([good[0], *bad[:4], good[1], *bad[4:], good[2]]), encoding="utf-8")
    result = run(tiny(f"feed.path={path}", "faults.max_share=0.9"))
    assert (result.articles, result.faults, result.status) == (10, 7, 0)
    faults = lines(tmp_path / "out" / "faults.jsonl")
    assert [fault["reason"] for fault in faults] == [
        "unreadable_record",
        "missing_field",
        "unreadable_record",
        "empty_text",
        "other_language",
        "duplicate",
        "withheld",
    ]
    assert [fault["position"] for fault in faults] == [1, 2, 3, 4, 6, 7, 8]
    assert all(fault["remedy"] and str(path) in fault["place"] for fault in faults)
    assert [brief["id"] for brief in result.briefs()] == ["0", "1", "2"]


def test_too_many_faults_fail_the_run(tiny):
    feed = [article("a", GERMAN), {"id": "b"}]
    assert run(tiny(feed=feed)).status == 1


def test_an_empty_feed_fails_but_leaves_whole_files(tiny, tmp_path):
    result = run(tiny(feed=[]))
    assert (result.articles, result.status) == (0, 1)
    assert (tmp_path / "out" / "run.json").exists()
    assert (tmp_path / "out" / "report.html").exists()


def test_extract_first_translates_only_the_picks(tiny):
    (brief,) = run(tiny("order=extract_first", "feed.limit=1")).briefs()
    sentences = brief["translation"]["sentences"]
    translated = [number for number, s in enumerate(sentences) if s["target"] is not None]
    assert translated == brief["extractive"]["sentences"]
    assert brief["extractive"]["text"] == "\n".join(sentences[n]["target"] for n in translated)


def test_reference_translation_and_oracle_bound_the_scores(tmp_path):
    common = (
        f"feed.path={SAMPLE}",
        f"output_dir={tmp_path}",
        "translation=reference",
        "abstractive=none",
        "memo=none",
    )
    oracle = run(load_settings("extractive=oracle", *common))
    lead = run(load_settings("extractive=lead", *common))

    def rouge(result):
        return next(s.value for s in result.scores if s.name == "extractive.rouge1.f")

    assert rouge(oracle) > rouge(lead) > 0.3
    assert not any(score.name == "translation.bleu" for score in oracle.scores)


def test_a_part_of_the_journey_runs_alone(tiny):
    result = run(tiny("stages=[extract]", "feed.limit=2"))
    for brief in result.briefs():
        assert brief["translation"]["text"] is None
        assert brief["extractive"]["text"]
        assert brief["abstractive"] is None
    assert {line.stage for line in result.lines} == {"sentences", "extract"}


def test_an_article_without_references_is_briefed_and_counted_as_unscored(tiny, tmp_path):
    run(tiny(feed=[article("a", GERMAN)]))
    ledger = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert ledger["counts"]["unscored"] == 1
    names = {s["name"] for s in json.loads((tmp_path / "out" / "scores.json").read_text("utf-8"))}
    assert "abstractive.words" in names
    assert "abstractive.rouge1.f" not in names


@pytest.mark.parametrize("how", ["extract_then_abstract", "chunk_and_merge"])
def test_a_very_long_article_is_briefed_and_noted(tiny, how):
    long = " ".join(f"Der Umsatz der Firma {n} stieg um {n} Prozent." for n in range(4000))
    result = run(tiny(f"abstractive.long_articles={how}", feed=[article("a", long)]))
    (brief,) = result.briefs()
    assert len(brief["translation"]["sentences"]) == 4000
    assert brief["abstractive"]["text"]
    assert "long_article" in {warning["code"] for warning in brief["warnings"]}


@pytest.mark.parametrize(
    "text",
    ["Ja.", "Gewinn", "Der Chef 😀 sagte \x07\x00 nein.", "Der \u202eVorstand\u200f tagt heute."],
)
def test_odd_articles_are_briefed(tiny, text):
    (brief,) = run(tiny(feed=[article("a", text)])).briefs()
    assert brief["translation"]["text"] is not None
    assert brief["extractive"]["sentences"] == [0]


def test_a_sentence_longer_than_the_model_is_split_and_counted(tiny):
    long = "Der Umsatz stieg, " * 300 + "und der Gewinn sank."
    (brief,) = run(tiny(feed=[article("a", long)])).briefs()
    assert "sentence_split" in {warning["code"] for warning in brief["warnings"]}


def test_missing_models_are_all_named_before_any_work(tiny, tmp_path):
    settings = tiny("translation.model=acme/opus-mt-x", "abstractive.model=/no/such/folder")
    with pytest.raises(BackendError) as caught:
        run(settings)
    assert "acme/opus-mt-x" in str(caught.value)
    assert "/no/such/folder" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_model_of_the_wrong_type_is_refused(tiny, tiny_bart, tiny_marian):
    with pytest.raises(BackendError, match="unfit for translation"):
        run(tiny(f"translation.model={tiny_bart}"))
    with pytest.raises(BackendError, match="unfit for summarization"):
        run(tiny(f"abstractive.model={tiny_marian}"))


def test_a_missing_feed_is_told(tiny):
    with pytest.raises(FeedError, match="no such file"):
        run(tiny("feed.path=nowhere.jsonl"))


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        (("stages=[]",), "stages is empty"),
        (("order=extract_first", "extractive=none"), "extractive ranker"),
        (("stages=[abstract]",), "add translate"),
        (("extractive.sentences=null",), "extractive.sentences or extractive.words"),
        (("extractive.sentences=0",), "must be 1 or more"),
        (("feed.limit=0",), "must be 1 or more"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(tiny, overrides, expected):
    with pytest.raises(ConfigError, match=expected):
        run(tiny(*overrides))
