"""Each article's exact numbers, in memory and as a file."""

import subprocess
import sys

import numpy as np
import pytest

from evaluation.article_statistics import ArticleStatistics, StatisticsError
from evaluation.statistics_spool import StatisticsCollector


def collected(*articles):
    collector = StatisticsCollector()
    for number, (scores, summed) in enumerate(articles, start=1):
        collector.add(f"ä-{number}", number, scores, summed)
    return collector.table()


@pytest.fixture
def table():
    return collected(
        ({"abstractive.rouge1.f": 0.1 + 0.2}, {"translation.bleu": [3, 4]}),
        ({"translation.bleu": 12.5}, {}),
        ({"abstractive.rouge1.f": 0.5}, {"translation.bleu": [5.0, 6.0]}),
    )


def test_what_an_article_has_not_is_no_number(table):
    rouge = table.columns["abstractive.rouge1.f"]
    assert rouge.tolist()[::2] == [0.1 + 0.2, 0.5]
    assert np.isnan(rouge[1])
    assert table.summed("translation.bleu").tolist()[::2] == [[3, 4], [5, 6]]
    assert np.isnan(table.summed("translation.bleu")[1]).all()


def test_metrics_begin_with_the_translation_and_know_whether_they_are_sums(table):
    assert table.metrics() == ("translation.bleu", "abstractive.rouge1.f")
    assert table.is_summed("translation.bleu")
    assert not table.is_summed("abstractive.rouge1.f")


def test_the_file_holds_the_same_to_the_last_bit(table, tmp_path):
    table.write(tmp_path / "statistics.parquet")
    again = ArticleStatistics.read(tmp_path / "statistics.parquet")
    assert (again.ids, again.versions) == (("ä-1", "ä-2", "ä-3"), (1, 2, 3))
    assert list(again.columns) == list(table.columns)
    for name, column in table.columns.items():
        assert np.array_equal(again.columns[name], column, equal_nan=True), name


def test_a_table_without_articles_is_a_file_too(tmp_path):
    collected().write(tmp_path / "empty.parquet")
    assert ArticleStatistics.read(tmp_path / "empty.parquet") == ArticleStatistics((), (), {})


def test_a_version_beyond_64_bits_is_unknown(tmp_path):
    collector = StatisticsCollector()
    collector.add("a", 1 << 70, {}, {})
    collector.table().write(tmp_path / "s.parquet")
    assert ArticleStatistics.read(tmp_path / "s.parquet").versions == (None,)


def test_a_missing_or_broken_file_says_what_to_do(tmp_path):
    with pytest.raises(StatisticsError, match=r"none\.parquet: is not there; run again"):
        ArticleStatistics.read(tmp_path / "none.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(StatisticsError, match=r"broken\.parquet: cannot be read"):
        ArticleStatistics.read(tmp_path / "broken.parquet")


def test_writing_does_not_import_pandas(tmp_path):
    code = (
        "import sys; from pathlib import Path; "
        "from evaluation.statistics_spool import StatisticsCollector as C; "
        "c = C(); c.add('a', 1, {'x': 1.0}, {}); c.table().write(Path(sys.argv[1])); "
        "sys.exit('pandas' in sys.modules)"
    )
    path = tmp_path / "s.parquet"
    assert subprocess.run([sys.executable, "-c", code, path], check=False).returncode == 0
    assert path.exists()
