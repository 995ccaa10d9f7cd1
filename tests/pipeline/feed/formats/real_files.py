"""Find the real files that lie beside the checkout, where there are any."""

from pathlib import Path

import pytest

REAL_FEEDS = Path(__file__).parents[5] / "shared" / "feeds"


def real_files(*patterns) -> list[Path]:
    """Return the real files under some patterns, or skip the test that asks for them."""
    paths = _found(patterns)
    if not paths:
        pytest.skip(_missing(patterns))
    return paths


def each_real_file(*patterns) -> list:
    """Return the real files under some patterns as parameters of a test, one is skipped if none."""
    paths = _found(patterns)
    if not paths:
        return [pytest.param(None, marks=pytest.mark.skip(reason=_missing(patterns)))]
    return [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in paths]


def _found(patterns) -> list[Path]:
    return sorted(path for pattern in patterns for path in REAL_FEEDS.glob(pattern))


def _missing(patterns) -> str:
    return f"no real files {' or '.join(patterns)} in {REAL_FEEDS}"
