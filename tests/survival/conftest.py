"""One lab for all tests of survival."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.survival.lab import Lab

ARTICLES = 12


@pytest.fixture(scope="session")
def lab(conversions) -> Iterator[Lab]:
    """Return a small lab, in a folder that other users can enter."""
    with tempfile.TemporaryDirectory(prefix="survival-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        cache = folder / "cache"
        (cache / "wirebrief").mkdir(parents=True)
        (cache / "wirebrief" / "ctranslate2").symlink_to(conversions / "ctranslate2")
        yield Lab(folder, ARTICLES, cache)
