"""Numbers that went through the temporary file are those that were added."""

import gc
import random
import tracemalloc

import numpy as np
import pytest

from evaluation.article_statistics import ArticleStatistics
from evaluation.corpus_scores import corpus_scores
from evaluation.statistics_spool import StatisticsCollector


def collected(articles=11):
    draw, collector = random.Random(3), StatisticsCollector()
    for number in range(articles):
        scores = {"extractive.words": draw.random()}
        if number % 3:
            scores["extractive.facts"] = draw.random()
        edits = {"translation.ter": [draw.randrange(9), 20.0]} if number % 2 else {}
        version = 1 << 70 if number == 5 else number
        collector.add(f"ä-{number}\ud800", version, scores, edits)
    return collector


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr("evaluation.statistics_spool._ROWS", 2)
    monkeypatch.setattr("evaluation.statistics_spool._IN_MEMORY", 1)


def test_blocks_add_up_to_the_table(monkeypatch, request):
    whole = collected().table()
    request.getfixturevalue("small_blocks")
    parted = collected()
    table = parted.table()
    assert (table.ids, table.versions) == (whole.ids, whole.versions)
    assert table.versions[5] is None
    assert parted.metrics() == whole.metrics() == table.metrics()
    assert parted.parts("translation.ter") == ("translation.ter#0", "translation.ter#1")
    for name in whole.columns:
        assert np.array_equal(parted.column(name), whole.columns[name], equal_nan=True)


@pytest.mark.usefixtures("small_blocks")
def test_the_file_holds_all_blocks(tmp_path):
    parted = collected()
    parted.write(tmp_path / "s.parquet")
    again, table = ArticleStatistics.read(tmp_path / "s.parquet"), parted.table()
    assert again.ids == tuple(name.replace("\ud800", "?") for name in table.ids)
    assert again.versions == table.versions
    assert list(again.columns) == list(table.columns)
    for name, column in table.columns.items():
        assert np.array_equal(again.columns[name], column, equal_nan=True)


@pytest.mark.usefixtures("small_blocks")
def test_articles_may_follow_after_the_numbers_were_read():
    collector = collected()
    assert len(collector.column("extractive.words")) == 11
    collector.add("more", 1, {"extractive.words": 7.0}, {})
    assert collector.column("extractive.words")[-1] == 7.0
    assert collector.table().ids[-1] == "more"


@pytest.mark.parametrize("cells", [1, 25])
def test_scores_do_not_depend_on_how_many_columns_are_resampled_together(monkeypatch, cells):
    together = corpus_scores(collected(), str, samples=200, seed=5)
    monkeypatch.setattr("evaluation.corpus_scores._CELLS", cells)
    apart = corpus_scores(collected(), str, samples=200, seed=5)
    assert [score.name for score in apart] == [score.name for score in together]
    assert [score.count for score in apart] == [5, 7, 11]
    for ours, theirs in zip(apart, together, strict=True):
        assert ours.value == theirs.value
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high))


def test_memory_holds_a_block():
    collector = StatisticsCollector()
    gc.collect()
    tracemalloc.start()
    for number in range(20_000):
        collector.add(f"article-{number}", 1, {f"m{n}": number / 7 for n in range(50)}, {})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000  # the numbers alone are 8 MB, the ids another one
