"""Files come whole or half-written; each is read once it is whole, and again if it changed."""

import os
import time

import pytest

from pipeline.desk.lookout import Lookout
from pipeline.desk.spool import SpoolFolder, Stamp, open_spool
from pipeline.errors import ConfigError, FeedError
from tests.pipeline.desk.conftest import story


class Nothing:
    def knows(self, path, stamp):
        return False


def names(found):
    return [delivery.path.name for delivery in found]


def test_a_file_is_whole_when_it_stayed_the_same(tmp_path):
    spool = SpoolFolder(tmp_path, settle_seconds=2)
    path = tmp_path / "a.txt"
    path.write_text("Die Hälfte")
    assert names(spool.look(Nothing(), 0)) == []
    assert spool.waits
    assert names(spool.look(Nothing(), 1.9)) == []
    with path.open("a") as stream:
        stream.write(" und der Rest")
    assert names(spool.look(Nothing(), 2.5)) == []
    assert names(spool.look(Nothing(), 4.4)) == []
    assert names(spool.look(Nothing(), 4.6)) == ["a.txt"]
    assert not spool.waits


@pytest.mark.parametrize("name", [".a.txt", "a.txt.part", "a.tmp", "a.txt~"])
def test_unfinished_names_are_left_alone(tmp_path, name):
    (tmp_path / name).write_text("x")
    spool = SpoolFolder(tmp_path, settle_seconds=0)
    assert names(spool.look(Nothing(), 0)) == []
    assert not spool.waits


def test_folders_and_dead_links_are_left_alone(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("x")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone")
    assert names(SpoolFolder(tmp_path, 0).look(Nothing(), 0)) == []


def test_the_newest_file_comes_first(tmp_path):
    for age, name in enumerate("cab"):
        (tmp_path / f"{name}.txt").write_text("x")
        os.utime(tmp_path / f"{name}.txt", (1000 - age, 1000 - age))
    assert names(SpoolFolder(tmp_path, 0).look(Nothing(), 0)) == ["c.txt", "a.txt", "b.txt"]


def test_a_file_that_takes_the_place_of_another_has_another_stamp(tmp_path):
    path, other = tmp_path / "a", tmp_path / "b"
    for one in (path, other):
        one.write_text("x")
        os.utime(one, (5, 5))
    before = Stamp.of(path)
    other.replace(path)
    assert Stamp.of(path) != before


def test_a_half_written_file_that_was_read_is_read_again(desk):
    path = desk.spool / "a.txt"
    path.write_text("Kiel (dpa) - Die Werft in Kiel stellt Leute ein, sagte der Vorstand.\n")
    os.utime(path, (1000, 1000))
    desk.run()
    with path.open("a") as stream:
        stream.write("\nDas hatte der Betriebsrat seit Monaten von der Leitung gefordert.\n")
    desk.run()
    assert desk.stage.usage.made == 2
    (brief,) = desk.briefs().values()
    ((draft,),) = desk.database.rows("SELECT draft FROM stories")
    assert "Betriebsrat" in draft
    assert [warning["code"] for warning in brief["warnings"]] == ["same_version"]


def test_a_file_that_stays_is_read_once_over_restarts(desk):
    desk.put("one", story())
    desk.run()
    desk.close()
    desk.start()
    desk.run()
    assert (desk.count("files"), desk.count("repeated")) == (1, 0)


def test_files_that_were_read_are_moved(make_desk):
    from pipeline.desk_settings import DoneFiles

    desk = make_desk(done=DoneFiles.move)
    desk.put("one", story())
    desk.run()
    assert [path.name for path in desk.spool.iterdir()] == [".done"]
    assert (desk.spool / ".done" / "one.jsonl").exists()
    assert desk.database.rows("SELECT * FROM files") == []


def test_files_that_were_read_are_deleted_even_after_a_kill_in_between(make_desk, monkeypatch):
    from pipeline.desk_settings import DoneFiles

    desk = make_desk(done=DoneFiles.delete)
    desk.put("one", story())
    monkeypatch.setattr(desk.tray, "_put_away", lambda path: None)
    desk.run()
    assert (desk.spool / "one.jsonl").exists()
    desk.close()
    desk.start()
    desk.run()
    assert list(desk.spool.iterdir()) == []
    assert desk.stage.seen == ["a v1"]


def test_a_lookout_finds_what_comes_while_nobody_asks(tmp_path):
    with Lookout(SpoolFolder(tmp_path, 0.01), Nothing(), 0.005) as lookout:
        (tmp_path / "a.txt").write_text("x")
        deadline = time.monotonic() + 10
        while not lookout.look(Nothing(), 0):
            assert time.monotonic() < deadline
        assert names(lookout.look(Nothing(), 0)) == ["a.txt"]
        assert lookout.waits
        (tmp_path / "a.txt").unlink()
        while lookout.waits:
            assert time.monotonic() < deadline
        tmp_path.rmdir()
        while lookout._error is None:
            assert time.monotonic() < deadline
        with pytest.raises(FeedError, match="cannot be read"):
            lookout.look(Nothing(), 0)


def test_a_spool_that_is_none_is_refused(tmp_path):
    with pytest.raises(FeedError, match="watch follows a folder"):
        open_spool(str(tmp_path / "gone"), tmp_path / "out", 1)
    with pytest.raises(ConfigError, match="results would be read as deliveries"):
        open_spool(str(tmp_path), tmp_path / "x" / "..", 1)


def test_a_spool_that_vanishes_is_told_and_waited_for(make_desk):
    desk = make_desk()
    desk.settings.until_idle = False
    desk.spool.rmdir()
    desk.desk.step()
    assert "cannot be read" in desk.pulse.last_error
    desk.spool.mkdir()
    desk.put("one", story())
    desk.desk.step()
    desk.desk.step()
    assert desk.stage.seen == ["a v1"]


def test_what_vanished_is_forgotten(desk):
    desk.put("one", story())
    desk.run()
    (desk.spool / "one.jsonl").unlink()
    desk.tray.forget_vanished()
    assert desk.database.rows("SELECT * FROM files") == []
