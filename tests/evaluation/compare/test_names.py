import pytest

from evaluation.compare.names import changed_settings, label_runs
from evaluation.compare.runs import read_runs
from tests.evaluation.compare.conftest import brief


def test_places_of_output_are_no_settings():
    runs = [{"output_dir": "a", "k": "1"}, {"output_dir": "b", "k": "2", "extra": "x"}]
    assert changed_settings(runs) == [("k", ("1", "2")), ("extra", (None, "x"))]


@pytest.mark.parametrize(
    ("folders", "labels"),
    [
        (
            ["extractive=lead,feed.limit=9", "extractive=mmr,feed.limit=9"],
            ["extractive=lead", "extractive=mmr"],
        ),
        (
            ["a=1,stages=[translate,score]", "a=2,stages=[translate,score]"],
            ["a=1", "a=2"],
        ),
        (["first", "second"], ["k=1", "k=2"]),
    ],
)
def test_names_are_the_shortest_that_tell_runs_apart(write_run, folders, labels):
    values = {"abstractive.rouge2.f": [0.1]}
    settings = [{"k": number} for number in (1, 2)]
    paths = [
        write_run(name, [brief("a")], values, its)
        for name, its in zip(folders, settings, strict=True)
    ]
    runs = read_runs(paths)
    assert label_runs(runs, changed_settings([run.settings for run in runs])) == labels
