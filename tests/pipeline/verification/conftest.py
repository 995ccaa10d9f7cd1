import json
import shutil
from pathlib import Path

import pytest

from pipeline import load_settings, run

FEED = [
    {
        "id": "a",
        "language": "de",
        "title": "Umsatz steigt",
        "text": "Der Umsatz stieg um 3 Prozent auf 12 Millionen Euro. Der Vorstand ist zufrieden.",
        "references": {
            "translation": "Revenue rose 3 percent to 12 million euros. The board is content.",
            "summaries": ["Revenue rose 3 percent.", "Revenue was 12 million euros."],
        },
    },
    {
        "id": "b",
        "language": "de",
        "text": "Die Aktie verlor 5 Prozent.\n\nAm Freitag wird gestreikt.",
        "references": {
            "translation": "The share lost 5 percent.\n\nA strike begins on Friday.",
            "summaries": ["The share lost 5 percent."],
        },
    },
    {"id": "c", "language": "de", "text": "Es regnet. Die Sonne scheint nicht."},
    {"id": "d", "language": "fr", "text": "Il pleut. La pluie tombe sur Paris et sur la Seine."},
    {"id": "broken"},
]


def make(folder: Path, *overrides: str, feed=FEED) -> Path:
    path = folder.parent / f"{folder.name}.jsonl"
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in feed)
    path.write_text(text, encoding="utf-8")
    paths = f"feed.path={path}", f"output_dir={folder}"
    common = "feed=jsonl", "offline=true", "memo=none", "faults.max_share=1"
    run(load_settings(*common, *paths, *overrides))
    return folder


@pytest.fixture(scope="session")
def finished(tmp_path_factory) -> Path:
    """Make a run with briefs, something set aside, a fault, files of briefs and a report."""
    return make(tmp_path_factory.mktemp("finished") / "out", "output.format=[jsonl,parquet,ninjs]")


@pytest.fixture
def out(finished, tmp_path) -> Path:
    """Return a copy of the finished run that a test may spoil."""
    return Path(shutil.copytree(finished, tmp_path / "out"))


@pytest.fixture
def change():
    """Change a record of a JSON lines file, or a whole JSON file."""

    def whole(path, edit):
        value = json.loads(path.read_text(encoding="utf-8"))
        edit(value)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    def line(path, number, edit):
        lines = path.read_text(encoding="utf-8").splitlines()
        value = json.loads(lines[number])
        edit(value)
        lines[number] = json.dumps(value, ensure_ascii=False)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return lambda path, edit, number=None: (
        whole(path, edit) if number is None else line(path, number, edit)
    )
