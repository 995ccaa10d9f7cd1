from evaluation.report.fields import Fields
from evaluation.report.run_facts import parse_run


def facts(**parts):
    return parse_run(Fields({"configuration": {}, **parts}, "run.json"))


def test_counts_and_seconds_meet_in_one_row_per_stage():
    found = facts(
        counts={
            "unscored": 2,
            "stages": {"translate": {"in": 3, "made": 7}, "score": {"in": 3, "faults": 1}},
        },
        seconds={"translate": 2.5, "feed": 0.25},
    )
    assert found.columns == ("in", "made", "faults")
    assert [(row.stage, row.counts, row.seconds) for row in found.stages] == [
        ("translate", (3, 7, None), 2.5),
        ("score", (3, None, 1), None),
        ("feed", (None, None, None), 0.25),
    ]
    assert found.unscored == 2


def test_speed_is_read_as_far_as_it_is_there():
    found = facts(performance={"translate": {"source_tokens": 7, "padding_share": None}})
    (row,) = found.speeds
    assert (row.stage, row.source_tokens, row.padding_share) == ("translate", 7, None)
    assert row.peak_megabytes is None
    assert found.facts == found.details == ()


def test_a_run_may_have_counted_nothing():
    found = facts()
    assert (found.unscored, found.columns, found.stages) == (None, (), ())
    assert found.speeds == ()


def test_the_feed_is_its_path_or_its_dataset():
    assert facts(configuration={"feed": {"path": "a.jsonl"}}).feed == "a.jsonl"
    assert facts(configuration={"feed": {"dataset": "mlsum"}}).feed == "mlsum"
    assert facts(configuration={"feed": {"path": "-"}}).feed == "standard input"
    assert facts().feed is None


def test_languages_default_to_german_and_english():
    assert (facts().source, facts().target) == ("de", "en")
    found = facts(configuration={"languages": {"source": "nl", "target": "fr"}})
    assert (found.source, found.target) == ("nl", "fr")


def test_everything_else_is_told_as_it_is():
    found = facts(
        versions={"python": "3.11"},
        models={"translation": {"model": "m", "files": ["a", "b"]}, "extractive": None},
        argv=[{"a": 1}, 2],
        started="now",
        peak_megabytes=1.5,
    )
    assert found.models == (("translation", "m"),)
    assert found.facts == (("started", "now"), ("peak_megabytes", "1.5"))
    assert found.details == (
        ("versions", (("python", "3.11"),)),
        (
            "models",
            (("translation.model", "m"), ("translation.files", "a, b"), ("extractive", "null")),
        ),
        ("argv", (("1.a", "1"), ("2", "2"))),
    )
