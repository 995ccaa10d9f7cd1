"""Every file is read in the format that its content shows, or told by one fault."""

import gzip
import io
import json
import sys
from typing import ClassVar

import pytest

from pipeline.errors import ConfigError, FeedError
from pipeline.feed.formats import registry
from pipeline.feed.item import Broken, Item
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import AutoFeed, JsonlFeed, PlaintextFeed
from pipeline.settings import load_settings

OWN = b'{"id": "own-%d", "text": "Der Rat tagt."}\n'
LEAVES = ("auto", "digitalwires", "newsml_g2", "newsml_1_2", "nitf", "ninjs", "iptc7901", "rss")


@pytest.mark.parametrize("name", LEAVES)
def test_every_option_composes(name):
    settings = load_settings(f"feed={name}", "feed.path=x")
    assert isinstance(settings.feed, AutoFeed)
    assert settings.feed.format == (None if name == "auto" else name)


def test_a_folder_of_everything(tmp_path, read, told, rss):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.jsonl").write_bytes(OWN % 1 + OWN % 2)
    (tmp_path / "b" / "feed.bin").write_bytes(rss)
    (tmp_path / "b" / "one.json").write_bytes(OWN % 3)
    (tmp_path / "c.txt").write_bytes("Köln (dpa) - Der Rat tagt.".encode("cp1252"))
    outcomes = read(tmp_path)
    assert told(outcomes) == ["own-1", "own-2", "r-1", "own-3", "c"]
    assert [item.wire.format for item in outcomes] == ["jsonl", "jsonl", "rss", "json", "plaintext"]
    assert [item.wire.charset for item in outcomes[2:]] == ["utf-8", "utf-8", "cp1252"]
    assert all(item.wire.sha256 for item in outcomes[2:])
    assert str(outcomes[2].place).endswith("b/feed.bin#1")
    assert str(outcomes[1].place).endswith("a.jsonl:2")


def test_a_glob_and_standard_input(tmp_path, read, told, rss, monkeypatch):
    for name in ("a.xml", "b.xml", "c.dat"):
        (tmp_path / name).write_bytes(rss)
    assert told(read(tmp_path / "*.xml")) == ["r-1", "r-1"]
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(rss)))
    monkeypatch.setattr(sys, "stdin", stdin)
    (article,) = read("-")
    assert str(article.place) == "<stdin>#1"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"%PDF-1.4", "a PDF document"),
        ("a.docx", None, "office program"),
        ("a.xml", b"<?xml version='1.0'?><invoice/>", "root element <invoice>"),
        ("a.html", b"<!DOCTYPE html><html><body>x</body></html>", "an HTML page"),
        ("a.json", b'{"invoice": 1, "sum": [2]}', "JSON with the keys invoice, sum"),
        ("a.csv", b"id,text\n1,Hallo", ".csv"),
        ("a.bin", bytes(range(256)) * 4, "00 01 02"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "a JPEG picture"),
        ("a.bz2", b"BZh91AY", "a bzip2 archive"),
    ],
)
def test_what_is_no_known_format_is_one_fault(tmp_path, read, zipped, name, content, says):
    path = tmp_path / name
    path.write_bytes(zipped({"[Content_Types].xml": b"<x/>"}) if content is None else content)
    (fault,) = read(path)
    assert fault.reason == "unknown_format"
    assert says in fault.message
    assert fault.remedy


@pytest.mark.parametrize("content", [b"", b" \n", b"\n\n"])
def test_an_empty_file_is_a_fault(tmp_path, read, content):
    (tmp_path / "a.txt").write_bytes(content)
    (fault,) = read(tmp_path)
    assert fault.reason == "empty_file"


def test_pictures_and_unfinished_files_are_counted(tmp_path, read, told, rss):
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0")
    for name in (".hidden", "x.part", "y.tmp", "z.xml~"):
        (tmp_path / name).write_bytes(rss)
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.xml").write_bytes(rss)
    article, media, hidden = read(tmp_path)
    assert article.id == "r-1"
    assert (media.reason, media.is_set_aside) == ("no_text", True)
    assert "2 JPEG pictures" in media.message.replace("picture ", "pictures ")
    assert (hidden.reason, hidden.is_set_aside) == ("left_out", True)
    assert hidden.message.startswith("5 ")


def test_json_of_our_own_over_several_lines(tmp_path, read, told):
    record = {"id": "a", "text": "Der Rat tagt."}
    (tmp_path / "a.json").write_text(json.dumps(record, indent=2))
    (tmp_path / "b.json").write_text(json.dumps([record, 5, {**record, "id": "b"}], indent=2))
    assert told(read(tmp_path)) == ["a", "a", "unreadable_record b.json#2", "b"]


def test_broken_lines_are_told_by_line(tmp_path, read):
    (tmp_path / "a.jsonl").write_bytes(b"{broken\n" + OWN % 1)
    (tmp_path / "b.dat").write_bytes(OWN % 2 + b"{broken\n")
    outcomes = read(tmp_path)
    assert [str(outcome.place)[-2:] for outcome in outcomes] == [":1", ":2", ":1", ":2"]


def test_a_text_may_open_with_a_bracket(tmp_path, read, told):
    (tmp_path / "a.txt").write_text("[Eil] Köln (dpa) - Der Rat tagt.")
    assert told(read(tmp_path)) == ["a"]


def test_plain_text_and_lines_are_read_as_by_their_own_readers(tmp_path, read):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(f"Der Rat {folder} tagt.")
    (tmp_path / "x" / "other.txt").write_text("Der Rat tagt.")
    (tmp_path / "x" / "other.xml").write_text("<a/>")
    plain = list(open_feed(PlaintextFeed(path=str(tmp_path / "*" / "*.txt")), "de").read())
    ids = [item.id for item in read(tmp_path) if not hasattr(item, "reason")]
    assert sorted(ids) == sorted(item.id for item in plain)
    path = tmp_path / "feed.jsonl"
    path.write_bytes(OWN % 1 + b"{cut\n")
    lines = list(open_feed(JsonlFeed(path=str(path)), "de").read())
    assert [str(item.place) for item in read(path)] == [str(item.place) for item in lines]


def test_an_encoding_that_was_set_is_believed(tmp_path, read):
    (tmp_path / "a.txt").write_bytes("Müller tagt.".encode("cp1252"))
    (fault,) = read(tmp_path, encoding="utf-8")
    assert "feed.encoding" in fault.remedy
    (article,) = read(tmp_path, encoding="cp1252")
    assert article.blocks[0].text == "Müller tagt."


def test_a_format_that_was_pinned(tmp_path, read, told, rss):
    (tmp_path / "a.xml").write_bytes(rss)
    (tmp_path / "b.txt").write_text("Der Rat tagt.")
    (tmp_path / "c.jsonl").write_bytes(OWN % 1 + OWN % 2)
    (tmp_path / "d.xml").write_bytes(b"<foo/>")
    outcomes = read(tmp_path, format="rss")
    assert told(outcomes)[:2] == ["r-1", "wrong_format b.txt"]
    assert outcomes[1].message == "this is plain text, not RSS and Atom"
    assert {outcome.reason for outcome in outcomes[1:]} == {"wrong_format"}


def test_a_pinned_format_says_what_a_file_is_instead(tmp_path, read, rss, monkeypatch):
    monkeypatch.setattr("pipeline.feed.contents.FORMATS", (*registry.FORMATS, Lines()))
    (tmp_path / "a.xml").write_bytes(rss)
    (fault,) = read(tmp_path, format="lines")
    assert fault.message == "this is RSS and Atom, not Lines"


def test_settings_that_make_no_sense(tmp_path):
    with pytest.raises(ConfigError, match=r"choose from .*rss"):
        open_feed(AutoFeed(path=str(tmp_path), format="anpa"), "de")
    with pytest.raises(ConfigError, match="feed=rss"):
        open_feed(AutoFeed(path="https://haus.example/feed"), "de")
    with pytest.raises(ConfigError, match="no such encoding"):
        open_feed(AutoFeed(path=str(tmp_path), encoding="utf-88"), "de")
    with pytest.raises(ConfigError, match=r"feed\.path is empty"):
        open_feed(AutoFeed(path=" "), "de")


@pytest.mark.parametrize("path", ["nothing.xml", "*.nothing", "a\0b", "x" * 300])
def test_what_is_not_there_is_told_before_reading(tmp_path, path):
    with pytest.raises(FeedError):
        open_feed(AutoFeed(path=f"{tmp_path}/{path}"), "de")


class Lines:
    """A format for tests: fails, breaks, or gives what it is told."""

    name, title = "lines", "Lines"
    taken: ClassVar = {}

    def recognises(self, document):
        return b'"lines"' in document.content[:20]

    def read(self, document):
        for index, what in enumerate(document.json["lines"], start=1):
            if what == "crash":
                raise KeyError(what)
            yield (
                Item(id=what, text="Der Rat tagt.", index=index)
                if what != "broken"
                else Broken(BrokenLineError(), index)
            )


class BrokenLineError(Exception):
    reason, remedy = "unreadable_record", "Mend it."


@pytest.fixture
def lines(monkeypatch):
    known = (*registry.FORMATS, Lines())
    monkeypatch.setattr(registry, "FORMATS", known)
    monkeypatch.setattr("pipeline.feed.contents.FORMATS", known)


@pytest.mark.usefixtures("lines")
def test_wire_items_one_a_line(tmp_path, read, told):
    (tmp_path / "a.dat").write_bytes(b'{"lines": ["a"]}\n\n{"lines": ["b", "broken"]}\n{"x": 1}\n')
    outcomes = read(tmp_path)
    assert told(outcomes) == ["a", "b", "unreadable_record a.dat:3#2", "unknown_format a.dat:4"]
    assert [outcome.wire.format for outcome in outcomes[:2]] == ["lines", "lines"]


@pytest.mark.usefixtures("lines")
def test_a_reader_that_fails_costs_one_document(tmp_path, read, told):
    (tmp_path / "a.json").write_bytes(b'{"lines": ["a", "crash", "b"]}')
    (tmp_path / "b.json").write_bytes(b'{"lines": ["c"]}')
    (tmp_path / "c.json").write_bytes(b'{"lines": []}')
    outcomes = read(tmp_path)
    assert told(outcomes) == ["a", "unreadable_file a.json#1", "c", "no_items c.json"]
    assert "KeyError" in outcomes[1].message
    assert outcomes[3].is_set_aside
