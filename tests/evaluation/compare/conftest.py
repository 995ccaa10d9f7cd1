import json

import numpy as np
import pytest

from evaluation.article_statistics import ArticleStatistics


def brief(
    name, version=1, text="Der Dax fiel. Er fiel tief.", desk="wirtschaft", target="It fell."
):
    sentences = [
        {"paragraph": 0, "kind": "text", "source": part, "target": target}
        for part in text.split(". ")
    ]
    return {
        "id": name,
        "version": version,
        "title": f"Titel {name}",
        "published": "2025-09-04T18:05:00+02:00",
        "translation": {"title": "Title", "text": target, "sentences": sentences},
        "extractive": {"text": target, "sentences": [0]},
        "abstractive": {"text": target},
        "warnings": [],
        "references": {"translation": None, "summaries": ["The Dax fell."]},
        "wire": {},
        "extra": {"desk": desk},
    }


def score(name, value, signature="rouge|v:1|bs:1000|seed:1"):
    return {
        "name": name, "value": value, "low": None, "high": None, "count": 1,
        "signature": signature,
    }  # fmt: skip


@pytest.fixture
def write_run(tmp_path):
    """Write a finished run: its articles, and each metric's numbers."""

    def write(name, briefs, columns, settings=None, signature=None, **facts):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        lines = [json.dumps(each, ensure_ascii=False) for each in briefs]
        (folder / "briefs.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        numbers = {key: np.array(values, dtype=np.float64) for key, values in columns.items()}
        ids, versions = [each["id"] for each in briefs], [each["version"] for each in briefs]
        ArticleStatistics(tuple(ids), tuple(versions), numbers).write(folder / "statistics.parquet")
        scores = [
            score(key, float(np.nanmean(values)), signature or "rouge|v:1|bs:9|seed:1")
            for key, values in numbers.items()
            if "#" not in key
        ]
        (folder / "scores.json").write_text(json.dumps(scores))
        stages = {"translate": {"made": 9, "reused": facts.get("reused", 0)}}
        run = {
            "configuration": settings or {"extractive": {"ranker": name}},
            "counts": {
                "briefs": len(briefs), "faults": facts.get("faults", 0), "stages": stages,
            },
            "seconds": {"translate": 1.0, "total": 2.5},
            "models": {
                part: {"model": model} for part, model in facts.get("makers", {}).items()
            },
            "versions": {"wirebrief": facts.get("version", "0.1.0")},
        }  # fmt: skip
        (folder / "run.json").write_text(json.dumps(run))
        return folder

    return write
