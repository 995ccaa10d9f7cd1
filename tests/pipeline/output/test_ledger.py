"""`run.json` says what was run, with what, how much and how long."""

import platform
from importlib.metadata import version

from pipeline.output.ledger import peak_megabytes
from pipeline.output.performance import performance
from pipeline.stage import Effort, Usage


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


def test_what_a_stage_took():
    effort = Effort(source_tokens=80, padded_tokens=100, target_tokens=60, seconds=4.0)
    told = performance(30, 8.0, Usage(made=3, reused=1, effort=effort), 250_400_000)
    assert told.record() == {
        "articles_per_second": 3.75,
        "model_seconds": 4.0,
        "source_tokens": 80,
        "padded_tokens": 100,
        "target_tokens": 60,
        "source_tokens_per_second": 20.0,
        "target_tokens_per_second": 15.0,
        "padding_share": 0.2,
        "reused_share": 0.25,
        "peak_megabytes": 250.4,
    }


def test_what_is_not_known_or_means_nothing_is_null():
    told = performance(30, 8.0, Usage(made=30)).record()
    assert told.pop("articles_per_second") == 3.75
    assert set(told.values()) == {None}
    idle = performance(0, 0.0, Usage(effort=Effort()))
    assert (idle.source_tokens, idle.model_seconds) == (0, 0.0)
    assert idle.articles_per_second is idle.target_tokens_per_second is idle.reused_share is None
    elsewhere = Usage(made=1, effort=Effort(40, None, 8, 2.0))
    told = performance(1, 2.0, elsewhere)
    assert (told.target_tokens_per_second, told.padding_share, told.reused_share) == (4, None, 0)


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
