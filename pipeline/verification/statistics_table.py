"""Does `statistics.parquet` hold the numbers that the texts give?"""

from evaluation.article_statistics import ArticleStatistics, StatisticsError
from pipeline.verification.findings import Check
from pipeline.verification.run_folder import RunFolder

_NAME = "statistics.parquet"


def check_statistics(run: RunFolder, computed: ArticleStatistics | None) -> Check:
    """Compare column by column.

    Args:
        run: that was finished.
        computed: the same from the run's texts; `None` if the run scored nothing.
    """
    import numpy as np  # noqa: PLC0415

    check = Check(_NAME)
    if computed is None:
        check.leave("the run scored nothing, so there are no statistics")
        return check
    try:
        recorded = ArticleStatistics.read(run.path / _NAME)
    except StatisticsError as error:
        check.differs(str(error))
        return check
    if (recorded.ids, recorded.versions) != (computed.ids, computed.versions):
        check.differs("its articles, or their order, are not those of briefs.jsonl")
        return check
    for name in sorted({*recorded.columns, *computed.columns}):
        ours, theirs = computed.columns.get(name), recorded.columns.get(name)
        if ours is None or theirs is None:
            check.differs(f"column {name!r}: {'not there' if theirs is None else 'not computed'}")
            continue
        apart = ~np.isclose(theirs, ours, rtol=1e-9, atol=1e-9, equal_nan=True)
        if apart.any():
            first = computed.ids[int(apart.argmax())]
            check.differs(f"column {name!r}: {int(apart.sum())} differ, article {first!r} first")
    check.looked_at = f"{len(computed.columns)} columns, against those computed from the texts"
    return check
