import tracemalloc

from evaluation.report.fields import Fields
from evaluation.report.overview import gather


def lines(*briefs):
    return (Fields(brief, f"briefs.jsonl:{n}") for n, brief in enumerate(briefs, start=1))


def warning(code):
    return {"code": code, "stage": "translate", "message": "m"}


def test_warnings_are_counted_by_kind_and_by_article():
    found = gather(
        lines(
            {"warnings": [warning("cut"), warning("cut"), warning("split")]},
            {"warnings": [warning("cut")]},
            {"warnings": []},
            {},
        )
    )
    assert (found.briefs, found.warned) == (4, 2)
    assert [(kind.code, kind.count, kind.articles) for kind in found.kinds] == [
        ("cut", 3, 2),
        ("split", 1, 1),
    ]


def test_articles_without_scores_are_in_no_histogram():
    found = gather(lines({"scores": {"b": 1, "a": 0.5}}, {"scores": {"b": None}}, {"scores": None}))
    assert found.briefs == 3
    assert [(drawn.name, drawn.count) for drawn in found.histograms] == [("b", 1), ("a", 1)]


def test_memory_does_not_grow_with_the_feed():
    def peak(count):
        briefs = (
            {"scores": {"a": n / count, "b": n * 100.0 / count}, "text": "x" * 1000 + str(n)}
            for n in range(count)
        )
        tracemalloc.start()
        gather(Fields(brief, "b") for brief in briefs)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(500)
    assert peak(10000) < peak(1000) + 500_000  # their texts are ten megabytes
