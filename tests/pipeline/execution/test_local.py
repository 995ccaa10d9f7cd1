"""The executor keeps order, isolates bad articles, counts, overlaps stages, reads little ahead."""

from contextlib import closing
from dataclasses import replace
from threading import Barrier, Event
from threading import enumerate as enumerate_threads

import pytest

from pipeline.errors import ArticleError, BackendError, MemoError
from pipeline.execution.local import LocalExecution
from pipeline.records import Article, Block, Caution, Draft, Fault, Place
from pipeline.stage import Usage


class Mark:
    """A stage that notes its name on each draft, and fails on chosen articles."""

    def __init__(self, name, *, faulty=(), poisoned=()):
        self.name, self.usage = name, Usage()
        self._faulty, self._poisoned = set(faulty), set(poisoned)
        self.windows = []
        self.closed = False

    def open(self):
        pass

    def process(self, drafts, advance):
        self.windows.append([draft.article.id for draft in drafts])
        if any(draft.article.id in self._poisoned for draft in drafts):
            raise ValueError("poison")
        advance(len(drafts))
        return [self._one(draft) for draft in drafts]

    def _one(self, draft):
        if draft.article.id in self._faulty:
            return Fault(draft.article.place, self.name, "bad", "bad", "mend", draft.article.id)
        return replace(draft, cautions=(*draft.cautions, Caution("seen", self.name, "")))

    def close(self):
        self.closed = True


class Watch:
    def __init__(self):
        self.total, self.passed = None, {}

    def expect(self, total):
        self.total = total

    def advance(self, stage, count):
        self.passed[stage] = self.passed.get(stage, 0) + count


def article(name):
    return Article(id=name, blocks=(Block("Text."),), place=Place("feed", 1))


def articles(count):
    return [article(str(number)) for number in range(count)]


def test_outcomes_come_in_feed_order_with_positions():
    broken = Fault(Place("feed", 2), "feed", "unreadable_record", "cut", "mend")
    source = [article("a"), broken, article("b"), article("c"), article("d")]
    run = LocalExecution([Mark("one", faulty=["c"]), Mark("two")], window=2)
    outcomes = list(run.run(source, Watch()))
    assert [outcome.position for outcome in outcomes] == [0, 1, 2, 3, 4]
    assert [type(outcome) for outcome in outcomes] == [Draft, Fault, Draft, Fault, Draft]
    assert outcomes[3].article_id == "c"
    assert [caution.stage for caution in outcomes[0].cautions] == ["one", "two"]


def test_counts_add_up():
    run = LocalExecution([Mark("one", faulty=["3", "4"]), Mark("two")], window=4)
    watch = Watch()
    outcomes = list(run.run(articles(10), watch))
    assert run.counts["one"].entered == 10
    assert run.counts["one"].faults == 2
    assert run.counts["two"].entered == 8
    assert run.counts["two"].faults == 0
    assert sum(isinstance(outcome, Fault) for outcome in outcomes) == 2
    assert watch.total == 10
    assert watch.passed["one"] == 10


def test_a_poisoned_article_becomes_a_fault_and_its_neighbours_do_not():
    run = LocalExecution([Mark("one", poisoned=["2"])], window=5)
    outcomes = list(run.run(articles(5), Watch()))
    assert [isinstance(outcome, Fault) for outcome in outcomes] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert outcomes[2].reason == "internal_error"
    assert outcomes[2].message == "ValueError: poison"
    assert outcomes[2].position == 2


def test_an_article_that_cannot_be_worked_on_tells_its_own_reason(caplog):
    class Small(Mark):
        def process(self, drafts, advance):
            if any(draft.article.id == "2" for draft in drafts):
                raise ArticleError("out_of_memory", "it is too long", "lower beams")
            return super().process(drafts, advance)

    outcomes = list(LocalExecution([Small("one")], window=5).run(articles(5), Watch()))
    faults = [outcome for outcome in outcomes if isinstance(outcome, Fault)]
    assert [fault.article_id for fault in faults] == ["2"]
    assert (faults[0].reason, faults[0].message) == ("out_of_memory", "it is too long")
    assert faults[0].remedy == "lower beams"
    assert not caplog.records  # no traceback: nothing is broken


def test_memory_that_runs_out_is_no_defect(caplog):
    class Greedy(Mark):
        def process(self, drafts, advance):
            if any(draft.article.id == "1" for draft in drafts):
                raise MemoryError("no room")
            return super().process(drafts, advance)

    outcomes = list(LocalExecution([Greedy("greedy")], 4).run(articles(3), Watch()))
    assert [isinstance(outcome, Fault) for outcome in outcomes] == [False, True, False]
    assert outcomes[1].reason == "out_of_memory"
    assert "no room" in outcomes[1].message
    assert "defect" not in outcomes[1].remedy + caplog.text


def test_a_problem_of_the_run_ends_it():
    class Gone(Mark):
        def process(self, drafts, advance):
            raise BackendError("the model is gone")

    with pytest.raises(BackendError, match="gone"):
        list(LocalExecution([Gone("one")], window=5).run(articles(3), Watch()))


def test_the_feed_is_read_a_few_windows_ahead():
    read = []

    def feed():
        for item in articles(100):
            read.append(item.id)
            yield item

    with closing(LocalExecution([Mark("one")], window=3).run(feed(), Watch())) as outcomes:
        for given, _ in enumerate(outcomes):
            assert given < len(read) <= given + 4 * 3 + 3
    assert len(read) == 100


def test_windows_begin_small_so_that_stages_overlap_soon():
    stage = Mark("one")
    list(LocalExecution([stage], window=50).run(articles(200), Watch()))
    assert [len(window) for window in stage.windows] == [16, 32, 50, 50, 50, 2]


def test_stages_work_at_the_same_time():
    both = Barrier(2)

    class Meeting(Mark):
        def process(self, drafts, advance):
            if drafts[0].article.id == ("2" if self.name == "one" else "0"):
                both.wait(timeout=30)  # breaks if the other stage comes only later
            return super().process(drafts, advance)

    outcomes = list(
        LocalExecution([Meeting("one"), Meeting("two")], window=2).run(articles(6), Watch())
    )
    assert [caution.stage for outcome in outcomes for caution in outcome.cautions] == [
        *("one", "two")
    ] * 6


def test_who_stops_reading_stops_the_stages():
    given_up = Event()

    class Long(Mark):
        def process(self, drafts, advance):
            try:
                while drafts[0].article.id != "0":
                    advance(0)
            except BaseException:
                given_up.set()
                raise
            return super().process(drafts, advance)

    outcomes = LocalExecution([Long("one"), Mark("two")], window=2).run(articles(50), Watch())
    assert next(outcomes).article.id == "0"
    outcomes.close()
    assert given_up.is_set()
    assert not {"wirebrief-one", "wirebrief-two", "wirebrief-three"} & {
        thread.name for thread in enumerate_threads()
    }


def test_an_error_of_the_run_comes_after_what_was_finished_before_it():
    class Fails(Mark):
        def process(self, drafts, advance):
            if drafts[0].article.id == "4":
                raise MemoError("full")
            return super().process(drafts, advance)

    outcomes = LocalExecution([Mark("one"), Fails("two"), Mark("three")], 2).run(
        articles(50), Watch()
    )
    given = []
    with pytest.raises(MemoError, match="full"):
        given.extend(outcome.article.id for outcome in outcomes)
    assert given == ["0", "1", "2", "3"]
    assert not {"wirebrief-one", "wirebrief-two", "wirebrief-three"} & {
        thread.name for thread in enumerate_threads()
    }


def test_an_empty_feed_has_no_outcome():
    stage = Mark("one")
    watch = Watch()
    assert list(LocalExecution([stage], window=3).run([], watch)) == []
    assert stage.windows == []


def test_close_closes_every_stage():
    stages = [Mark("one"), Mark("two")]
    LocalExecution(stages, window=3).close()
    assert all(stage.closed for stage in stages)
