"""What is not for publication reaches no file of a run, no memo, and no log.

Every file in `leaks/` is an item, or several, of some format. What must not get out holds the word
GEHEIMWORT in it, in any case; what must get out holds OFFENWORT, so that nothing passes by leaving
everything out.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import load_settings, run

FOLDER = Path(__file__).parent / "leaks"
SECRET, PUBLIC = "geheimwort", "offenwort"
OPTIONS = {".txt": "plaintext", ".jsonl": "jsonl"}
FILES = sorted(path for path in FOLDER.iterdir() if path.is_file())
WAYS = {
    "as it is": ("translation=none", "languages.target=de"),
    "translated": ("stages=[translate,extract]",),
}


def contents(path):
    """Return all that a file holds as lower-case text, unpacked."""
    if path.suffix == ".parquet":
        return repr(pq.read_table(path).to_pylist()).lower()
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as database:
            tables = database.execute(
                "SELECT name FROM sqlite_master WHERE type='table'"
            ).fetchall()
            rows = [database.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables]
        return repr(rows).lower()
    return path.read_bytes().decode("utf-8", "replace").lower()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("source", FILES, ids=lambda path: path.name)
def test_nothing_secret_gets_out(source, way, tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    option = OPTIONS.get(source.suffix, "auto")
    settings = (
        f"feed={option}",
        f"feed.path={source}",
        f"output_dir={tmp_path / 'out'}",
        f"memo.path={tmp_path / 'memo.sqlite'}",
        "extractive=lead",
        "abstractive=none",
        "offline=true",
        "faults.max_share=1",
        *WAYS[way],
    )
    result = run(load_settings(*settings))
    assert result.articles > 0
    held = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"briefs.jsonl", "briefs.parquet", "run.json"} <= {path.name for path in held}
    for path in held:
        assert SECRET not in contents(path), f"{path.name}: {source.name} leaks"
    printed = capfd.readouterr()
    for text in (caplog.text, printed.out, printed.err):
        assert SECRET not in text.lower(), f"{source.name} leaks into the log"
    is_public = PUBLIC in contents(source)
    assert (PUBLIC in contents(tmp_path / "out" / "briefs.jsonl")) == is_public
    if is_public and way == "translated":
        assert contents(tmp_path / "memo.sqlite") != "[]"
