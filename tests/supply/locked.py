"""What the lock and `pyproject.toml` say, and what the installed packages say of themselves."""

import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _lines(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line.partition("==") for line in lines if not line.startswith("#")]


LOCKED = {canonicalize_name(name): version for name, _, version in _lines("requirements.lock")}
HASHED = {
    canonicalize_name(name): rest.split(" --hash=sha256:")
    for name, _, rest in _lines("requirements.hashes")
}


def named_by_the_project():
    """Return each requirement of pyproject.toml, all extras included, but not itself."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    lines = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    found = [Requirement(line) for line in (*lines, *PROJECT["build-system"]["requires"])]
    return [requirement for requirement in found if requirement.name != "wirebrief"]


def needed():
    """Return the names of all packages that the project needs, those that these need included."""
    names, seen = set(), set()
    waiting = [(wanted.name, frozenset(wanted.extras)) for wanted in named_by_the_project()]
    while waiting:
        name, extras = waiting.pop()
        names.add(canonicalize_name(name))
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for requirement in map(Requirement, distribution(name).requires or ()):
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": e}) for e in (*extras, "")):
                waiting.append((requirement.name, frozenset(requirement.extras)))
    return names - {"pip"}  # the tool that reads the lock
