"""Urgent things first, however much waits; nobody starves."""

import time

import pytest

from pipeline.errors import BackendError
from tests.pipeline.desk.conftest import story


@pytest.fixture
def with_urgency(make_desk):
    """Return a desk whose records may say how urgent they are, as other formats do."""
    from dataclasses import replace

    desk = make_desk(batch=2)
    read = desk.reader.read

    def reading(path):
        for item in read(path):
            urgency = item.extra.get("urgency")
            yield replace(item, wire=replace(item.wire, urgency=urgency))

    desk.reader.read = reading
    return desk


def test_urgency_then_arrival_decides(with_urgency):
    desk = with_urgency
    desk.put("late", story("late"), age=0)
    desk.put("early", story("early"), age=50)
    desk.put("dull", story("dull", urgency=6), age=90)
    desk.put("quick", story("quick", urgency=2), age=0)
    desk.put("flash", story("flash", urgency=1), age=0)
    desk.run()
    assert [name.split()[0] for name in desk.stage.seen] == [
        "flash", "quick", "early", "late", "dull",
    ]  # fmt: skip


def test_an_urgent_article_waits_for_no_other_in_its_batch(with_urgency):
    desk = with_urgency
    desk.put("one", story("usual"), story("flash", urgency=1))
    desk.run()
    assert desk.stage.batches == [["flash"], ["usual"]]


def test_a_flash_overtakes_a_backlog(with_urgency):
    desk = with_urgency
    for number in range(10):
        desk.put(f"f{number}", *[story(f"{number}-{n}") for n in range(5)], age=100)
    desk.desk.step()
    before = len(desk.stage.batches)
    desk.put("flash", story("flash", urgency=1))
    desk.desk.step()
    assert desk.stage.batches[before] == ["flash"]
    desk.run()
    assert desk.stage.usage.made == 51


def test_a_flash_overtakes_a_large_file_that_is_being_read(with_urgency):
    desk = with_urgency
    desk.put("large", *[story(str(number)) for number in range(400)], age=100)
    desk.desk._slice = 0.02
    desk.desk._look()
    desk.tray.work(0.02)
    assert not desk.tray.is_empty
    desk.put("flash", story("flash", urgency=1))
    desk.desk.step()
    assert "flash v1" in desk.stage.seen
    desk.run()
    assert desk.stage.usage.made == 401


def test_batches_shrink_where_articles_take_long(make_desk):
    desk = make_desk(batch=4, batch_seconds=0.1)
    desk.put("one", *[story(str(number)) for number in range(60)])
    process, seconds = desk.stage.process, 0.0

    def slowly(drafts, advance):
        time.sleep(seconds * len(drafts))
        return process(drafts, advance)

    desk.stage.process = slowly
    while len(desk.stage.batches) < 8:
        desk.desk.step()
    before = [len(batch) for batch in desk.stage.batches]
    seconds = 0.06
    desk.run()
    after = [len(batch) for batch in desk.stage.batches[8:]]
    assert (before[0], max(before)) == (1, 4)
    assert set(after[1:]) == {1}


def test_a_batch_that_fails_as_a_whole_is_tried_again(desk):
    desk.put("one", story())
    desk.stage.raises = [BackendError("no answer"), BackendError("no answer")]
    desk.run()
    assert desk.stage.seen == ["a v1"]


def test_after_all_tries_the_command_ends_and_nothing_is_lost(desk):
    desk.put("one", story())
    desk.stage.raises = [BackendError("no answer")] * 4
    with pytest.raises(BackendError):
        desk.run()
    desk.close()
    desk.start()
    desk.run()
    assert desk.stage.seen == ["a v1"]


def test_texts_of_old_briefs_are_dropped_and_versions_remembered(desk):
    desk.put("one", story(version=1), story(version=2))
    desk.run()
    desk.wait(days=40)
    desk.agenda.forget(desk.time, 30)
    assert desk.database.rows("SELECT draft FROM stories") == [(None,)]
    assert desk.database.rows("SELECT article FROM items") == [(None,), (None,)]
    changes = desk.database.rows("SELECT total_changes()")
    desk.agenda.forget(desk.time, 30)
    assert desk.database.rows("SELECT total_changes()") == changes
    desk.put("two", story(version=1), story(version=2))
    desk.run()
    assert desk.count("repeated") == 2
    desk.put("three", story(version=3))
    desk.run()
    assert desk.briefs()["a"]["version"] == 3
