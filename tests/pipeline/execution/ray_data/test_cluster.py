"""`executor=ray` on two nodes: the same bytes as here, whatever dies in between.

The tests follow each other on one cluster: the last one kills a node.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pipeline.parts.conftest import LINES

ROOT = Path(__file__).parents[4]
MODEL = ("translation.beams=1", "translation.candidates=1", "stages=[translate,extract,score]")
FILES = ("briefs.jsonl", "faults.jsonl", "set_aside.jsonl", "scores.json")
pytestmark = [pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ray")


@pytest.fixture(scope="module")
def feed(folder):
    """Return a poisoned feed with versions and kills, and some stories of the sample."""
    stories = (ROOT / "data" / "wire-sample.jsonl").read_text(encoding="utf-8").splitlines()[:12]
    path = folder / "feed.jsonl"
    path.write_text("\n".join([*stories[:6], *LINES, *stories[6:]]), encoding="utf-8")
    return path


def command(feed, out, *more):
    paths = f"feed.path={feed}", f"output_dir={out}"
    fixed = "feed=jsonl", "offline=true", "memo=none", "report=none", "faults.max_share=1"
    return [sys.executable, "-m", "pipeline", *fixed, *paths, *MODEL, *more]


def brief(feed, out, *more, environment=None):
    done = subprocess.run(
        command(feed, out, *more), cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done


def content(out):
    return {name: (out / name).read_bytes() for name in FILES}


@pytest.fixture(scope="module")
def local(feed, folder):
    brief(feed, folder / "local", "executor.window=4")
    return folder / "local"


WATCHED = """
import json, sys
from pipeline import load_settings, run
from pipeline.terminal import Silent

class Watch(Silent):
    def __init__(self, stages):
        self.total, self.stages = 0, dict.fromkeys(stages, 0)
    def __exit__(self, *error):
        print(json.dumps({"total": self.total, "stages": self.stages}))
    def expect(self, total):
        self.total = total
    def advance(self, stage, count):
        self.stages[stage] += count

run(load_settings(*sys.argv[1:]), Watch)
"""
RAY = ("executor=ray", "executor.rows=4")


def parts_of(out):
    return sorted(path.name for path in (out / "parts").glob("*.parquet"))


def counts(out):
    return json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]


def test_two_nodes_give_the_bytes_of_one_process(cluster, feed, folder, local):
    overrides = command(feed, folder / "ray", *RAY)[3:]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *overrides], cwd=ROOT, env=cluster.environment,
        capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert content(folder / "ray") == content(local)
    assert counts(folder / "ray") == counts(local)
    assert counts(local)["faults"] >= 2
    assert counts(local)["set_aside"] >= 5
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["total"] == counts(local)["articles"] == 25
    for name, stage in counts(local)["stages"].items():
        assert name == "feed" or told["stages"][name] == stage["in"]


def test_what_is_there_is_skipped_and_what_is_damaged_made_again(cluster, feed, folder, local):
    out = folder / "ray"
    before = parts_of(out)
    path = out / "parts" / before[0]
    whole = path.read_bytes()
    path.write_bytes(whole[:-100] + bytes(100))
    first = counts(out)["stages"]["translate"]
    address = f"executor.parts=file://{out}/parts"
    brief(feed, out, *RAY, address, environment=cluster.environment)
    assert content(out) == content(local)
    assert parts_of(out) == before
    assert path.read_bytes() == whole
    assert (out / "parts" / f"{before[0]}.damaged-1").exists()
    again = counts(out)["stages"]["translate"]
    assert again["made"] + again["reused"] == first["made"] + first["reused"]
    assert again["made"] < first["made"] / 2


def test_models_in_actors_of_their_own_while_one_is_killed(cluster, feed, folder, local):
    """With less than a CPU each, so that all kinds of actors have room; one dies by kill -9."""
    out = folder / "apart"
    kinds = [
        f"executor.{name}.{what}"
        for name in ("translate", "others")
        for what in ("cpus=0.3", "workers=1")
    ]
    run = subprocess.Popen(
        command(feed, out, *RAY, "executor.fused=false", *kinds), cwd=ROOT,
        env=cluster.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    until = time.monotonic() + 300
    while not parts_of(out) and run.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    victims = actors_of(cluster)
    if victims:
        os.kill(victims[0], signal.SIGKILL)
    output, _ = run.communicate(timeout=400)
    assert run.returncode == 0, output[-4000:]
    assert victims, "no actor was found to kill"
    assert content(out) == content(local)


def actors_of(cluster):
    """Return the processes of the cluster's actors that take parts through stages."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "cmdline").read_bytes()
            group = (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"MapWorker" in name and str(cluster.port).encode() in group:
            found.append(int(folder.name))
    return found


def test_a_node_dies_in_the_middle(cluster, feed, folder, local):
    out = folder / "killed"
    run = subprocess.Popen(
        command(feed, out, "executor=ray", "executor.rows=2"), cwd=ROOT, env=cluster.environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    until = time.monotonic() + 300
    while not parts_of(out) and run.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    there = len(parts_of(out))
    cluster.kill_node(1)
    output, _ = run.communicate(timeout=400)
    assert run.returncode == 0, output[-4000:]
    assert 0 < there < len(parts_of(out))
    assert content(out) == content(local)
