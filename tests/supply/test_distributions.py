"""The wheel holds all that runs, the source distribution all that the repository holds."""

import subprocess
import sys
import tarfile
import zipfile

import pytest

from tests.supply.locked import ROOT

pytestmark = pytest.mark.timeout(600)
PACKAGES = ("configs", "evaluation", "pipeline")
BUILT_BESIDE = ("PKG-INFO", "setup.cfg")


def tracked():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(listed.stdout.splitlines())


@pytest.fixture
def unpacked(source, tmp_path):
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    return folder


def test_the_source_distribution_holds_what_the_repository_holds(unpacked):
    files = {str(p.relative_to(unpacked)) for p in unpacked.rglob("*") if p.is_file()}
    held = {n for n in files if n not in BUILT_BESIDE and not n.startswith("wirebrief.egg")}
    assert held == tracked()
    for name in held:
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_the_wheel_holds_every_file_of_the_packages_and_the_sample(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {n for n in archive.namelist() if not n.startswith("wirebrief-")}
        ours = {name for name in tracked() if name.partition("/")[0] in PACKAGES}
        assert held == {*ours, "pipeline/wire-sample.jsonl"}
        for name in ours:
            assert archive.read(name) == (ROOT / name).read_bytes(), name
        sample = archive.read("pipeline/wire-sample.jsonl")
    assert sample == (ROOT / "data" / "wire-sample.jsonl").read_bytes()
    assert {f"{package}/py.typed" for package in PACKAGES} <= held


def test_built_again_from_the_source_distribution_the_wheel_has_the_same_bytes(unpacked, wheel):
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", unpacked]
    subprocess.run(command, check=True, capture_output=True)
    assert (unpacked / "dist" / wheel.name).read_bytes() == wheel.read_bytes()
