"""Sweeps from the shell: the list, failures, kills, other processes, searches."""

import os
import shlex
import signal
import subprocess
import sys

import pytest

from tests.pipeline.sweep.conftest import ROOT


def test_a_job_that_fails_is_named_and_can_be_mended_alone(start, feed, jobs, tmp_path):
    feed("a.jsonl")
    sweep = ["--multirun", "feed.path=a.jsonl,b.jsonl", "extractive=lead"]
    first = start(*sweep)
    assert first.returncode == 2, first.stderr
    assert jobs() == [(1, "done"), (2, "failed")]
    assert "b.jsonl: no such file" in dict(jobs("reason"))[2]
    assert first.stderr.splitlines() == ["1/2 feed.path=a.jsonl", "2/2 feed.path=b.jsonl"]
    assert "2 jobs: 1 done, 1 failed; out/sweep.json lists them" in first.stdout
    assert "failed: b.jsonl: no such file" in first.stdout
    assert "compare" not in first.stdout

    feed("b.jsonl")
    (alone,) = [line for line in first.stdout.splitlines() if line.startswith("    wirebrief ")]
    retried = start(*shlex.split(alone)[1:], usual=False)
    assert retried.returncode == 0, retried.stderr

    again = start(*sweep)
    assert again.returncode == 0, again.stderr
    assert jobs() == [(1, "reused"), (2, "reused")]
    folders = [folder for _, folder in jobs("folder")]
    assert all((tmp_path / "out" / folder / "run.json").exists() for folder in folders)
    assert again.stdout.splitlines()[-2:] == ["out/compare.csv", "out/compare.html"]
    compared = (tmp_path / "out" / "compare.csv").read_text(encoding="utf-8")
    assert all(folder in compared for folder in folders)


def test_a_killed_sweep_goes_on_where_it_stopped(feed, common, start, jobs, tmp_path, own_caches):
    feed()
    sweep = ["feed.path=feed.jsonl", "--multirun", "extractive=lead,mmr,lexrank,textrank"]
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", *common, *sweep],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(own_caches.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        line = running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    assert line.startswith("1/4 done")
    before = jobs()
    assert before[0] == (1, "done")
    assert before[-1] == (4, "not run")

    again = start(*sweep)
    assert again.returncode == 0, again.stderr
    statuses = [status for _, status in jobs()]
    assert statuses[0] == "reused"
    assert statuses[-1] == "done"
    assert set(statuses) <= {"reused", "done"}


def test_ctrl_c_says_what_is_done_and_how_to_go_on(feed, common, jobs, tmp_path, own_caches):
    feed()
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", *common, "feed.path=feed.jsonl", "--multirun",
         "extractive=lead,mmr,lexrank,textrank"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(own_caches.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:  # fmt: skip
        first = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        told, errors = running.communicate()
    assert first.startswith("1/4 done")
    assert running.returncode == 130
    assert "not run; out/sweep.json lists them" in told
    assert (
        errors.splitlines()[-1] == "wirebrief: stopped; the same command goes on where it stopped"
    )
    assert "Traceback" not in errors
    assert jobs()[-1] == (4, "not run")


@pytest.mark.parametrize(
    "launcher",
    [
        ["hydra/launcher=joblib", "hydra.launcher.n_jobs=2"],
        ["hydra/launcher=submitit_local"],
    ],
)
def test_what_became_of_jobs_in_other_processes_comes_back(launcher, start, feed, jobs, tmp_path):
    feed("a.jsonl")
    (tmp_path / "c.jsonl").touch()
    done = start("--multirun", *launcher, "feed.path=a.jsonl,b.jsonl,c.jsonl", "extractive=lead")
    assert done.returncode == 2, done.stderr
    assert jobs() == [(1, "done"), (2, "failed"), (3, "faulty")]
    assert "failed: b.jsonl: no such file" in done.stdout
    assert "faulty: the feed holds no article" in done.stdout


def test_another_command_s_failure_in_another_process_comes_back_too(start):
    done = start(
        "--multirun", "hydra/launcher=joblib", "hydra.launcher.n_jobs=1", "predictions=a,b",
        "references=c", module="evaluation", usual=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr


def test_a_search_gets_its_score_and_shares_equal_jobs(start, feed, jobs, tmp_path):
    feed()
    done = start(
        "--multirun", "hydra/sweeper=optuna", "hydra.sweeper.direction=maximize",
        "hydra.sweeper.n_trials=3", "hydra.sweeper.n_jobs=1", "hydra.sweeper.sampler.seed=1",
        "objective=extractive.rouge1.f", "feed.path=feed.jsonl", "extractive=lead",
        "extractive.sentences=choice(1,3)",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    values = [value for _, value in jobs("value")]
    assert len(values) == 3
    best = (tmp_path / "out" / "optimization_results.yaml").read_text("utf-8")
    assert f"best_value: {max(values)}" in best
    folders = [folder for _, folder in jobs("folder")]
    assert "reused" in [status for _, status in jobs()] or len(set(folders)) == 3


def test_a_score_that_is_not_there_is_told_with_those_that_are(start, feed):
    feed()
    done = start("--multirun", "feed.path=feed.jsonl", "extractive=lead,mmr", "objective=rouge")
    assert done.returncode == 2
    assert "objective=rouge: no such score. There are: extractive." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["extractive=lead,nonsense"], "extractive has no option 'nonsense'"),
        (["output_dir=a,b"], "output_dir is one folder for the whole sweep"),
        (["extractive=lead,lead"], "2 jobs of the sweep are the same"),
        (["hydra/sweeper=optuna", "extractive=lead,mmr"], "name it, for example objective="),
        (["hydra/launcher=ray", "extractive=lead,mmr"], "pip install hydra-ray-launcher"),
    ],
)
def test_a_mistake_in_the_sweep_is_told_before_any_job(arguments, expected, start, feed, tmp_path):
    feed()
    done = start("--multirun", "feed.path=feed.jsonl", *arguments)
    assert done.returncode == 2
    assert expected in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.glob("**/run.json"))


def test_standard_input_cannot_be_swept(start):
    done = start("--multirun", "feed.path=-", "extractive=lead,mmr")
    assert done.returncode == 2
    assert "standard input can be read once" in done.stdout


def test_a_preset_sweeps_by_itself_and_its_jobs_run_alone(start, feed, jobs, tmp_path):
    feed()
    done = start(
        "feed.path=feed.jsonl",
        "experiment=rankers",
        "hydra.sweeper.params.extractive='lead,oracle'",
        "order=translate_first,extract_first",
    )
    assert done.returncode == 2, done.stderr
    assert [status for _, status in jobs()] == ["done", "done", "done", "failed"]
    (alone,) = [line for line in done.stdout.splitlines() if line.startswith("    wirebrief ")]
    words = shlex.split(alone)
    assert "hydra.mode=RUN" in words
    again = start(*words[1:], usual=False)
    assert again.returncode == 2
    assert again.stderr.startswith("wirebrief: extractive=oracle compares with")


def test_two_sweeps_in_one_folder_do_not_mix(start, feed, tmp_path):
    import fcntl

    feed()
    (tmp_path / "out" / ".sweep").mkdir(parents=True)
    with (tmp_path / "out" / ".sweep" / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = start("--multirun", "feed.path=feed.jsonl", "extractive=lead,mmr")
    assert done.returncode == 1
    assert "another run is writing there" in done.stderr
    assert not (tmp_path / "out" / "sweep.json").exists()
