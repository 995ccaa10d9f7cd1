"""Files of single briefs appear with the run, whole, and take an older run's place."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.output.newsroom.formats import brief_formats
from pipeline.output.writer import RunWriter

BOTH = brief_formats(["ninjs", "newsml_g2", "jsonl"], "en")


@pytest.fixture
def commit_with(ledger):
    def write(folder, outcomes, formats, *, table=True, told=None):
        with RunWriter(folder, formats, table=table) as writer:
            for outcome in outcomes:
                writer.write(outcome)
            writer.commit(ledger(told or len(outcomes), 0), [])

    return write


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_for_each_brief_and_format(tmp_path, numbered, commit_with):
    commit_with(tmp_path, numbered(3), BOTH)
    found = names(tmp_path / "briefs")
    assert len(found) == 6
    assert [name.rpartition(".")[2] for name in found] == ["json", "xml"] * 3
    assert json.loads((tmp_path / "briefs" / found[0]).read_text("utf-8"))["version"] == "3"
    expected = ["briefs", "briefs.jsonl", "briefs.parquet", "faults.jsonl", "run.json"]
    assert names(tmp_path) == [*expected, "scores.json", "set_aside.jsonl"]


def test_what_nothing_was_made_of_gets_no_file(tmp_path, draft, commit_with):
    passed = replace(draft, translation=None, extract=None, abstract=None)
    commit_with(tmp_path, [passed], BOTH)
    assert names(tmp_path / "briefs") == []


def test_the_same_briefs_are_the_same_bytes(tmp_path, numbered, commit_with):
    for name in ("a", "b"):
        commit_with(tmp_path / name, numbered(3), BOTH)
    first, second = (sorted((tmp_path / name / "briefs").iterdir()) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_new_run_takes_the_place_of_the_older_one(tmp_path, numbered, commit_with):
    commit_with(tmp_path, numbered(3), BOTH)
    commit_with(tmp_path, numbered(1), BOTH[:1])
    assert len(names(tmp_path / "briefs")) == 1
    commit_with(tmp_path, numbered(1), (), table=False)
    expected = ["briefs.jsonl", "faults.jsonl", "run.json", "scores.json", "set_aside.jsonl"]
    assert names(tmp_path) == expected


def test_a_failed_run_leaves_the_older_files(tmp_path, numbered, commit_with):
    commit_with(tmp_path, numbered(2), BOTH)
    before = names(tmp_path / "briefs")
    with pytest.raises(AssertionError, match=r"written: .*briefs=2"):
        commit_with(tmp_path, numbered(3)[1:], BOTH, told=3)
    assert names(tmp_path / "briefs") == before
    assert ".unfinished" not in names(tmp_path)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path, numbered, commit_with):
    mine = tmp_path / "briefs" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    with pytest.raises(OutputError, match=r"briefs: .*no run has written.*output\.format"):
        commit_with(tmp_path, numbered(1), BOTH)
    commit_with(tmp_path, numbered(1), ())
    assert mine.read_text() == "mine"


def test_no_more_room(tmp_path, numbered, commit_with, file_size_limit):
    commit_with(tmp_path, numbered(1), BOTH)
    before = names(tmp_path / "briefs")
    with file_size_limit(1000), pytest.raises(OutputError, match="File too large"):
        commit_with(tmp_path, numbered(3), BOTH, table=False)
    assert names(tmp_path / "briefs") == before


@pytest.mark.parametrize("moves", range(4))
def test_a_move_that_fails_leaves_no_run_json_and_the_next_run_mends_it(
    tmp_path, numbered, commit_with, monkeypatch, moves
):
    commit_with(tmp_path, numbered(2), BOTH)
    replace_path, left = Path.replace, iter(range(moves))

    def failing(self, target):
        if next(left, None) is None:
            raise OSError(28, "full")
        return replace_path(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(OutputError, match="No space left"):
            commit_with(tmp_path, numbered(3), BOTH)
    assert not (tmp_path / "run.json").exists()
    commit_with(tmp_path, numbered(1), BOTH)
    assert len(names(tmp_path / "briefs")) == 2
    assert ".unfinished" not in names(tmp_path)
