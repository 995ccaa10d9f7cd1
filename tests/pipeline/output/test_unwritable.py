"""Where nothing can be written, one message says so and older results stay."""

import logging

import pytest

from pipeline.errors import OutputError
from pipeline.output.writer import RunWriter


@pytest.mark.parametrize("size", [0, 1000, 100_000])
def test_no_more_room(tmp_path, draft, size, caplog, commit, contents, numbered, file_size_limit):
    commit(tmp_path, [draft])
    before = contents(tmp_path)
    with (
        file_size_limit(size),
        pytest.raises(OutputError, match=r"cannot be written \(File too large\).*output_dir"),
    ):
        commit(tmp_path, numbered(600))
    assert contents(tmp_path) == before
    assert not [record for record in caplog.records if record.levelno > logging.DEBUG]


def test_an_output_dir_that_is_a_file(tmp_path):
    (tmp_path / "out").write_text("mine")
    with (
        pytest.raises(OutputError, match=r"out: .*File exists.*output_dir"),
        RunWriter(tmp_path / "out"),
    ):
        pass
    assert (tmp_path / "out").read_text() == "mine"


OPEN = """
import sys
from pathlib import Path
from pipeline.errors import OutputError
from pipeline.output.writer import RunWriter
try:
    with RunWriter(Path(sys.argv[1])):
        pass
except OutputError as error:
    print(error)
"""


def test_no_permission(tmp_path, without_rights):
    tmp_path.chmod(0o555)
    result = without_rights(OPEN, tmp_path)
    tmp_path.chmod(0o755)
    assert "results cannot be written (Permission denied)" in result.stdout, result.stderr
    assert str(tmp_path) in result.stdout
