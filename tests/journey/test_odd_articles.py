"""Whatever an article is like, it becomes a brief or a fault."""

import json

import pytest

from pipeline import run


def test_bad_records_become_faults_and_the_totals_add_up(tiny, tmp_path, lines, article, german):
    path = tmp_path / "mixed.jsonl"
    good = [json.dumps(article(str(n), german)) for n in range(3)]
    english = article("en", "The company said on Tuesday that sales had risen. " * 5, language="de")
    bad = [
        '{"id": "cut", "text": "Der Umsa',
        '{"id": "no-text"}',
        '["a list"]',
        json.dumps(article("empty", "   ")),
        json.dumps(english),
        json.dumps(article("0", german)),
        json.dumps(article("killed", german, status="canceled")),
    ]
    path.write_text("\n".join([good[0], *bad[:4], good[1], *bad[4:], good[2]]), encoding="utf-8")
    result = run(tiny(f"feed.path={path}", "faults.max_share=0.9"))
    assert (result.articles, result.faults, result.status) == (10, 5, 0)
    faults = lines(tmp_path / "out" / "faults.jsonl")
    assert [fault["reason"] for fault in faults] == [
        "unreadable_record",
        "missing_field",
        "unreadable_record",
        "empty_text",
        "other_language",
    ]
    assert [fault["position"] for fault in faults] == [1, 2, 3, 4, 6]
    aside = lines(tmp_path / "out" / "set_aside.jsonl")
    assert [item["reason"] for item in aside] == ["duplicate", "killed"]
    assert [item["position"] for item in aside] == [7, 8]
    assert result.set_aside == 2
    assert all(fault["remedy"] and str(path) in fault["place"] for fault in faults)
    assert [brief["id"] for brief in result.briefs()] == ["0", "1", "2"]


def test_too_many_faults_fail_the_run(tiny, article, german):
    feed = [article("a", german), {"id": "b"}]
    assert run(tiny(feed=feed)).status == 1


def test_an_empty_feed_fails_but_leaves_whole_files(tiny, tmp_path):
    result = run(tiny(feed=[]))
    assert (result.articles, result.status) == (0, 1)
    assert (tmp_path / "out" / "run.json").exists()
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize("how", ["extract_then_abstract", "chunk_and_merge"])
def test_a_very_long_article_is_briefed_and_noted(tiny, how, article):
    long = " ".join(f"Der Umsatz der Firma {n} stieg um {n} Prozent." for n in range(4000))
    once = ("translation.retries=0", "abstractive.retries=0")  # random models need many retries
    result = run(tiny(f"abstractive.long_articles={how}", *once, feed=[article("a", long)]))
    (brief,) = result.briefs()
    assert len(brief["translation"]["sentences"]) == 4000
    assert brief["abstractive"]["text"]
    assert "long_article" in {warning["code"] for warning in brief["warnings"]}


@pytest.mark.parametrize(
    "text",
    ["Ja.", "Gewinn", "Der Chef 😀 sagte \x07\x00 nein.", "Der \u202eVorstand\u200f tagt heute."],
)
def test_odd_articles_are_briefed(tiny, text, article):
    (brief,) = run(tiny(feed=[article("a", text)])).briefs()
    assert brief["translation"]["text"] is not None
    assert brief["extractive"]["sentences"] == [0]


def test_a_sentence_longer_than_the_model_is_split_and_counted(tiny, article):
    long = "Der Umsatz stieg, " * 300 + "und der Gewinn sank."
    (brief,) = run(tiny(feed=[article("a", long)])).briefs()
    assert "sentence_split" in {warning["code"] for warning in brief["warnings"]}
