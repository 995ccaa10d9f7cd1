import json
from collections.abc import Callable

import pytest

from evaluation.report import ReportSources, write_report
from tests.evaluation.parsed_page import Page

Files = dict[str, object]


@pytest.fixture
def brief() -> dict[str, object]:
    """A brief with every part."""
    return {
        "id": "x-1",
        "version": 3,
        "language": "de",
        "title": "Dax schließt im Minus",
        "dateline": "FRANKFURT (dpa-AFX)",
        "signature": "/so/DP/zb",
        "provider": "dpa-AFX",
        "published": "2024-10-25T06:12:00+02:00",
        "translation": {
            "title": "Dax closes lower",
            "text": "The Dax fell.\n\nOutlook\n\nRates stay.",
            "sentences": [
                {
                    "paragraph": 0,
                    "kind": "text",
                    "source": "Der Dax fiel um 0,8 Prozent.",
                    "target": "The Dax fell by 0.8 percent.",
                },
                {
                    "paragraph": 1,
                    "kind": "subhead",
                    "source": "Ausblick auf morgen",
                    "target": "Outlook",
                },
                {
                    "paragraph": 2,
                    "kind": "text",
                    "source": "Die Zinsen bleiben.",
                    "target": "Rates stay.",
                },
            ],
        },
        "extractive": {"text": "Rates stay.", "sentences": [2]},
        "abstractive": {"text": "Stocks slipped."},
        "prefix": "date 2024-10",
        "scores": {
            "abstractive.compression": 4.5,
            "abstractive.facts": 0.9,
            "abstractive.rouge1.f": 0.4,
            "abstractive.rouge1.p": 0.5,
        },
        "warnings": [
            {"code": "output_cut", "stage": "translate", "message": "1,204 tokens, cut at 256"}
        ],
        "made_by": {
            "translation": {
                "model": "starter",
                "revision": "4c1f",
                "engine": "ctranslate2",
                "decoding": '{"beams":4}',
            },
            "extractive": {
                "model": "lexrank",
                "revision": None,
                "engine": "lexrank",
                "decoding": "{}",
            },
            "abstractive": {
                "model": "copy",
                "revision": None,
                "engine": "wirebrief",
                "decoding": "{}",
            },
        },
        "references": {
            "translation": "Reference paragraph.",
            "summaries": ["First summary.", "Second summary."],
        },
        "extra": {"desk": "wirtschaft"},
        "label": "Machine-made, unchecked.",
    }


@pytest.fixture
def bare_brief() -> dict[str, object]:
    """A brief of a run that left every stage out."""
    return {
        "id": "bare",
        "version": 1,
        "translation": None,
        "extractive": None,
        "abstractive": None,
        "scores": None,
        "warnings": [],
    }


@pytest.fixture
def run_files(brief) -> Files:
    """The contents of a run's folder."""
    return {
        "briefs": [brief],
        "faults": [
            {
                "position": 1,
                "place": "feed.jsonl:2",
                "stage": "feed",
                "reason": "unreadable_record",
                "message": "the line is cut",
                "remedy": "Write it whole.",
                "article_id": "x-2",
            }
        ],
        "set_aside": [
            {
                "position": 2,
                "place": "feed.jsonl:3",
                "stage": "feed",
                "reason": "superseded",
                "message": "version 1 was overtaken by version 2",
                "remedy": "Nothing is to be done.",
                "article_id": "x-3",
            }
        ],
        "scores": [
            {
                "name": "abstractive.rouge1.f",
                "value": 0.4,
                "low": 0.31,
                "high": 0.52,
                "count": 1,
                "signature": "rouge1|stem:yes",
            },
            {
                "name": "abstractive.rouge1.p",
                "value": 0.5,
                "low": None,
                "high": None,
                "count": 1,
                "signature": "rouge1|stem:no",
            },
        ],
        "run": {
            "configuration": {
                "feed": {"path": "feed.jsonl", "limit": None},
                "languages": {"source": "de", "target": "en"},
                "stages": ["translate", "score"],
            },
            "versions": {"python": "3.11.2"},
            "models": {"translation": {"model": "starter", "revision": "4c1f"}},
            "counts": {
                "articles": 3,
                "briefs": 1,
                "set_aside": 1,
                "faults": 1,
                "unscored": 0,
                "stages": {"translate": {"in": 1, "reused": 2, "made": 3, "faults": 0}},
            },
            "seconds": {"translate": 1.25, "total": 2.5},
            "performance": {
                "translate": {
                    "articles_per_second": 0.8,
                    "model_seconds": 1.2,
                    "source_tokens": 12345,
                    "padded_tokens": 13000,
                    "target_tokens": 10000,
                    "source_tokens_per_second": 10287.5,
                    "target_tokens_per_second": 8333.3333,
                    "padding_share": 0.0504,
                    "reused_share": 0.4,
                    "peak_megabytes": 301.5,
                }
            },
            "started": "2024-10-25T06:12:00+00:00",
            "peak_megabytes": 301.5,
        },
    }


@pytest.fixture
def write_run(tmp_path) -> Callable[[Files], ReportSources]:
    """Write the files of a run as the pipeline would."""

    def write(contents: Files) -> ReportSources:
        sources = ReportSources.of(tmp_path)
        for key in ("briefs", "set_aside", "faults"):
            lines = [json.dumps(record) for record in contents[key]]
            getattr(sources, key).write_text(
                "".join(f"{line}\n" for line in lines), encoding="utf-8"
            )
        sources.scores.write_text(json.dumps(contents["scores"]), encoding="utf-8")
        sources.run.write_text(json.dumps(contents["run"]), encoding="utf-8")
        return sources

    return write


@pytest.fixture
def render(tmp_path, write_run) -> Callable[..., Page]:
    """Write the report of a run and parse it."""

    def make(contents: Files, max_articles: int = 500) -> Page:
        target = tmp_path / "report.html"
        write_report(write_run(contents), target, max_articles)
        return Page(target.read_text(encoding="utf-8"))

    return make
