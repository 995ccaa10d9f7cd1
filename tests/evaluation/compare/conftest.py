import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from evaluation.article_statistics import ArticleStatistics
from evaluation.compare.page import write_page
from evaluation.compare.view import (
    ArticleTexts,
    Attribution,
    Comparison,
    Contestant,
    Cost,
    Difference,
    Estimate,
    FactMark,
    Metric,
    Row,
    SentenceText,
    Slice,
    Step,
)


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


MAIN, OTHER, PLAIN = "abstractive.rouge2.f", "translation.ter", "abstractive.words"
RUNS = ("extractive=lead", "extractive=mmr", "extractive=oracle")


@dataclass(frozen=True)
class Case:
    """What a page is made of."""

    comparison: Comparison
    texts: tuple[ArticleTexts, ...]


def estimate(value: float) -> Estimate:
    return Estimate(value, value - 0.02, value + 0.02, 4)


def contestant(place: int) -> Contestant:
    scores = {MAIN: estimate(0.1 + place / 50), OTHER: estimate(60 - place), PLAIN: estimate(40)}
    return Contestant(
        label=RUNS[place],
        folder=f"out/{place}",
        scores=scores,
        own={**scores, MAIN: Estimate(0.4, 0.3, 0.5, 9)},
        cost=Cost(10.0 + place, {"translate": 8.0}, 20, place, 300 + place, 31_000_000),
        settings={"languages.source": "de", "languages.target": "en", "extractive": RUNS[place]},
        briefs=4,
        faults=0,
    )


def difference(metric: str, left: int, right: int) -> Difference:
    delta = (left - right) / 50 if metric == MAIN else float(right - left)
    return Difference(
        metric, left, right, Estimate(delta, delta - 0.01, delta + 0.01, 4),
        0.01, 0.2 if right == 1 else 0.03, 0.5, 1, 1, 2, 40,
        f"{RUNS[left]} and {RUNS[right]} differ in {metric}.",
    )  # fmt: skip


def row(number: int) -> Row:
    scores = {
        MAIN: (0.1, 0.1 + number / 10, None if number == 3 else 0.2),
        OTHER: (60.0, 59.0, 58.0),
        PLAIN: (40.0, 40.0, 40.0),
    }
    return Row(
        key=f"x-{number}~1",
        id=f"x-{number}",
        version=1,
        title=f"Meldung {number}",
        title_target=f"Story {number}",
        desk="wirtschaft" if number % 2 else "politik",
        published=f"2026-1{number % 2}-0{number + 1}T06:12:00+01:00",
        words=100 + number,
        scores=scores,
        spread={MAIN: number / 10},
    )


def article(number: int) -> ArticleTexts:
    text = f"The group sold {number} 𝔸 plants for 12 million euros."
    return ArticleTexts(
        key=f"x-{number}~1",
        titles=[f"Story {number}", f"Story {number}", f"Tale {number}"],
        sentences=[
            SentenceText(0, "text", "Der 𝔸-Konzern verkaufte 12 Werke.", [text] * 3, [0, 2]),
            SentenceText(1, "subhead", "Ausblick", ["Outlook", "Outlook", None], []),
            SentenceText(2, "text", "Mehr folgt.", ["More follows.", "To come.", "More."], [1]),
        ],
        extracts=[text, "More to come.", text],
        abstracts=["The group sold plants.", "The group bought plants.", None],
        reference_translation="The reference translation.",
        reference_summaries=["A reference summary.", "Another one."],
        facts=[
            FactMark(0, "translation", "number", "missing", "12", 0, 24, 26, 0, 15, 16),
            FactMark(1, "abstractive", "name", "added", "group", None, 4, 9, None, None, None),
        ],
        warnings=[["output_cut: cut at 256"], [], ["output_cut: cut at 256"]],
    )  # fmt: skip


@pytest.fixture
def case() -> Case:
    """Three runs on four articles, with every part filled."""
    pairs = [(0, 1), (0, 2), (1, 2)]
    comparison = Comparison(
        metrics=[
            Metric(OTHER, "TER, translation", "lower", 100, "ter|v:2"),
            Metric(MAIN, "ROUGE-2 F, abstract", "higher", 1, "rouge2|stem:yes"),
            Metric(PLAIN, "Words, abstract", None, None, "words"),
        ],
        ranked_by=MAIN,
        runs=[contestant(place) for place in range(3)],
        ranking=[2, 1, 0],
        differences=[difference(name, *pair) for name in (OTHER, MAIN) for pair in pairs],
        slices=[Slice("desk", "wirtschaft", 2, {MAIN: [0.1, None, 0.3]})],
        rows=[row(number) for number in range(4)],
        attribution=[
            Attribution(
                "rouge2.f", 2, estimate(0.3), [Step("selection", estimate(-0.1), "the picks")],
                estimate(0.2), ["run translation=reference"],
            )
        ],
        changed=[("extractive", [*RUNS[:2], None])],
        caveats=["Four articles are few."],
        common=4,
    )  # fmt: skip
    return Case(comparison, tuple(article(number) for number in range(4)))


@pytest.fixture
def write(tmp_path) -> Callable[[Case], str]:
    """Write a page and return it."""

    def give(case: Case) -> Iterator[ArticleTexts]:
        yield from case.texts

    def make(case: Case) -> str:
        target = tmp_path / "compare.html"
        write_page(case.comparison, lambda: give(case), target)
        return target.read_text(encoding="utf-8")

    return make
