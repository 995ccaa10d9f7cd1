"""`run.json` says what was run, with what, how much and how long."""

import platform
from importlib.metadata import version

from pipeline.output.ledger import peak_megabytes


def test_the_record(ledger):
    record = ledger(8, 2).record()
    assert record["configuration"] == {"feed": {"path": "feed.jsonl"}}
    assert record["counts"] == {
        "articles": 8,
        "briefs": 6,
        "set_aside": 0,
        "faults": 2,
        "unscored": 0,
        "stages": {"translate": {"in": 8, "made": 3, "reused": 5, "set_aside": 0, "faults": 2}},
        "units": {
            "in": "articles",
            "set_aside, faults": "articles",
            "made, reused": {"translate": "sentences and titles"},
        },
    }
    assert record["seconds"] == {"translate": 0.5, "total": 1.235}
    assert record["models"]["translation"]["revision"] == "4c1f"
    assert record["started"] == "2024-10-25T08:00:00+00:00"


def test_versions_of_what_runs(ledger):
    found = ledger(1, 0).record()["versions"]
    assert found["python"] == platform.python_version()
    assert found["ctranslate2"] == version("ctranslate2")
    assert {"wirebrief", "transformers", "sacrebleu", "torch"} <= set(found)


def test_peak_memory_is_in_megabytes():
    before = peak_megabytes()
    block = bytearray(300_000_000)
    block[::4096] = b"x" * len(block[::4096])
    assert 20 < before < 100_000
    assert peak_megabytes() >= 300
