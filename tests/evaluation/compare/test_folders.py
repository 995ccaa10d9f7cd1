import pytest

from evaluation.compare.command import run
from tests.evaluation.compare.conftest import brief

METRIC = "abstractive.rouge2.f"


@pytest.fixture
def good(write_run):
    return write_run("good", [brief("a"), brief("b")], {METRIC: [0.1, 0.2]})


def failed(capsys, *arguments):
    assert run([*map(str, arguments)]) == 2
    message = capsys.readouterr().err
    assert message.startswith("wirebrief-compare: ")
    assert message.count("\n") == 1
    return message


def test_one_run_is_no_comparison(good, capsys):
    assert "nothing to compare" in failed(capsys, good)


def test_the_same_folder_twice(good, capsys):
    assert "name each run once" in failed(capsys, good, f"{good}/../good")


def test_no_folder(good, tmp_path, capsys):
    assert "no such folder" in failed(capsys, good, tmp_path / "none")


def test_an_unfinished_run(good, write_run, capsys):
    other = write_run("other", [brief("a")], {METRIC: [0.1]})
    (other / "run.json").unlink()
    assert "no run was finished there" in failed(capsys, good, other)


def test_a_folder_of_runs(good, tmp_path, capsys):
    assert "holds 1; name them" in failed(capsys, tmp_path, good)


def test_a_run_without_statistics(good, write_run, capsys):
    other = write_run("other", [brief("a")], {METRIC: [0.1]})
    (other / "statistics.parquet").unlink()
    assert "run again" in failed(capsys, good, other)


def test_no_article_in_common(good, write_run, capsys):
    other = write_run("other", [brief("z")], {METRIC: [0.1]})
    assert "no article is in all runs" in failed(capsys, good, other)


def test_files_that_do_not_belong_together(good, write_run, capsys):
    other = write_run("other", [brief("a"), brief("b")], {METRIC: [0.1, 0.2]})
    lines = (other / "briefs.jsonl").read_text().splitlines(keepends=True)
    (other / "briefs.jsonl").write_text(lines[0])
    assert "do not tell of the same articles" in failed(capsys, good, other)


def test_a_line_that_is_no_json(good, write_run, capsys):
    other = write_run("other", [brief("a")], {METRIC: [0.1]})
    (other / "briefs.jsonl").write_text("{]\n")
    assert "briefs.jsonl:1" in failed(capsys, good, other)


def test_a_metric_that_is_not_there(good, write_run, tmp_path, capsys):
    other = write_run("other", [brief("a"), brief("b")], {METRIC: [0.2, 0.2]})
    message = failed(capsys, good, other, "--metric", "bleu", "--output", tmp_path)
    assert METRIC in message


def test_few_articles_allow_no_claim(good, write_run, tmp_path, capsys):
    other = write_run("other", [brief("a"), brief("b")], {METRIC: [0.2, 0.4]})
    assert run([str(good), str(other), "--no-html", "--output", str(tmp_path / "out")]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "no difference can be claimed" in printed
    assert "2 common articles are few" in printed


@pytest.mark.parametrize("arguments", [[], ["--samples", "3", "x"], ["--nothing", "x"]])
def test_wrong_arguments_end_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        run(arguments)
    assert stop.value.code == 2
    assert "--help" in capsys.readouterr().err
