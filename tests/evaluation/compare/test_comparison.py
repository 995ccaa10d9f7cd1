import csv

import numpy as np
import pytest

from evaluation.compare import CompareError, compare_runs
from evaluation.compare.comparison import compare
from evaluation.compare.pairing import pair
from evaluation.compare.runs import read_runs
from evaluation.compare.texts import texts_of
from tests.evaluation.compare.conftest import brief

METRIC = "abstractive.rouge2.f"
NAMES = [f"a{number}" for number in range(40)]


@pytest.fixture
def two(write_run):
    """Two runs over the same articles in another order; the right one is better."""
    generator = np.random.default_rng(3)
    left = generator.uniform(0.1, 0.3, 40)
    right = left + generator.uniform(0.0, 0.2, 40)
    texts = {name: "Der Dax fiel. " * (1 + place % 9) for place, name in enumerate(NAMES)}
    desks = {name: ("sport", "politik")[place % 2] for place, name in enumerate(NAMES)}
    briefs = [brief(name, text=texts[name], desk=desks[name]) for name in NAMES]
    return [
        write_run("lead", briefs, {METRIC: left}),
        write_run("mmr", briefs[::-1], {METRIC: right[::-1]}, reused=4),
    ]


def told(folders, wanted=None, samples=400):
    runs = read_runs(folders)
    return compare(runs, pair(runs), samples, 1, wanted)[0]


def test_pairs_articles_whatever_their_order(two):
    comparison = told(two)
    assert comparison.common == 40
    assert [run.label for run in comparison.runs] == [
        "extractive.ranker=lead", "extractive.ranker=mmr",
    ]  # fmt: skip
    assert list(comparison.ranking) == [1, 0]
    assert all(row.scores[METRIC][1] >= row.scores[METRIC][0] for row in comparison.rows)
    (difference,) = comparison.differences
    assert difference.losses == 40
    assert difference.p < 0.01
    assert difference.delta.high < 0
    assert "you may claim that it is worse" in difference.sentence
    assert comparison.changed == [("extractive.ranker", ("lead", "mmr"))]
    assert any("memo" in caveat for caveat in comparison.caveats)


def test_the_same_seed_gives_the_same_numbers(two):
    assert told(two) == told(two)


def test_slices_hold_each_common_article_once(two):
    comparison = told(two)
    for by in ("desk", "length"):
        slices = [each for each in comparison.slices if each.by == by]
        assert len(slices) > 1
        assert sum(each.count for each in slices) == 40
    assert not [each for each in comparison.slices if each.by == "published"]  # one hour
    sport = next(each for each in comparison.slices if each.name == "sport")
    wanted = [row.scores[METRIC][0] for row in comparison.rows if row.desk == "sport"]
    assert sport.scores[METRIC][0] == pytest.approx(np.mean(wanted))


def test_equal_runs_may_not_be_told_apart(write_run):
    values = np.linspace(0.1, 0.5, 40)
    briefs = [brief(name) for name in NAMES]
    comparison = told([write_run(name, briefs, {METRIC: values}) for name in ("x", "y")])
    (difference,) = comparison.differences
    assert difference.p == 1.0
    assert difference.ties == 40
    assert difference.needed is None
    assert "score the same" in difference.sentence


def test_only_articles_that_all_have_count(write_run):
    briefs = [brief(name) for name in NAMES]
    full = write_run("full", briefs, {METRIC: [0.2] * 20 + [0.9] * 20})
    part = write_run("part", briefs[:20], {METRIC: [0.3] * 20}, faults=20)
    comparison = told([full, part])
    assert comparison.runs[0].scores[METRIC].value == pytest.approx(0.2)
    assert comparison.runs[0].own[METRIC].value == pytest.approx(0.55)
    assert comparison.common == 20
    assert len(comparison.rows) == 40
    assert any("20 of 40 articles are not in all runs" in each for each in comparison.caveats)
    assert any("part: 20" in each and "failed" in each for each in comparison.caveats) or any(
        "ranker=part: 20" in each for each in comparison.caveats
    )


def test_what_is_not_a_number_does_not_count(write_run):
    briefs = [brief(name) for name in NAMES[:10]]
    nan = float("nan")
    left = write_run("l", briefs, {METRIC: [nan, 0.2, *[0.4] * 8]})
    right = write_run("r", briefs, {METRIC: [0.9, nan, *[0.5] * 8]})
    comparison = told([left, right])
    assert [run.scores[METRIC].count for run in comparison.runs] == [8, 8]
    assert comparison.runs[1].scores[METRIC].value == pytest.approx(0.5)
    assert comparison.rows[0].scores[METRIC] == [None, 0.9]


def test_other_recipes_are_not_compared(write_run):
    briefs = [brief(name) for name in NAMES[:10]]
    both = {METRIC: [0.1] * 10, "extractive.rouge2.f": np.linspace(0, 1, 10)}
    left = write_run("l", briefs, both, signature="rouge|stem:yes|bs:10|seed:1")
    right = write_run("r", briefs, both, signature="rouge|stem:no|bs:10|seed:1")
    with pytest.raises(CompareError, match="share no score"):
        told([left, right])
    other = write_run("o", briefs, both, signature="rouge|stem:yes|bs:99|seed:7")
    assert told([left, other]).ranked_by  # how an interval was drawn changes no value


def test_articles_that_are_there_twice_count_once(write_run):
    briefs = [brief(name) for name in (*NAMES[:9], NAMES[0])]
    runs = [write_run(name, briefs, {METRIC: [0.5] * 9 + [0.0]}) for name in ("x", "y")]
    comparison = told(runs)
    assert comparison.runs[0].scores[METRIC].value == pytest.approx(0.5)
    assert any("had before" in caveat for caveat in comparison.caveats)


def test_other_texts_under_one_id_are_told(write_run):
    left = write_run("l", [brief(name) for name in NAMES[:8]], {METRIC: [0.5] * 8})
    other = [brief(name, text="Ganz anders. Wirklich.") for name in NAMES[:8]]
    right = write_run("r", other, {METRIC: [0.6] * 8})
    assert any("not the same text" in caveat for caveat in told([left, right]).caveats)


def test_texts_stand_side_by_side(two):
    runs = read_runs(two)
    articles = list(texts_of(runs, pair(runs))())
    assert [article.key for article in articles] == [f"{name}.v1" for name in NAMES]
    assert articles[3].titles == ["Title", "Title"]
    assert articles[3].sentences[0].picked == [0, 1]
    assert articles[3].reference_summaries == ("The Dax fell.",)


def test_the_spreadsheet_has_a_line_for_each_run_and_metric(two, tmp_path, capsys):
    compare_runs(two, tmp_path / "out", samples=200, html=False)
    with (tmp_path / "out" / "compare.csv").open(encoding="utf-8") as lines:
        left, right = csv.DictReader(lines)
    assert (left["metric"], left["rank"], right["rank"]) == (METRIC, "2", "1")
    assert float(left["delta"]) < 0 < float(left["p_holm"])
    assert left["against"] == "extractive.ranker=mmr"
    assert right["delta"] == ""
    assert left["setting:extractive.ranker"] == "lead"
    printed = capsys.readouterr().out
    assert "Be careful" in printed
    assert "compare.csv" in printed


def test_a_baseline_is_what_others_are_seen_against(two, tmp_path, capsys):
    compare_runs(two, tmp_path, samples=200, html=False, baseline=two[0])
    with (tmp_path / "compare.csv").open(encoding="utf-8") as lines:
        _, right = csv.DictReader(lines)
    assert float(right["delta"]) > 0
    with pytest.raises(CompareError, match="is none of the runs"):
        compare_runs(two, tmp_path, html=False, baseline=tmp_path / "elsewhere")
