"""Parts made one by one, put back together, are what a run in this process makes."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.assemble import assemble
from pipeline.feed.meter import FeedMeter
from pipeline.feed.stretches import StretchReader
from pipeline.parts.parcel import Done, Failure
from pipeline.parts.plan import Plan, carried_orders
from pipeline.parts.store import PartStore
from pipeline.parts.survey import Surveyor
from pipeline.parts.table import read_part
from pipeline.parts.worker import PartWorker
from pipeline.terminal import Silent

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def locally(settings):
    journey = assemble(settings)
    journey.open()
    meter = FeedMeter()
    outcomes = list(journey.outcomes(meter, Silent(())))
    journey.close()
    return outcomes, meter, journey


def planned(assignment, rows, limit=None, stretch_bytes=1 << 20):
    reader = StretchReader(assignment.settings.feed, "de", stretch_bytes)
    with Plan(limit) as plan:
        for stretch in reader.find():
            answer = pickle.loads(Surveyor(assignment, rows)(pickle.dumps(stretch)))
            plan.take(stretch, answer)
            if plan.is_full:
                break
        return list(plan.orders(NOW))


def made(worker, orders):
    return [pickle.loads(worker(pickle.dumps(order))) for order in orders]


def together(store, answers):
    outcomes = [item for done in answers for item in read_part(store.get(done.file))]
    return [replace(item, position=number) for number, item in enumerate(outcomes)]


@pytest.mark.parametrize("stretch_bytes", [200, 1 << 20])
@pytest.mark.parametrize("rows", [1, 5, 100])
def test_the_outcomes_are_those_of_a_local_run(assignment, rows, stretch_bytes):
    orders = planned(assignment, rows, None, stretch_bytes)
    answers = made(PartWorker(assignment), orders)
    outcomes, meter, journey = locally(assignment.settings)
    assert together(PartStore(assignment.parts), answers) == outcomes
    assert len(outcomes) == 13
    tallies = [done.tally for done in answers]
    for name in ("entered", "set_aside", "faults"):
        assert sum(getattr(tally, name) for tally in tallies) == getattr(meter, name) > 0
    for stage in journey.stages:
        found = [tally.stages[stage.name] for tally in tallies]
        counts = journey.execution.counts[stage.name]
        assert sum(each.counts.entered for each in found) == counts.entered
        assert sum(each.counts.faults for each in found) == counts.faults
        assert sum(each.usage.made for each in found) == stage.usage.made


def test_extra_keys_keep_their_order(assignment):
    (done,) = made(PartWorker(assignment), planned(assignment, 100))
    outcomes = read_part(PartStore(assignment.parts).get(done.file))
    assert list(outcomes[4].article.extra) == ["zeta", "alpha"]
    assert list(outcomes[4].article.extra["alpha"]) == ["z", "a"]


def test_a_limit_is_that_of_the_feed(assignment, settings):
    limited = replace(settings, feed=replace(settings.feed, limit=4))
    orders = planned(assignment, 3, limit=4)
    answers = made(PartWorker(assignment), orders)
    assert together(PartStore(assignment.parts), answers) == locally(limited)[0]


def test_what_is_there_is_not_made_again(assignment):
    orders = planned(assignment, 5)
    first = made(PartWorker(assignment), orders)
    before = {path: path.stat().st_mtime_ns for path in Path(assignment.parts).iterdir()}
    again = made(PartWorker(assignment), orders)
    assert {path: path.stat().st_mtime_ns for path in Path(assignment.parts).iterdir()} == before
    assert [done.file for done in again] == [done.file for done in first]
    for old, new in zip(first, again, strict=True):
        usage = new.tally.stages["extract"].usage
        assert usage.made == 0
        assert usage.reused == old.tally.stages["extract"].usage.made
        assert new.tally.lasting() == old.tally.lasting()


def test_another_recipe_or_record_makes_another_part(assignment, feed):
    (first,) = made(PartWorker(assignment), planned(assignment, 100))
    (other,) = made(PartWorker(replace(assignment, recipe="other")), planned(assignment, 100))
    assert other.file != first.file
    feed.write_text(feed.read_text(encoding="utf-8").replace("Gewinn", "Verlust"), "utf-8")
    (changed,) = made(PartWorker(assignment), planned(assignment, 100))
    assert changed.file not in {first.file, other.file}


def test_a_damaged_part_is_set_aside_and_made_again(assignment, caplog):
    orders = planned(assignment, 5)
    first = made(PartWorker(assignment), orders)
    path = Path(assignment.parts, first[1].file)
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + b"\0" + whole[201:])
    again = made(PartWorker(assignment), orders)
    assert path.read_bytes() == whole
    assert path.with_name(f"{path.name}.damaged-1").exists()
    assert "damaged" in caplog.text
    assert again[1].tally.stages["extract"].usage.made > 0
    assert again[0].tally.stages["extract"].usage.made == 0


def test_records_that_were_read_before_give_the_same(assignment):
    journey = assemble(assignment.settings)
    store = PartStore(assignment.parts)
    found = list(carried_orders(journey.intake.articles(), store, 4, NOW))
    assert [size for _, size in found] == [4, 4, 4, 1]
    answers = made(PartWorker(assignment), [order for order, _ in found])
    assert together(store, answers) == locally(assignment.settings)[0]


def test_steps_of_their_own_give_the_same(assignment):
    orders = planned(assignment, 5)
    whole = made(PartWorker(assignment), orders)
    apart = replace(assignment, parts=f"{assignment.parts}-apart")
    first = PartWorker(replace(apart, stages=("sentences",), writes=False))
    second = PartWorker(replace(apart, stages=("extract",)))
    passed = [pickle.loads(second(first(pickle.dumps(order)))) for order in orders]
    assert [done.file for done in passed] == [done.file for done in whole]
    skipped = [pickle.loads(second(first(pickle.dumps(order)))) for order in orders]
    assert all(isinstance(done, Done) for done in skipped)


def test_the_article_under_which_workers_die_becomes_a_fault(assignment):
    """A worker that died left its note; what it had in hand is tried twice, and then no more."""
    orders = [replace(order, losses=2) for order in planned(assignment, 100)]
    (name,) = {
        Path(done.file).name.split("-")[0]
        for done in made(PartWorker(replace(assignment, parts=f"{assignment.parts}-x")), orders)
    }
    store = PartStore(assignment.parts)
    store.put_note(f"trials/{name}.json", {"last": "extract 3", "deaths": {"extract 3": 1}})
    (done,) = made(PartWorker(assignment), orders)
    outcomes = together(store, [done])
    expected = locally(assignment.settings)[0]
    assert outcomes[3].reason == "worker_died"
    assert (outcomes[3].stage, outcomes[3].article_id) == ("extract", "a")
    del outcomes[3], expected[3]
    assert outcomes == expected
    assert store.note(f"trials/{name}.json") == {}


def test_other_code_is_refused(assignment):
    (answer,) = made(PartWorker(replace(assignment, code="other")), planned(assignment, 100))
    assert isinstance(answer, Failure)
    assert answer.kind == "BackendError"
    assert "another version of wirebrief" in answer.message


def test_a_feed_that_this_machine_lacks_is_told(assignment, feed):
    orders = planned(assignment, 100)
    feed.unlink()
    (answer,) = made(PartWorker(assignment), orders)
    assert (answer.kind, "all machines" in answer.message) == ("FeedError", True)


def test_a_feed_that_changed_meanwhile_is_told(assignment, feed):
    orders = planned(assignment, 100)
    feed.write_text("", encoding="utf-8")
    (answer,) = made(PartWorker(assignment), orders)
    assert (answer.kind, "changed" in answer.message) == ("FeedError", True)
