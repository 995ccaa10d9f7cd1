"""Whoever watches a run hears of every stage that there is."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from pipeline import load_settings, run
from pipeline.terminal import Bars, Lines

SAMPLE = Path(__file__).parent.parent / "data" / "wire-sample.jsonl"


@pytest.mark.parametrize("order", ["translate_first", "extract_first"])
@pytest.mark.parametrize("watcher", [Bars, Lines])
def test_every_stage_is_announced(tmp_path, order, watcher):
    settings = load_settings(
        f"feed.path={SAMPLE}",
        "feed.limit=2",
        f"order={order}",
        "translation=reference",
        "stages=[extract,translate,score]",
        "memo=none",
        "offline=true",
        f"output_dir={tmp_path / 'out'}",
    )
    page = io.StringIO()
    heard = []

    def watch(stages):
        heard.extend(stages)
        return watcher(Console(file=page, force_terminal=watcher is Bars, width=120), stages)

    result = run(settings, watch)
    assert (result.articles, result.faults) == (2, 0)
    assert [line.stage for line in result.lines] == ["feed", *heard]
    assert ("render" in heard) == (order == "extract_first")
    assert all(stage in page.getvalue() for stage in heard)
