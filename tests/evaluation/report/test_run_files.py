import stat

import pytest

from evaluation.report import ReportError, write_report


def test_the_files_may_have_other_names(tmp_path, write_run, run_files):
    sources = write_run(run_files)
    moved = type(sources)(
        *(
            getattr(sources, name).rename(tmp_path / f".{name}.part")
            for name in ("briefs", "set_aside", "faults", "scores", "run")
        )
    )
    write_report(moved, tmp_path / "report.html")
    assert "Dax closes lower" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def written_run(write_run, run_files):
    return write_run(run_files)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "briefs.jsonl",
            '{"id": "a", "version": 1}\n{"id": "b", "ver',
            r"briefs\.jsonl:2: no JSON",
        ),
        ("briefs.jsonl", '{"version": 1}', r"briefs\.jsonl:1: no `id`"),
        ("faults.jsonl", '["a"]', r"faults\.jsonl:1: holds list, not a JSON object"),
        ("scores.json", '{"a": 1}', r"scores\.json: holds dict, not a list of scores"),
        ("run.json", "{}", r"run\.json: no `configuration`"),
    ],
)
def test_a_broken_file_leaves_the_old_page(written_run, tmp_path, file, content, message):
    target = tmp_path / "page" / "report.html"
    target.parent.mkdir()
    target.write_text("old")
    (tmp_path / file).write_text(content)
    with pytest.raises(ReportError, match=message):
        write_report(written_run, target)
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


def test_a_missing_file_is_named(tmp_path, write_run, run_files):
    sources = write_run(run_files)
    sources.briefs.unlink()
    with pytest.raises(ReportError, match=r"cannot read .*briefs\.jsonl"):
        write_report(sources, tmp_path / "report.html")


def test_the_same_run_gives_the_same_bytes(tmp_path, write_run, run_files):
    sources = write_run(run_files)
    write_report(sources, tmp_path / "a.html")
    write_report(sources, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o644
