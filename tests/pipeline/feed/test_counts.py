"""Counts by stage add up, from the records of the feed to the briefs."""

import json

from rich.console import Console

from pipeline.feed.meter import FeedMeter
from pipeline.journey import run
from pipeline.records import Article, Fault, Place
from pipeline.settings import load_settings
from pipeline.terminal import closing_table

TEXT = "Der Zoo in Kleinstadt öffnet am Montag wieder. Die Tiere freuen sich."
RECORDS = [
    {"id": "a", "text": TEXT},
    {"id": "b", "text": TEXT, "status": "withheld"},
    {"id": "c", "text": "…"},
    {"text": TEXT},
    {"id": "e", "text": TEXT, "language": "fr"},
    {"id": "f", "text": TEXT},
]


def test_the_meter_counts_what_it_passes_on():
    items = [Article("a", (), Place("x")), Fault(Place("x"), "feed", "withheld", "", "")]
    meter = FeedMeter()
    assert list(meter.watch(items)) == items
    assert (meter.entered, meter.faults) == (2, 1)
    assert meter.seconds > 0


def test_stages_add_up_with_the_feed_first(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(record) for record in RECORDS))
    result = run(
        load_settings(
            "feed=jsonl",
            f"feed.path={tmp_path / 'a.jsonl'}",
            "stages=[extract]",
            "memo=none",
            f"output_dir={tmp_path / 'out'}",
        )
    )
    counts = json.loads((tmp_path / "out" / "run.json").read_text())["counts"]
    stages = counts["stages"]
    assert next(iter(stages)) == "feed"
    assert stages["feed"] == {"in": 6, "made": 3, "reused": 0, "set_aside": 2, "faults": 1}
    assert sum(stage["faults"] for stage in stages.values()) == counts["faults"] == 2
    left = counts["articles"]
    for stage in stages.values():
        assert stage["in"] == left
        left -= stage["faults"] + stage["set_aside"]
    assert left == counts["briefs"] == 2
    assert counts["units"]["in"] == "articles"
    console = Console(record=True, width=200)
    closing_table(result.lines, result.scores, console)
    table = console.export_text()
    assert "feed" in table
    assert "in, set aside and faults count articles" in table
