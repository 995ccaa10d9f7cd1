"""A feed with versions, kills and broken lines, and what a run of this process makes of it."""

import json
from pathlib import Path

import pytest

from pipeline import load_settings
from pipeline.fingerprint import digest_code
from pipeline.parts.bundle import Assignment

EXTRACT = ("stages=[extract]", "memo=none", "report=none", "offline=true", "extractive=lead")


def story(name, version=1, **more):
    text = f"Der Umsatz der Firma {name} stieg um {version} Prozent. Der Gewinn blieb gleich."
    return json.dumps({"id": name, "version": version, "text": text} | more)


LINES = [
    story("a", 1),
    story("b", 1),
    "{broken",
    story("a", 2, provider=None),
    story("c", 1, zeta=1, alpha={"z": 1, "a": [1.5, None, "\udcff"]}),
    story("c", 1),
    story("d", 3, status="canceled"),
    story("d", 2),
    story("d", 4),
    story("e", 1, embargo="2999-01-01T00:00:00+00:00"),
    story("f", 1, text="The minister said on Tuesday that the talks would go on for a long time."),
    story("g", 1, text="…"),
    story("h", 1),
]


@pytest.fixture
def feed(tmp_path) -> Path:
    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def settings(feed, tmp_path):
    paths = f"feed.path={feed}", f"output_dir={tmp_path / 'out'}"
    return load_settings("feed=jsonl", *EXTRACT, *paths)


@pytest.fixture
def assignment(settings, tmp_path):
    return Assignment(
        settings=settings,
        folder=str(tmp_path),
        code=digest_code(),
        recipe="recipe",
        parts=str(tmp_path / "parts"),
        stages=("sentences", "extract"),
    )
