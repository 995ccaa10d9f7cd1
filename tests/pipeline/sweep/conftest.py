import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def feed(tmp_path):
    """Write two stories with their translations, so that no model is needed."""

    def write(name="feed.jsonl", figure="3"):
        path = tmp_path / name
        german = f"Der Umsatz stieg um {figure} Prozent. Der Gewinn sank. Die Aktie gab nach."
        english = f"Revenue rose by {figure} percent. Profit fell. The share lost ground."
        references = {"translation": english, "summaries": [f"Revenue rose by {figure} percent."]}
        records = [{"id": key, "text": german, "references": references} for key in ("a", "b")]
        path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        return path

    return write


@pytest.fixture
def common():
    """Overrides of a run that takes no time."""
    return [
        "feed=jsonl",
        "translation=reference",
        "abstractive=none",
        "report=none",
        "memo=none",
        "scoring.samples=40",
        "offline=true",
        "output_dir=out",
    ]


@pytest.fixture
def start(tmp_path, own_caches, common):
    """Start the real command, and return how it ended."""

    def call(*arguments, module="pipeline", usual=True):
        return subprocess.run(
            [sys.executable, "-m", module, *(common if usual else []), *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(own_caches.parent)},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.fixture
def jobs(tmp_path):
    """Return number and status of each job in `sweep.json`."""

    def read(key="status"):
        record = json.loads((tmp_path / "out" / "sweep.json").read_text("utf-8"))
        return [(job["number"], job[key]) for job in record["jobs"]]

    return read
