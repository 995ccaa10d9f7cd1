from evaluation.report.model import Score
from evaluation.report.scores import AXIS, group_scores, headline, is_detail


def score(name, value, low=None, high=None):
    return Score(name, value, low, high, 3, None)


def test_scores_are_grouped_by_their_first_part():
    groups = group_scores([score("a.x", 1), score("b.x.f", 1), score("a.y", 1), score("plain", 1)])
    assert [(g.name, [r.label for r in g.rows]) for g in groups] == [
        ("a", ["x", "y"]),
        ("b", ["x.f"]),
        ("", ["plain"]),
    ]


def test_precision_and_recall_are_details():
    assert is_detail("a.rouge1.precision")
    assert is_detail("a/rouge1/r")
    assert not is_detail("a.rouge1.f")
    assert not is_detail("precise.bleu")


def test_one_score_of_each_part_stands_beside_the_title():
    names = ["t.bleu", "t.chrf", "a.rouge1.precision", "a.rouge1.f", "a.rouge2.f"]
    assert headline(names) == ("t.bleu", "a.rouge1.f")


def test_marks_are_placed_on_the_scale_of_the_measure():
    (group,) = group_scores(
        [
            score("a.rouge1.f", 0.5, 0.25, 0.75),
            score("a.bleu", 50.0),
            score("a.ter", 130.0, 120.0, 140.0),
            score("a.compression", 3.0),
            score("a.rouge2.f", float("nan")),
        ]
    )
    marks = [row.mark and (row.mark.low, row.mark.value, row.mark.high) for row in group.rows]
    half = AXIS / 2
    assert marks == [(AXIS / 4, half, AXIS * 3 / 4), (half,) * 3, (AXIS,) * 3, None, None]
