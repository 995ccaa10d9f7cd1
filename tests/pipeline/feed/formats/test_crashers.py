"""What once made a format crash, hang or waver; and a few seconds of looking for more."""

import random

import pytest

from pipeline.feed.formats.registry import FORMATS
from tests.fuzz_formats import CRASHERS, mutated, problem_of, seeds_of

FILES = sorted(path for path in CRASHERS.rglob("*") if path.is_file())
BY_NAME = {form.name: form for form in FORMATS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_crashers(path):
    assert problem_of(BY_NAME[path.parent.name], path.read_bytes()) is None


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_mutated_fixtures(form):
    seeds, draw = seeds_of(form, shared=False), random.Random(7)
    assert seeds, f"write fixtures of {form.title}"
    for _ in range(60):
        content = mutated(seeds, draw)
        assert problem_of(form, content) is None, content[:2000]
