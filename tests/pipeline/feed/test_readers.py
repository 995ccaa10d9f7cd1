"""Each format gives the same article, and each bad record one fault with a remedy."""

import gzip
import io
import json
import os
import sys
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import ConfigError, FeedError
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import Columns, HubFeed, JsonlFeed, ParquetFeed, PlaintextFeed
from pipeline.records import Article, Block, Fault

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


def read(settings):
    return list(open_feed(settings, "de").read())


def jsonl(path, *lines):
    rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(rows), encoding="utf-8")
    return JsonlFeed(path=str(path))


def reasons(outcomes):
    return [item.reason if isinstance(item, Fault) else "ok" for item in outcomes]


def test_a_full_record(tmp_path):
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


def test_only_id_and_text_are_required(tmp_path):
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
        ('{"id": "a", "text": "x", "status": "canceled"}', "withheld"),
        ('{"id": "a", "text": "x", "embargo": "tomorrow"}', "embargoed"),
        ('{"id": "a", "text": "x", "embargo": "2024-10-25T06:00:00"}', "embargoed"),
        ("[" * 100_000, "unreadable_record"),
        ('{"id": "a", "text": "x", "extra": ' + "[" * 60 + "]" * 60 + "}", "wrong_type"),
    ],
)
def test_a_bad_line_is_one_fault_between_good_ones(tmp_path, line, reason):
    good = [{"id": name, "text": "Satz."} for name in "xy"]
    outcomes = read(jsonl(tmp_path / "a.jsonl", good[0], line, good[1]))
    assert reasons(outcomes) == ["ok", reason, "ok"]
    assert outcomes[1].place.line == 2
    assert outcomes[1].message
    assert outcomes[1].remedy


def test_embargoes_are_held_until_their_time(tmp_path):
    now = datetime.now(UTC)
    records = [
        {"id": name, "text": "x", "embargo": (now + timedelta(hours=hours)).isoformat()}
        for name, hours in (("past", -1), ("future", 1))
    ]
    assert reasons(read(jsonl(tmp_path / "a.jsonl", *records))) == ["ok", "embargoed"]


def test_the_first_of_two_equal_takes_counts(tmp_path):
    takes = [{"id": "a", "text": "x", "version": version} for version in (1, 2, 1)]
    assert reasons(read(jsonl(tmp_path / "a.jsonl", *takes))) == ["ok", "ok", "duplicate"]


def test_wrong_bytes_name_the_setting(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"id": "a", "text": "Müller"}\n'.encode("latin-1"))
    (fault,) = read(JsonlFeed(path=str(path)))
    assert "feed.encoding" in fault.remedy
    (article,) = read(JsonlFeed(path=str(path), encoding="latin-1"))
    assert article.blocks[0].text == "Müller"


def test_bom_blank_lines_gzip_and_folders(tmp_path):
    (tmp_path / "b.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "b", "text": "x"}\n\n\n')
    with gzip.open(tmp_path / "c.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write('{"id": "c", "text": "x"}\n')
    (tmp_path / "ignored.csv").write_text("x")
    assert [item.id for item in read(JsonlFeed(path=str(tmp_path)))] == ["b", "c"]
    assert [item.id for item in read(JsonlFeed(path=str(tmp_path / "*.gz")))] == ["c"]


def test_a_broken_archive_is_a_fault_and_the_next_file_is_read(tmp_path):
    whole = gzip.compress(b'{"id": "a", "text": "x"}\n' * 1)
    (tmp_path / "a.jsonl.gz").write_bytes(whole[:-9])
    (tmp_path / "b.jsonl").write_text('{"id": "b", "text": "x"}')
    outcomes = read(JsonlFeed(path=str(tmp_path)))
    assert reasons(outcomes)[-1] == "ok"
    assert "unreadable_file" in reasons(outcomes)


def test_standard_input(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(b'{"id": "a", "text": "x"}\n'))
    monkeypatch.setattr(sys, "stdin", stdin)
    (article,) = read(JsonlFeed(path="-"))
    assert str(article.place) == "<stdin>:1"


def test_an_empty_file_has_no_record(tmp_path):
    (tmp_path / "a.jsonl").write_text("")
    assert read(JsonlFeed(path=str(tmp_path / "a.jsonl"))) == []


def test_limit_counts_records(tmp_path):
    settings = jsonl(tmp_path / "a.jsonl", "broken", *({"id": n, "text": "x"} for n in range(5)))
    settings.limit = 3
    assert reasons(read(settings)) == ["unreadable_record", "ok", "ok"]


def test_plain_text(tmp_path):
    (tmp_path / "b.txt").write_bytes(b"Zweiter.\r\n\r\nMehr dazu\r\n\r\nEnde.")
    (tmp_path / "a.txt").write_text("BERLIN (dpa) - Erster./jha/", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes("Grün".encode("latin-1"))
    first, second, third = read(PlaintextFeed(path=str(tmp_path)))
    assert (first.id, first.dateline, first.signature) == ("a", "BERLIN (dpa)", "/jha/")
    assert [block.kind for block in second.blocks] == ["text", "subhead", "text"]
    assert third.reason == "unreadable_record"


def parquet(path, **columns):
    pq.write_table(pa.table(columns), path)
    return str(path)


def test_parquet_with_nested_columns(tmp_path):
    path = parquet(
        tmp_path / "a.parquet",
        key=[1, 2],
        pair=[{"de": "Satz.", "en": "Sentence."}, {"de": None, "en": "x"}],
        notes=[["One.", "Two."], None],
    )
    columns = Columns(id="key", text="pair.de", translation="pair.en", summary="notes")
    good, bad = read(ParquetFeed(path=path, columns=columns))
    assert (good.id, good.blocks) == ("1", (Block("Satz."),))
    assert good.references.translation == "Sentence."
    assert good.references.summaries == ("One.", "Two.")
    assert bad.reason == "missing_field"
    assert bad.place.line == 2


def test_parquet_with_other_columns_names_those_there_are(tmp_path):
    path = parquet(tmp_path / "a.parquet", headline=["x"], body=["y"])
    with pytest.raises(FeedError, match=r"headline, body.*feed\.columns\.text"):
        open_feed(ParquetFeed(path=path), "de")


def test_rows_without_id_are_numbered(tmp_path):
    path = parquet(tmp_path / "a.parquet", text=["Eins.", "Zwei."])
    articles = read(ParquetFeed(path=path, columns=Columns()))
    assert [article.id for article in articles] == ["a-1", "a-2"]


def test_a_file_that_is_no_parquet(tmp_path):
    (tmp_path / "a.parquet").write_text("nonsense")
    with pytest.raises(FeedError, match="no readable Parquet"):
        open_feed(ParquetFeed(path=str(tmp_path / "a.parquet")), "de")


@pytest.mark.parametrize("streaming", [True, False])
def test_a_dataset_from_files(tmp_path, streaming):
    (tmp_path / "a.json").write_text('{"article": "Satz.", "highlights": "Short."}\n')
    settings = HubFeed(
        dataset="json",
        files=str(tmp_path / "*.json"),
        streaming=streaming,
        columns=Columns(text="article", summary="highlights"),
    )
    (article,) = read(settings)
    assert article.id == "test-1"
    assert article.references.summaries == ("Short.",)


def test_a_dataset_without_the_column_names_those_there_are(tmp_path):
    (tmp_path / "a.json").write_text('{"article": "Satz."}\n')
    settings = HubFeed(dataset="json", files=str(tmp_path / "a.json"))
    with pytest.raises(FeedError, match=r"no column 'text'; there are article"):
        read(settings)


def test_a_missing_dataset_is_one_message(tmp_path):
    with pytest.raises(FeedError, match="cannot be loaded"):
        read(HubFeed(dataset=str(tmp_path / "none")))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("wire-sampel.jsonl", r"no such file.*Did you mean .*wire-sample\.jsonl"),
        ("*.xml", "no file matches"),
        ("empty", r"no \*\.jsonl"),
    ],
)
def test_what_is_not_there_is_told_before_reading(tmp_path, path, message):
    (tmp_path / "wire-sample.jsonl").write_text("")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FeedError, match=message):
        open_feed(JsonlFeed(path=str(tmp_path / path)), "de")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission(tmp_path):
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(FeedError, match="may not be read"):
        open_feed(JsonlFeed(path=str(tmp_path / "shut")), "de")


@pytest.mark.parametrize("path", ["a" * 300 + ".jsonl", "~no-such-user-here/a.jsonl", "a\0b"])
def test_impossible_paths_are_one_message(path):
    with pytest.raises(FeedError):
        open_feed(JsonlFeed(path=path), "de")


def test_what_json_lines_and_parquet_cannot_do_is_a_setting_s_mistake(tmp_path):
    (tmp_path / "a.jsonl").write_text("")
    with pytest.raises(ConfigError, match="utf-16"):
        open_feed(JsonlFeed(path=str(tmp_path / "a.jsonl"), encoding="utf-16"), "de")
    with pytest.raises(ConfigError, match="standard input"):
        open_feed(ParquetFeed(path="-"), "de")


@pytest.mark.parametrize("title", ["\u200b", "\ud800", "EZB - Die Zinsen", "/so/DP/zb"])
def test_a_title_is_tidied_and_never_undressed(tmp_path, title):
    (article,) = read(jsonl(tmp_path / "a.jsonl", {"id": "a", "text": "x", "title": title}))
    assert article.title == (title if title.isprintable() else None)


def test_half_characters_go_from_every_field(tmp_path):
    record = {
        "id": "a\ud800",
        "text": "x",
        "k\ud800": ["y\ud800"],
        "references": {"summaries": "z\ud800"},
    }
    (article,) = read(jsonl(tmp_path / "a.jsonl", record))
    assert (article.id, article.extra, article.references.summaries) == ("a", {"k": ["y"]}, ("z",))


def test_explicit_dateline_and_signature_win(tmp_path):
    text = "AUSTIN (dpa-AFX) - Es regnet./so/DP/zb"
    record = {"id": "a", "text": text, "dateline": "AUSTIN, Texas", "signature": "/x/"}
    (article,) = read(jsonl(tmp_path / "a.jsonl", record))
    assert (article.dateline, article.signature) == ("AUSTIN, Texas", "/x/")
    assert article.blocks == (Block("Es regnet."),)


def test_an_article_of_30000_words_is_whole(tmp_path):
    (article,) = read(jsonl(tmp_path / "a.jsonl", {"id": "a", "text": "Wort " * 29_999 + "Ende."}))
    assert len(article.blocks[0].text.split()) == 30_000


def test_other_columns_are_carried_and_embargoes_hold(tmp_path):
    late = "2999-01-01T00:00:00Z"
    path = parquet(
        tmp_path / "a.parquet", id=["a", "b"], text=["x", "y"], n=[1, 2], embargo=[None, late]
    )
    good, bad = read(ParquetFeed(path=path, columns=Columns(id="id")))
    assert (good.extra, bad.reason) == ({"n": 1}, "embargoed")


def test_a_missing_nested_or_reference_column_is_told(tmp_path):
    path = parquet(tmp_path / "a.parquet", pair=[{"de": "Satz."}])
    for columns in (Columns(text="pair.fr"), Columns(text="pair.de", summary="short")):
        with pytest.raises(FeedError, match=r"pair\.de"):
            open_feed(ParquetFeed(path=path, columns=columns), "de")


def test_a_dataset_folder_whose_first_text_is_null(tmp_path):
    pq.write_table(pa.table({"text": [None, "Satz."]}), tmp_path / "test.parquet")
    assert reasons(read(HubFeed(dataset=str(tmp_path)))) == ["missing_field", "ok"]


def test_text_files_of_one_name_in_two_folders(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "story.txt").write_text("Satz.")
    first, second = read(PlaintextFeed(path=str(tmp_path / "*" / "*.txt")))
    assert (first.id[-7:], second.id[-7:]) == ("a/story", "b/story")


def test_an_unknown_encoding_is_a_setting_s_mistake(tmp_path):
    (tmp_path / "a.jsonl").write_text("")
    with pytest.raises(ConfigError, match="no such encoding"):
        open_feed(JsonlFeed(path=str(tmp_path / "a.jsonl"), encoding="utf-88"), "de")
