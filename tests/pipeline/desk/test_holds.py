"""What is under embargo or withheld leaves no trace outside the database until it is free."""

import json

import pytest

from pipeline.desk.status import StatusThread
from tests.pipeline.desk.conftest import story

SECRET = (
    "Der Preis geht an die Chemikerin Änne Sturzflug, teilte die Stiftung in Bonn am Montag mit."
)
NOON = "2026-03-02T13:30:00+01:00"
"""Half an hour after the desk's clock."""


def held(**fields):
    return story(title="Geheimnisvoller Titel", text=SECRET, **fields)


@pytest.mark.parametrize("fields", [{"embargo": NOON}, {"status": "withheld"}])
def test_what_is_held_leaves_no_trace(desk, fields, caplog):
    desk.put("one", held(**fields))
    desk.run()
    with StatusThread(desk.out, desk.pulse, 60):
        pass
    assert desk.stage.seen == []
    found = desk.published_bytes().decode() + caplog.text
    assert "Sturzflug" not in found
    assert "Geheimnis" not in found
    status = json.loads((desk.out / "status.json").read_text("utf-8"))
    assert status["items"]["held"] == 1
    assert [one["id"] for one in status["held"]] == ["a"]


def test_an_embargo_ends_on_time(desk):
    desk.put("one", held(embargo=NOON))
    desk.run()
    desk.wait(minutes=29)
    desk.run()
    assert desk.briefs() == {}
    desk.wait(minutes=1)
    desk.run()
    assert desk.briefs()["a"]["extractive"]["text"].startswith("Der Preis")


def test_it_is_free_after_a_restart_too(desk):
    desk.put("one", held(embargo=NOON))
    desk.run()
    desk.close()
    desk.wait(hours=1)
    desk.start()
    desk.run()
    assert desk.stage.seen == ["a v1"]


def test_a_newer_version_takes_the_place_of_a_held_one(desk):
    desk.put("one", held(embargo=NOON))
    desk.run()
    desk.put("two", held(version=2, embargo="2026-03-03T00:00:00+01:00"))
    desk.run()
    desk.wait(hours=1)
    desk.run()
    assert desk.stage.seen == []
    desk.wait(hours=24)
    desk.run()
    assert desk.stage.seen == ["a v2"]


def test_a_clock_that_went_back_holds_again(desk):
    desk.put("one", held(embargo=NOON))
    desk.run()
    desk.wait(hours=1)
    assert desk.agenda.release(desk.time) == 1
    desk.wait(hours=-1)
    desk.run()
    assert desk.stage.seen == []
    desk.wait(hours=1)
    desk.run()
    assert desk.stage.seen == ["a v1"]


def test_what_only_the_prose_speaks_of_is_held_until_released_by_hand(desk):
    from dataclasses import replace

    read = desk.reader.read

    def with_prose(path):
        for item in read(path):
            wire = replace(item.wire, embargo_text="Sperrfrist 19.00 Uhr")
            yield replace(item, wire=wire)

    desk.reader.read = with_prose
    desk.put("one", held())
    desk.run()
    desk.wait(days=100)
    desk.run()
    assert desk.stage.seen == []
    assert desk.agenda.free(["other"]) == []
    assert desk.agenda.free(["a"]) == ["a"]
    desk.run()
    brief = desk.briefs()["a"]
    assert [warning["code"] for warning in brief["warnings"]] == ["released_by_hand"]


@pytest.mark.parametrize("fields", [{"embargo": NOON}, {"status": "withheld"}])
def test_nothing_else_is_released_by_hand(desk, fields):
    desk.put("one", held(**fields))
    desk.run()
    assert desk.agenda.free(["a"]) == []


def test_the_database_is_for_the_user_only(desk):
    desk.put("one", held(embargo=NOON))
    desk.run()
    for path in desk.out.glob("desk.sqlite*"):
        assert path.stat().st_mode & 0o077 == 0
