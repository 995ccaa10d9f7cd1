"""The lock names one version of every package that is needed, and no package that is not."""

from importlib.metadata import version

import pytest

from tests.supply.locked import HASHED, LOCKED, PROJECT, named_by_the_project, needed


def test_every_package_that_is_needed_is_locked():
    assert needed() - set(LOCKED) == set()


def test_nothing_is_locked_that_is_not_needed():
    assert set(LOCKED) - needed() == set()


@pytest.mark.parametrize("requirement", named_by_the_project(), ids=str)
def test_the_lock_keeps_to_the_project(requirement):
    assert requirement.specifier.contains(LOCKED[requirement.name.lower()], prereleases=True)


@pytest.mark.parametrize("name", LOCKED)
def test_the_tests_run_with_what_is_locked(name):
    installed, _, _ = version(name).partition("+")  # a build of torch for processors is 2.13.0+cpu
    assert installed == LOCKED[name]


def test_the_builder_is_the_locked_one():
    assert PROJECT["build-system"]["requires"] == [f"setuptools=={LOCKED['setuptools']}"]


def test_each_locked_version_has_the_digest_of_its_file_except_torch():
    versions = {name: version for name, (version, _) in HASHED.items()}
    assert versions == {name: LOCKED[name] for name in LOCKED if name != "torch"}
    assert all(len(bytes.fromhex(digest)) == 32 for _, digest in HASHED.values())
