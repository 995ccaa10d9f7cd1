"""A run writes its briefs in the formats that were asked for, the same bytes each time."""

import json
from dataclasses import replace

from pipeline import run
from pipeline.output.settings import Output


def test_a_run_writes_a_file_for_each_brief(tiny, tmp_path, article, german):
    settings = tiny(feed=[article("a", german), article("../b", german)])
    result = run(replace(settings, output=Output("ninjs")))
    assert result.status == 0
    found = sorted((tmp_path / "out" / "briefs").iterdir())
    items = [json.loads(path.read_text(encoding="utf-8")) for path in found]
    assert sorted(item["altIds"][0]["value"] for item in items) == ["../b", "a"]
    assert not (tmp_path / "out" / "briefs.parquet").exists()
    assert len(list(result.briefs())) == 2
    before = [path.read_bytes() for path in found]
    run(replace(settings, output=Output(["newsml_g2", "ninjs"])))
    after = sorted((tmp_path / "out" / "briefs").iterdir())
    assert [path.read_bytes() for path in after if path.suffix == ".json"] == before
    assert len(after) == 4
