"""Files are found, decoded and unpacked; what is not there is told before reading."""

import gzip
import io
import sys

import pytest

from pipeline.errors import ConfigError, FeedError
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed, ParquetFeed


def test_wrong_bytes_name_the_setting(tmp_path, read):
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"id": "a", "text": "Müller"}\n'.encode("latin-1"))
    (fault,) = read(JsonlFeed(path=str(path)))
    assert "feed.encoding" in fault.remedy
    (article,) = read(JsonlFeed(path=str(path), encoding="latin-1"))
    assert article.blocks[0].text == "Müller"


def test_bom_blank_lines_gzip_and_folders(tmp_path, read):
    (tmp_path / "b.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "b", "text": "x"}\n\n\n')
    with gzip.open(tmp_path / "c.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write('{"id": "c", "text": "x"}\n')
    (tmp_path / "ignored.csv").write_text("x")
    assert [item.id for item in read(JsonlFeed(path=str(tmp_path)))] == ["b", "c"]
    assert [item.id for item in read(JsonlFeed(path=str(tmp_path / "*.gz")))] == ["c"]


def test_a_broken_archive_is_a_fault_and_the_next_file_is_read(tmp_path, read, reasons):
    whole = gzip.compress(b'{"id": "a", "text": "x"}\n' * 1)
    (tmp_path / "a.jsonl.gz").write_bytes(whole[:-9])
    (tmp_path / "b.jsonl").write_text('{"id": "b", "text": "x"}')
    outcomes = read(JsonlFeed(path=str(tmp_path)))
    assert reasons(outcomes)[-1] == "ok"
    assert "unreadable_file" in reasons(outcomes)


def test_standard_input(monkeypatch, read):
    stdin = io.TextIOWrapper(io.BytesIO(b'{"id": "a", "text": "x"}\n'))
    monkeypatch.setattr(sys, "stdin", stdin)
    (article,) = read(JsonlFeed(path="-"))
    assert str(article.place) == "<stdin>:1"


def test_an_empty_file_has_no_record(tmp_path, read):
    (tmp_path / "a.jsonl").write_text("")
    assert read(JsonlFeed(path=str(tmp_path / "a.jsonl"))) == []


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


OPEN = """
import sys
from pipeline.errors import FeedError
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import JsonlFeed
try:
    open_feed(JsonlFeed(path=sys.argv[1]), "de")
except FeedError as error:
    print(error)
"""


def test_a_folder_without_permission(tmp_path, without_rights):
    shut = tmp_path / "shut"
    shut.mkdir(mode=0)
    result = without_rights(OPEN, shut)
    assert f"{shut}: this folder may not be read" in result.stdout, result.stderr


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


def test_an_unknown_encoding_is_a_setting_s_mistake(tmp_path):
    (tmp_path / "a.jsonl").write_text("")
    with pytest.raises(ConfigError, match="no such encoding"):
        open_feed(JsonlFeed(path=str(tmp_path / "a.jsonl"), encoding="utf-88"), "de")
