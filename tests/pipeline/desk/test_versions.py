"""Deliveries come in any order and more than once; what stands is the newest version."""

import itertools
import json

import pytest

from tests.pipeline.desk.conftest import story

OTHER = "Die Werft in Kiel stellt 300 Leute ein, wie der Vorstand am Dienstag berichtigte."


def test_a_brief_names_the_version_it_was_made_from(desk):
    desk.put("one", story(version=7))
    desk.run()
    brief = desk.briefs()["a"]
    assert (brief["version"], brief["status"], brief["stale"]) == (7, "usable", None)


@pytest.mark.parametrize("order", list(itertools.permutations([2, 5, 24])))
def test_the_newest_version_stands_in_whatever_order_they_come(desk, order):
    for number, version in enumerate(order):
        desk.put(f"f{number}", story(version=version, text=f"{OTHER} Teil {version}."))
        desk.run()
    assert desk.briefs()["a"]["version"] == 24
    assert len(list((desk.out / "briefs").rglob("*.json"))) == 1


def test_what_came_before_is_dropped_and_counted(desk):
    desk.put("one", story())
    desk.run()
    desk.put("two", story())
    desk.put("three", story())
    desk.run()
    assert desk.stage.seen == ["a v1"]
    assert desk.count("repeated") == 2


def test_an_older_version_costs_no_model_call(desk):
    desk.put("one", story(version=3))
    desk.run()
    desk.put("two", story(version=2, text=OTHER))
    desk.run()
    assert desk.stage.seen == ["a v3"]
    assert desk.count("superseded") == 1


def test_two_versions_at_once_cost_one_model_call(desk):
    desk.put("one", story(version=1), story(version=2, text=OTHER))
    desk.run()
    assert desk.stage.seen == ["a v2"]


def test_a_change_of_metadata_alone_costs_no_model_call(desk):
    desk.put("one", story(version=1, slug="alt"))
    desk.run()
    desk.put("two", story(version=2, slug="neu"))
    desk.run()
    assert desk.stage.usage.made == 1
    brief = desk.briefs()["a"]
    assert (brief["version"], brief["extra"]["slug"]) == (2, "neu")
    assert brief["extractive"]["text"].startswith("Die Werft in Kiel")


def test_another_configuration_makes_the_brief_anew(desk):
    desk.put("one", story(version=1))
    desk.run()
    desk.close()
    desk.recipe = "another"
    desk.start()
    desk.put("two", story(version=2))
    desk.run()
    assert desk.stage.seen == ["a v1", "a v2"]


def test_the_same_version_with_other_content_counts_with_a_warning(desk):
    desk.put("one", story())
    desk.run()
    desk.put("two", story(text=OTHER), age=-10)
    desk.run()
    brief = desk.briefs()["a"]
    assert "300" in brief["extractive"]["text"]
    assert [warning["code"] for warning in brief["warnings"]] == ["same_version"]


def test_of_the_same_version_the_later_delivery_counts_whenever_it_is_read(desk):
    desk.put("late", story(text=OTHER), age=0)
    desk.run()
    desk.put("early", story(), age=100)
    desk.run()
    assert "300" in desk.briefs()["a"]["extractive"]["text"]


def test_a_brief_is_stale_while_a_newer_version_waits(desk):
    desk.put("one", story(version=1))
    desk.run()
    desk.put("two", story(version=3, text=OTHER, embargo="2026-03-02T14:00:00+01:00"))
    desk.run()
    brief = desk.briefs()["a"]
    assert brief["version"] == 1
    assert brief["stale"]["newer_version"] == 3
    assert brief["stale"]["since"].startswith("2026-03-02T")
    desk.wait(hours=2)
    desk.run()
    brief = desk.briefs()["a"]
    assert (brief["version"], brief["stale"]) == (3, None)


def test_stories_of_two_houses_with_one_id_are_two(desk):
    desk.put("one", story("1"), story("1", provider="KNA"))
    desk.run()
    assert len(list((desk.out / "briefs").rglob("*.json"))) == 2


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "a/b", "x" * 500, "ÄÖ☃", "a\0b"])
def test_no_id_leads_out_of_the_folder(desk, name):
    desk.put("one", story(name, provider="../" + name))
    desk.run()
    (path,) = (desk.out / "briefs").rglob("*.json")
    assert path.resolve().parent.parent == (desk.out / "briefs").resolve()
    assert json.loads(path.read_text("utf-8"))["status"] == "usable"


def test_ids_that_look_alike_have_a_file_each(desk):
    desk.put("one", story("a/b"), story("a-b"), story("A-b"))
    desk.run()
    names = [path.name.casefold() for path in (desk.out / "briefs").rglob("*.json")]
    assert len(set(names)) == 3
