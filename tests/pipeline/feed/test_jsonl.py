"""Each line is an article, or a fault with a remedy between good ones."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.records import Article, Block

RECORD = {
    "id": "x-1",
    "version": 3,
    "language": "de",
    "status": "usable",
    "embargo": None,
    "published": "2024-10-25T06:12:00+02:00",
    "provider": "dpa-AFX",
    "title": "Der Titel",
    "text": "AUSTIN (dpa-AFX) - Erster Satz.\n\nZwischenzeile\n\nZweiter Satz./so/DP/zb",
    "references": {"translation": "First.\n\nSubhead\n\nSecond.", "summaries": ["One.", "Two."]},
    "desk": {"name": "wirtschaft"},
}


def test_a_full_record(tmp_path, read, jsonl):
    (article,) = read(jsonl(tmp_path / "a.jsonl", RECORD))
    assert isinstance(article, Article)
    assert (article.id, article.version, article.provider) == ("x-1", 3, "dpa-AFX")
    assert (article.dateline, article.signature) == ("AUSTIN (dpa-AFX)", "/so/DP/zb")
    assert article.blocks == (
        Block("Erster Satz."),
        Block("Zwischenzeile", "subhead"),
        Block("Zweiter Satz."),
    )
    assert article.published.isoformat() == "2024-10-25T06:12:00+02:00"
    assert article.references.summaries == ("One.", "Two.")
    assert article.extra == {"desk": {"name": "wirtschaft"}}
    assert str(article.place) == f"{tmp_path / 'a.jsonl'}:1"


def test_only_id_and_text_are_required(tmp_path, read, jsonl):
    (article,) = read(jsonl(tmp_path / "a.jsonl", {"id": 7, "text": "Satz."}))
    assert (article.id, article.version, article.language, article.title) == ("7", 1, "de", None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "a", "text": "Der Um', "unreadable_record"),
        ("[]", "unreadable_record"),
        ("null", "unreadable_record"),
        ('{"text": "x"}', "missing_field"),
        ('{"id": "", "text": "x"}', "missing_field"),
        ('{"id": true, "text": "x"}', "missing_field"),
        ('{"id": "a"}', "missing_field"),
        ('{"id": "a", "text": null}', "missing_field"),
        ('{"id": "a", "text": ["x"]}', "missing_field"),
        ('{"id": "a", "text": "x", "version": "first"}', "wrong_type"),
        ('{"id": "a", "text": "x", "version": "²"}', "wrong_type"),
        ('{"id": "a", "text": "x", "version": -1}', "wrong_type"),
        ('{"id": "a", "text": "x", "version": "%s"}' % ("9" * 5000), "wrong_type"),
        ('{"id": "a", "text": "x", "extra": NaN}', "unreadable_record"),
        ('{"id": "a", "text": "x", "status": false}', "withheld"),
        ('{"id": "a", "text": "x", "embargo": 0}', "embargoed"),
        ('{"id": "a", "text": "x", "status": "canceled"}', "killed"),
        ('{"id": "a", "text": "x", "embargo": "tomorrow"}', "embargoed"),
        ('{"id": "a", "text": "x", "embargo": "2024-10-25T06:00:00"}', "embargoed"),
        ("[" * 100_000, "unreadable_record"),
        ('{"id": "a", "text": "x", "extra": ' + "[" * 60 + "]" * 60 + "}", "wrong_type"),
    ],
)
def test_a_bad_line_is_one_fault_between_good_ones(tmp_path, line, reason, read, jsonl, reasons):
    good = [{"id": name, "text": "Satz."} for name in "xy"]
    outcomes = read(jsonl(tmp_path / "a.jsonl", good[0], line, good[1]))
    assert reasons(outcomes) == ["ok", reason, "ok"]
    assert outcomes[1].place.line == 2
    assert outcomes[1].message
    assert outcomes[1].remedy


def test_embargoes_are_held_until_their_time(tmp_path, read, jsonl, reasons):
    now = datetime.now(UTC)
    records = [
        {"id": name, "text": "x", "embargo": (now + timedelta(hours=hours)).isoformat()}
        for name, hours in (("past", -1), ("future", 1))
    ]
    assert reasons(read(jsonl(tmp_path / "a.jsonl", *records))) == ["ok", "embargoed"]


def test_the_newest_take_counts(tmp_path, read, jsonl, reasons):
    takes = [{"id": "a", "text": "x", "version": version} for version in (1, 2, 1)]
    assert reasons(read(jsonl(tmp_path / "a.jsonl", *takes))) == ["superseded", "ok", "superseded"]


def test_limit_counts_records(tmp_path, read, jsonl, reasons):
    settings = jsonl(tmp_path / "a.jsonl", "broken", *({"id": n, "text": "x"} for n in range(5)))
    settings.limit = 3
    assert reasons(read(settings)) == ["unreadable_record", "ok", "ok"]


@pytest.mark.parametrize("title", ["\u200b", "\ud800", "EZB - Die Zinsen", "/so/DP/zb"])
def test_a_title_is_tidied_and_never_undressed(tmp_path, title, read, jsonl):
    (article,) = read(jsonl(tmp_path / "a.jsonl", {"id": "a", "text": "x", "title": title}))
    assert article.title == (title if title.isprintable() else None)


def test_half_characters_go_from_every_field(tmp_path, read, jsonl):
    record = {
        "id": "a\ud800",
        "text": "x",
        "k\ud800": ["y\ud800"],
        "references": {"summaries": "z\ud800"},
    }
    (article,) = read(jsonl(tmp_path / "a.jsonl", record))
    assert (article.id, article.extra, article.references.summaries) == ("a", {"k": ["y"]}, ("z",))


def test_explicit_dateline_and_signature_win(tmp_path, read, jsonl):
    text = "AUSTIN (dpa-AFX) - Es regnet./so/DP/zb"
    record = {"id": "a", "text": text, "dateline": "AUSTIN, Texas", "signature": "/x/"}
    (article,) = read(jsonl(tmp_path / "a.jsonl", record))
    assert (article.dateline, article.signature) == ("AUSTIN, Texas", "/x/")
    assert article.blocks == (Block("Es regnet."),)


def test_an_article_of_30000_words_is_whole(tmp_path, read, jsonl):
    (article,) = read(jsonl(tmp_path / "a.jsonl", {"id": "a", "text": "Wort " * 29_999 + "Ende."}))
    assert len(article.blocks[0].text.split()) == 30_000
