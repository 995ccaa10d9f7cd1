"""What a user has who installs the wheel: every command, far from the checkout."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.timeout(900)  # the first of these tests waits for the installation
SETTINGS = """
[mypy]
strict = true
[mypy-torch.*,transformers.*,numpy.*,matplotlib.*,sqlalchemy.*,openai.*]
follow_imports = skip
"""
CONSUMER = """
from configs.ranges import allowed
from evaluation.rouge import Rouge
from pipeline import load_settings, run

reveal_type(run(load_settings("offline=true")))
reveal_type(Rouge.score)
reveal_type(allowed)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return an empty folder to stand in."""
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def call(installed, desk):
    """Return what runs one of the installed commands, as from a new shell."""

    def call(name, *arguments):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
        return subprocess.run(
            [installed / "bin" / name, *arguments],
            cwd=desk,
            env={**kept, "XDG_CACHE_HOME": str(desk / "cache"), "HOME": str(desk)},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.fixture(scope="module")
def out(call, desk):
    """Run the main job on three stories of the sample, with the starters; return its folder."""
    result = call("wirebrief", "offline=true", "feed.limit=3", "output_dir=out")
    assert result.returncode == 0, result.stdout + result.stderr
    return desk / "out"


def test_the_code_is_the_installed_one(call, installed):
    code = "import configs, evaluation, pipeline; print(*(m.__file__ for m in "
    code += "(configs, evaluation, pipeline)), sep='\\n')"
    found = call("python", "-c", code).stdout.splitlines()
    assert len(found) == 3
    assert all(line.startswith(str(installed)) for line in found), found


def test_three_stories_become_briefs_with_the_models_that_ship(out):
    lines = (out / "briefs.jsonl").read_text(encoding="utf-8").splitlines()
    briefs = [json.loads(line) for line in lines]
    assert [brief["id"] for brief in briefs] == ["co-001", "co-002", "co-003"]
    for brief in briefs:
        assert all(brief[part]["text"] for part in ("translation", "extractive", "abstractive"))
    assert "<html" in (out / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("ranker", ["learned", "lexrank"])
def test_a_ranker_has_its_weights(call, ranker):
    result = call(
        "wirebrief", f"extractive={ranker}", "stages=[extract]", "feed.limit=2",
        "offline=true", f"output_dir={ranker}",
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_finished_run_can_be_verified_compared_and_scored(call, out):
    assert call("wirebrief", "verify", out).returncode == 0
    other = call("wirebrief", "offline=true", "feed.limit=3", "extractive=lead", "output_dir=other")
    assert other.returncode == 0, other.stderr
    compared = call("wirebrief-compare", out, "other", "--output", "compared", "--samples", "100")
    assert compared.returncode == 0, compared.stderr
    scored = call(
        "wirebrief-score", f"predictions={out / 'briefs.jsonl'}",
        f"references={out / 'briefs.jsonl'}",
    )  # fmt: skip
    assert scored.returncode == 0, scored.stdout + scored.stderr


@pytest.mark.parametrize(
    "command", ["wirebrief", "wirebrief-score", "wirebrief-compare", "wirebrief-train"]
)
def test_every_command_helps(call, command):
    result = call(command, "--help")
    assert result.returncode == 0, result.stderr
    assert command in result.stdout


def test_the_models_are_listed(call):
    result = call("wirebrief", "models")
    assert result.returncode == 0, result.stderr
    assert "starter" in result.stdout


def test_who_builds_on_it_gets_its_types(desk, installed, tmp_path):
    (desk / "consumer.py").write_text(CONSUMER, encoding="utf-8")
    (desk / "mypy.ini").write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--python-executable", installed / "bin" / "python"]
    result = subprocess.run(
        [*command, f"--cache-dir={tmp_path}", "consumer.py"],
        cwd=desk, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    assert 'Revealed type is "pipeline.journey.RunResult"' in result.stdout
    assert result.stdout.count("Revealed type") == 3
    assert "Any" not in result.stdout
