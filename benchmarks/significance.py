"""Time paired tests of 1,000 articles: python benchmarks/significance.py [ARTICLES] [RESAMPLES].

Two made-up systems, each metric by itself: bootstrap and approximate randomization together. Beside
it sacrebleu's two tests on the same statistics, without the time that it takes to extract them, and
both ways' p. Seconds are the best of three; sacrebleu's are taken once.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sacrebleu.significance import _compute_p_value

from evaluation.bootstrap import Resampling
from evaluation.significance import paired_tests
from evaluation.translation import METRICS, TranslationMetrics

WORDS = [f"word{number}" for number in range(400)]


def main() -> None:
    """Print a row for each metric."""
    articles, samples = (int(given) for given in (*sys.argv[1:], "1000", "10000")[:2])
    if len(sys.argv) == 2:
        samples = 10_000
    draw = np.random.default_rng(1)
    resampling = Resampling(samples, 1)
    print(f"{articles} articles, {samples} resamples; seconds\n")
    print("| metric | both tests | sacrebleu's both tests | p (randomization) | sacrebleu's |")
    print("|---|---|---|---|---|")
    means = [draw.normal(0.4 + shift, 0.1, articles) for shift in (0.0, 0.004)]
    seconds, p = timed(lambda: paired_tests(means, None, resampling)[0].p)
    print(f"| a mean | {seconds:.2f} | | {p:.4f} | |")
    many = [draw.normal(0.4, 0.1, articles) for _ in range(12)]
    seconds, _ = timed(lambda: paired_tests(many, None, resampling)[0].p)
    print(f"| a mean, 12 systems, 66 pairs | {seconds:.2f} | | | |")
    metrics = TranslationMetrics()
    tables = [statistics(metrics, articles, share) for share in (0.30, 0.31)]
    for name in METRICS:
        both = [table[name] for table in tables]
        score = metrics.scorer(name)
        seconds, p = timed(
            lambda both=both, score=score: paired_tests(both, score, resampling)[0].p
        )  # type: ignore[misc]
        start = time.perf_counter()
        theirs = by_sacrebleu(both, score, samples)
        once = time.perf_counter() - start
        print(f"| {name} | {seconds:.2f} | {once:.2f} | {p:.4f} | {theirs:.4f} |")


def timed(work: Callable[[], float | None]) -> tuple[float, float]:
    """Return the best of three times, and what came out."""
    best, found = float("inf"), None
    for _ in range(3):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return best, float("nan") if found is None else found


def statistics(
    metrics: TranslationMetrics, articles: int, wrong: float
) -> dict[str, NDArray[np.float64]]:
    """Return the statistics of lines of which a share of the words is wrong."""
    draw = np.random.default_rng(7)
    rows: dict[str, list[list[float]]] = {name: [] for name in METRICS}
    for _ in range(articles):
        reference = draw.choice(WORDS, 25)
        output = np.where(draw.random(25) < wrong, draw.choice(WORDS, 25), reference)
        found = metrics.statistics([(" ".join(output), " ".join(reference))])
        for name in METRICS:
            rows[name].append(list(found[name]))
    return {name: np.array(values) for name, values in rows.items()}


def by_sacrebleu(
    tables: list[NDArray[np.float64]], score: Callable[[list[float]], float], samples: int
) -> float:
    """Do what sacrebleu's `_paired_ar_test` and `_paired_bs_test` do after the extraction."""
    left, right = (table.astype("float32") for table in tables)
    draw = np.random.default_rng(1)
    observed = abs(score(left.sum(axis=0).tolist()) - score(right.sum(axis=0).tolist()))
    swapped = []
    for _ in range(samples):
        side = draw.integers(2, size=len(left), dtype=bool)[:, None]
        one = np.where(side, left, right).sum(axis=0)
        two = np.where(side, right, left).sum(axis=0)
        swapped.append(abs(score(one.tolist()) - score(two.tolist())))
        rows = draw.choice(len(left), size=len(left))
        score(left[rows].sum(axis=0).tolist())
        score(right[rows].sum(axis=0).tolist())
    return float(_compute_p_value(np.array(swapped), observed))


if __name__ == "__main__":
    main()
