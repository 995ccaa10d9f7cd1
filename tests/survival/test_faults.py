"""A seeded handful of what `python -m tests.survival` does: each kind of fault once."""

import random
import shutil
import signal

import pytest

from tests.survival import clock, disks, kills, memory, memos, models, rights, signals, together

pytestmark = pytest.mark.timeout(1200)
SEED = 3
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
needs_faketime = pytest.mark.skipif(
    shutil.which("faketime") is None, reason="libfaketime is not installed"
)


def hold(trials):
    """All promises hold in all of them; there is at least one."""
    found = list(trials)
    assert found
    problems = [(trial.what, trial.when, text) for trial in found for text in trial.problems]
    assert problems == []
    return found


def test_kills_at_random_moments(lab):
    found = hold(kills.random_kills(lab, random.Random(SEED), 4))
    assert sum(trial.answer == "SIGKILL" for trial in found) == 4


def test_kills_within_the_commit(lab):
    hold(kills.kills_in_commit(lab, random.Random(SEED), 2))


@needs_strace
def test_kills_at_calls_of_the_commit(lab):
    found = hold(kills.kills_at_steps(lab, random.Random(SEED), 3))
    assert {trial.answer for trial in found} == {"SIGKILL"}


def test_full_disks(lab):
    results, memo = hold([*disks.full_results(lab, [60]), *disks.full_memo(lab, [44])])
    assert results.answer.startswith("1: ")
    assert memo.answer.startswith(("1: ", "2: "))  # 2 if the room ends before the memo is ready
    assert "Make room" in results.answer
    assert "Make room" in memo.answer


def test_full_disk_beside_older_results(lab):
    if not disks.can_mount(lab.folder / "probe"):
        pytest.skip("no small disk can be mounted here")
    hold(disks.full_beside_older(lab))


@pytest.mark.parametrize("place", ["output_dir", "the memo"])
def test_permissions_taken_away_under_a_run(lab, place):
    if not rights.can_run():
        pytest.skip("file modes do not bind root, and there is no setpriv")
    hold(rights.revoked(lab, [place], ["as it begins to write"]))


@pytest.mark.parametrize("what", ["bytes changed all over", "later header bytes overwritten"])
def test_a_memo_that_breaks_between_two_runs(lab, what):
    (trial,) = hold(memos.broken_between(lab, random.Random(SEED), (what,)))
    assert trial.answer == "0"


def test_a_memo_that_breaks_under_a_run(lab):
    hold(memos.broken_under_a_run(lab, random.Random(SEED), ("cut to a half",)))


def test_a_model_that_changes_under_a_run(lab):
    (trial,) = hold(models.gone_models(lab, ("weights cut to a half",), ("as it starts",)))
    assert "changed or went away" in trial.answer


def test_runs_that_meet_in_a_folder(lab):
    hold(together.same_folder(lab, (3,)))


@needs_faketime
def test_a_clock_that_moves(lab):
    hold(clock.moved_after_kill(lab, clock.AFTER_KILL[:1]))
    hold(clock.moved_under_a_run(lab, clock.UNDER_A_RUN[1:]))


def test_little_memory(lab):
    (trial,) = hold(memory.little_memory(lab, [1200]))
    assert trial.answer.startswith(("1: ", "2: "))


def test_told_to_end(lab):
    (trial,) = hold(signals.told_to_end(lab, [signal.SIGTERM]))
    assert trial.answer.startswith("143: ")


def test_no_standard_streams(lab):
    hold(signals.closed_streams(lab, ["no standard streams"]))
    hold(signals.gone_readers(lab, ["stdout"]))
