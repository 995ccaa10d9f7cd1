"""How large the page of a comparison is, and how long a browser takes until it can be used.

Run it from the repository root: `python -m benchmarks.compare_page [articles] [runs]`. Texts are
made of invented words; runs share their translations by threes, as in a sweep over summarizers.
"""

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from evaluation.compare.page import write_page
from evaluation.compare.view import (
    ArticleTexts,
    Comparison,
    Contestant,
    Cost,
    Difference,
    Estimate,
    Metric,
    Row,
    SentenceText,
    Slice,
)

SENTENCES = 18
WORDS = 17
RANKED = "abstractive.rouge2.f"
NAMES = [
    f"{part}.{kind}.{side}"
    for part in ("extractive", "abstractive")
    for kind in ("rouge1", "rouge2", "rougeL", "rougeLsum")
    for side in "prf"
]


def main(articles: int = 1000, runs: int = 12) -> None:
    """Write a page, open it three times, print what was measured."""
    chance = random.Random(1)
    rows = [make_row(number, runs, chance) for number in range(articles)]
    comparison = compare(rows, runs, chance)

    def texts() -> Iterator[ArticleTexts]:
        yield from (make_texts(row, runs, chance) for row in rows)

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "compare.html"
        start = time.perf_counter()
        write_page(comparison, texts, page)
        print(f"{articles} articles, {runs} runs, {len(NAMES)} measures")
        print(f"written in {time.perf_counter() - start:.1f} s, {page.stat().st_size / 1e6:.1f} MB")
        for took, opened in open_page(page):
            print(f"usable after {took:.2f} s; first article shown {opened:.2f} s after the click")


def open_page(page: Path) -> Iterator[tuple[float, float]]:
    """Yield seconds until the page can be used, and until an article is shown."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox"],
        )
        for _ in range(3):
            tab = browser.new_page()
            start = time.perf_counter()
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-ready]")
            ready = time.perf_counter()
            tab.locator("#list tbody a").first.click()
            tab.wait_for_selector("#article h3")
            yield ready - start, time.perf_counter() - ready
            tab.close()
        browser.close()


def make_sentence(chance: random.Random) -> str:
    """Return a sentence of invented words."""
    words = (
        "".join(chance.choices("aeinrstlodgmuhk", k=chance.randint(2, 10))) for _ in range(WORDS)
    )
    return " ".join(words).capitalize() + "."


def make_row(number: int, runs: int, chance: random.Random) -> Row:
    """Return an article's scores."""
    scores = {name: [chance.random() for _ in range(runs)] for name in NAMES}
    spread = {name: max(values) - min(values) for name, values in scores.items()}
    return Row(
        f"co-{number}~1", f"co-{number}", 1, make_sentence(chance)[:60], make_sentence(chance)[:60],
        chance.choice(["wirtschaft", "politik", "sport"]), "2026-11-02T06:12:00+01:00", 300,
        scores, spread,
    )  # fmt: skip


def make_texts(row: Row, runs: int, chance: random.Random) -> ArticleTexts:
    """Return an article's texts; three runs each share a translation."""
    sentences = []
    for place in range(SENTENCES):
        targets = [make_sentence(chance) for _ in range(-(-runs // 3))]
        shared = [targets[run // 3] for run in range(runs)]
        picked = [run for run in range(runs) if chance.random() < 1 / 6]
        sentences.append(SentenceText(place // 3, "text", make_sentence(chance), shared, picked))

    def write() -> str:
        return "\n".join(make_sentence(chance) for _ in range(3))

    return ArticleTexts(
        row.key, [row.title_target] * runs, sentences, [write() for _ in range(runs)],
        [write() for _ in range(runs)], "\n".join(make_sentence(chance) for _ in range(SENTENCES)),
        [write(), write()], [], [[]] * runs,
    )  # fmt: skip


def compare(rows: list[Row], runs: int, chance: random.Random) -> Comparison:
    """Return everything but the texts."""
    estimate = Estimate(0.3, 0.28, 0.32, len(rows))
    scores = dict.fromkeys(NAMES, estimate)
    return Comparison(
        metrics=[Metric(name, name, "higher", 1, "rouge") for name in NAMES],
        ranked_by=RANKED,
        runs=[
            Contestant(
                f"extractive=e{run},abstractive=a{run}", f"out/{run}", scores, scores,
                Cost(chance.random() * 900, {"translate": 1.0}, 9, 0, 90_000, 62_000_000),
                {"run": str(run)}, len(rows), 0,
            )
            for run in range(runs)
        ],
        ranking=list(range(runs)),
        differences=[
            Difference(
                name, left, right, Estimate(0.01, 0.0, 0.02, len(rows)), 0.01, 0.04, 0.2, 500, 9,
                491, 700, f"Run {left} is better than run {right} by 0.010, which may be claimed.",
            )
            for name in NAMES
            for left, right in combinations(range(runs), 2)
        ],
        slices=[Slice("desk", "sport", 9, {name: [0.3] * runs for name in NAMES})],
        rows=rows,
        attribution=[],
        changed=[("run", [str(run) for run in range(runs)])],
        caveats=[],
        common=len(rows),
    )  # fmt: skip


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
