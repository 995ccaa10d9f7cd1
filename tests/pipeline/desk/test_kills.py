"""A kill retracts what was written, stops what waits, and holds when it comes first."""

from tests.pipeline.desk.conftest import story


def kill(name="a", version=2, **fields):
    return story(
        name, version, text="Achtung: Die Meldung ist zurückgezogen.", status="canceled", **fields
    )


def test_a_kill_retracts_what_was_written(desk):
    desk.put("one", story())
    desk.run()
    desk.put("two", kill(), age=3600)
    desk.run()
    assert desk.briefs()["a"] == {
        "status": "canceled",
        "id": "a",
        "provider": "dpa",
        "version": 2,
        "reason": None,
        "time": "2026-03-02T10:13:20+00:00",
    }
    assert "Werft" not in desk.published_bytes().decode()
    assert desk.database.rows("SELECT article FROM items") == [(None,), (None,)]
    assert desk.database.rows("SELECT draft FROM stories") == [(None,)]


def test_a_kill_notice_is_never_briefed(desk):
    desk.put("one", kill())
    desk.run()
    assert desk.stage.seen == []


def test_a_kill_that_comes_first_keeps_older_versions_out(desk):
    desk.put("one", kill(version=5))
    desk.run()
    desk.put("two", story(version=4), story(version=5))
    desk.run()
    assert desk.stage.seen == []
    assert desk.briefs()["a"]["status"] == "canceled"


def test_a_kill_stops_what_waits(desk):
    desk.put("one", story(version=1), kill(version=1))
    desk.run()
    assert desk.stage.seen == []


def test_a_higher_version_reinstates_with_a_warning(desk):
    desk.put("one", kill(version=5))
    desk.run()
    desk.put("two", story(version=6))
    desk.run()
    brief = desk.briefs()["a"]
    assert (brief["status"], brief["version"]) == ("usable", 6)
    assert "reinstated" in {warning["code"] for warning in brief["warnings"]}


def test_a_late_kill_of_an_older_version_only_warns(desk):
    desk.put("one", story(version=6))
    desk.run()
    desk.put("two", kill(version=5))
    desk.run()
    brief = desk.briefs()["a"]
    assert brief["status"] == "usable"
    assert "reinstated" in {warning["code"] for warning in brief["warnings"]}


def test_a_kill_of_what_is_held_leaves_no_brief(desk):
    desk.put("one", story(embargo="2026-03-02T14:00:00+01:00"))
    desk.run()
    desk.put("two", kill())
    desk.run()
    desk.wait(hours=3)
    desk.run()
    assert desk.stage.seen == []
    assert desk.briefs()["a"]["status"] == "canceled"


def test_a_second_kill_and_its_repetition_change_nothing_but_the_notice(desk):
    desk.put("one", kill(version=2))
    desk.run()
    desk.put("two", kill(version=2))
    desk.put("three", kill(version=4))
    desk.run()
    assert desk.briefs()["a"]["version"] == 4
    assert desk.count("repeated") == 1
