"""What cannot be read is kept, with place and reason, and taken up again after a fix."""

import hashlib
import json

import pytest

from pipeline.desk.database import DeskDatabase
from pipeline.desk.reading import FeedFiles
from pipeline.desk.status import write_faults
from pipeline.errors import ArticleError, OutputError
from pipeline.feed.settings import AutoFeed
from tests.pipeline.desk.conftest import story

BAD = "Größe".encode("cp1252")


def files(desk):
    return sorted(path.suffix for path in (desk.out / "quarantine").glob("*"))


def faults(desk):
    write_faults(desk.out, desk.database)
    lines = (desk.out / "faults.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_bytes_the_place_and_the_reason_are_kept(desk):
    line = json.dumps(story("b")).encode()
    content = line + b"\n" + BAD + b"\n" + json.dumps(story("c")).encode() + b"\n"
    (desk.spool / "x.jsonl").write_bytes(content)
    desk.run()
    assert sorted(desk.briefs()) == ["b", "c"]
    name = hashlib.sha256(content).hexdigest()
    raw, told = (desk.out / "quarantine" / f"{name}.{suffix}" for suffix in ("raw", "json"))
    assert raw.read_bytes() == content
    assert raw.stat().st_mode & 0o077 == 0
    record = json.loads(told.read_text("utf-8"))
    assert record["source"].endswith("x.jsonl")
    assert record["tries"] == 1
    (fault,) = record["faults"]
    assert fault["place"].endswith("x.jsonl:2")
    assert fault["reason"] == "unreadable_record"
    assert fault["remedy"]
    assert [one["quarantine"] for one in faults(desk)] == [name]


def test_it_is_taken_up_again_after_a_fix(desk):
    text = "Kiel (dpa) - Die Größe der Werft in Kiel wächst weiter, sagte der Vorstand am Montag.\n"
    (desk.spool / "kiel.txt").write_bytes(text.encode("cp1252"))
    desk.run()
    assert files(desk) == [".json", ".raw"]
    (desk.spool / "kiel.txt").unlink()
    assert desk.quarantine.try_again() == 1
    desk.run()
    assert files(desk) == [".json", ".raw"]
    (told,) = (desk.out / "quarantine").glob("*.json")
    assert json.loads(told.read_text("utf-8"))["tries"] == 2

    desk.tray._reader = FeedFiles(AutoFeed(encoding="cp1252"), "de")
    desk.quarantine.try_again()
    desk.run()
    assert files(desk) == []
    assert faults(desk) == []
    brief = desk.briefs()["kiel"]
    assert brief["place"].endswith("spool/kiel.txt")
    assert "Größe" in brief["extractive"]["text"]


def test_a_corrected_delivery_ends_the_fault(desk):
    (desk.spool / "x.jsonl").write_bytes(b"{")
    desk.run()
    assert len(faults(desk)) == 1
    (desk.spool / "x.jsonl").write_text(json.dumps(story()))
    desk.run()
    assert faults(desk) == []
    assert files(desk) == []


def test_good_lines_are_not_briefed_again_by_a_retry(desk):
    (desk.spool / "x.jsonl").write_text(json.dumps(story()) + "\n{\n")
    desk.run()
    desk.quarantine.try_again()
    desk.run()
    assert desk.stage.seen == ["a v1"]
    assert len(faults(desk)) == 1


def test_a_reader_that_fails_is_a_fault_of_the_file(desk):
    desk.put("one", story())
    desk.put("two", story("b"))

    def broken(path):
        if path.stem == "one":
            raise RuntimeError("boom")
        yield from FeedFiles(AutoFeed(encoding="utf-8"), "de").read(path)

    desk.reader.read = broken
    desk.run()
    assert desk.stage.seen == ["b v1"]
    (fault,) = faults(desk)
    assert fault["reason"] == "internal_error"


def test_a_file_that_is_taken_away_while_it_is_read_stops_nothing(desk):
    desk.put("one", story())
    desk.put("two", story("b"))

    def fading(path):
        if path.stem == "one":
            path.unlink()
            raise OSError(5, "Input/output error")
        yield from FeedFiles(AutoFeed(encoding="utf-8"), "de").read(path)

    desk.reader.read = fading
    desk.run()
    assert desk.stage.seen == ["b v1"]
    assert len(faults(desk)) == 1
    desk.quarantine.try_again()
    desk.run()
    assert len(faults(desk)) == 1


def test_a_file_that_may_not_be_read_is_told_and_tried_again(desk, monkeypatch):
    from pipeline.desk import tray

    desk.put("one", story())
    digest = tray._digest

    def refused(path):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(tray, "_digest", refused)
        desk.run()
        desk.run()
    (fault,) = faults(desk)
    assert fault["message"] == "cannot be read: Permission denied"
    assert tray._digest is digest
    desk.run()
    assert desk.stage.seen == ["a v1"]
    assert faults(desk) == []


def test_an_article_that_fails_in_a_stage_is_a_fault_until_a_retry(desk):
    desk.put("one", story(), story("b"))
    desk.stage.raises = [ArticleError("bad", "bad text", "mend it")] * 2
    desk.run()
    assert sorted(desk.briefs()) == ["b"]
    (fault,) = faults(desk)
    assert (fault["article_id"], fault["reason"], fault["stage"]) == ("a", "bad", "extract")
    assert desk.agenda.try_again() == 1
    desk.run()
    assert sorted(desk.briefs()) == ["a", "b"]
    assert faults(desk) == []


def test_a_newer_version_ends_the_fault_of_an_older_one(desk):
    desk.put("one", story())
    desk.stage.raises = [ArticleError("bad", "bad text", "mend it")] * 2
    desk.run()
    desk.put("two", story(version=2))
    desk.run()
    assert faults(desk) == []


def test_another_language_is_set_aside(desk):
    english = "The yard in Kiel will hire two hundred people in spring, the board said on Monday."
    desk.put("one", story(language="en", text=english))
    desk.run()
    assert desk.briefs() == {}
    assert faults(desk) == []
    assert desk.database.rows("SELECT state FROM items") == [("set_aside",)]


def test_a_full_disk_is_told_and_nothing_is_lost(desk, monkeypatch):
    from pipeline.desk import files

    desk.put("one", story(text="Die Werft in Kiel baut weiter aus. " * 3))

    def full(path, content, **_):
        raise OutputError(f"{path}: no room")

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_whole", full)
        with pytest.raises(OutputError, match="no room"):
            desk.run()
    assert desk.briefs() == {}
    desk.close()
    desk.start()
    desk.run()
    assert sorted(desk.briefs()) == ["a"]
    assert desk.stage.seen == ["a v1"]


def test_a_database_of_a_newer_wirebrief_is_left_alone(desk):
    desk.database.change("PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="in format 99"), DeskDatabase(desk.out):
        pass
    desk.database.change("PRAGMA user_version = 1")


def test_a_picture_beside_texts_is_counted_and_not_kept(desk):
    (desk.spool / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(1000))
    desk.put("a", story("a"))
    desk.run()
    assert list(desk.briefs()) == ["a"]
    assert files(desk) == []
    assert faults(desk) == []
    assert desk.count("set_aside") == 1
