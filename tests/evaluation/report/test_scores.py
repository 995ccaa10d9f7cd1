import pytest

from evaluation.report.scores import AXIS, TIERS, headline, in_order, tier_of, tiers
from evaluation.score import Score


def score(name, value=1.0, low=None, high=None):
    return Score(name, value, low, high, 3, "recipe")


NAMES = [
    "abstractive.compression",
    "abstractive.facts",
    "abstractive.rouge1.f",
    "abstractive.rouge1.p",
    "extractive.rougeL.f",
    "plain",
    "translation.bleu",
    "translation.facts",
]


def test_names_are_sorted_along_the_journey():
    assert in_order(NAMES) == (
        "translation.bleu",
        "translation.facts",
        "extractive.rougeL.f",
        "abstractive.rouge1.f",
        "abstractive.facts",
        "abstractive.compression",
        "abstractive.rouge1.p",
        "plain",
    )


def test_corpus_scores_stand_in_tiers_and_groups():
    found = [
        (tier.heading, group.name, [row.label for row in group.rows])
        for tier in tiers([score(name) for name in NAMES])
        for group in tier.groups
    ]
    assert found == [
        ("", "translation", ["bleu", "facts"]),
        ("", "extractive", ["rougeL.f"]),
        ("", "abstractive", ["rouge1.f", "facts"]),
        ("Other measures", "abstractive", ["compression"]),
        ("Other measures", "", ["plain"]),
        ("Precision and recall", "abstractive", ["rouge1.p"]),
    ]


@pytest.mark.parametrize(
    ("name", "tier"),
    [
        ("a.rouge1.precision", 2),
        ("a.rougeLsum.r", 2),
        ("a/rouge1/f", 0),
        ("t.chrf", 0),
        ("a.precise", 1),
        ("a.words", 1),
    ],
)
def test_tiers(name, tier):
    assert tier_of(name) == TIERS[tier]


def test_one_score_of_each_part_stands_beside_the_title():
    assert headline(NAMES) == ("translation.bleu", "extractive.rougeL.f", "abstractive.rouge1.f")


def test_marks_are_placed_on_the_scale_of_the_measure():
    scores = [
        score("a.rouge1.f", 0.5, 0.25, 0.75),
        score("a.rouge2.f", float("nan")),
        score("a.bleu", 50.0),
        score("a.ter", 130.0, 120.0, 140.0),
        score("a.compression", 3.0),
    ]
    rows = [row for tier in tiers(scores) for group in tier.groups for row in group.rows]
    marks = [row.mark and (row.mark.low, row.mark.value, row.mark.high) for row in rows]
    half = AXIS / 2
    assert marks == [(AXIS / 4, half, AXIS * 3 / 4), None, (half,) * 3, (AXIS,) * 3, None]
