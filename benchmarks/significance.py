"""Time paired tests of 1,000 articles: python -m benchmarks.significance [ARTICLES] [RESAMPLES].

Two made-up systems, each metric by itself: bootstrap and approximate randomization together. Beside
it sacrebleu's two tests on the same statistics, without the time that it takes to extract them, and
both ways' p; its tests are done as it does them, since it has no way in after the extraction.
Seconds are the best of three; sacrebleu's are taken once. Then: how often the tests of two equal
systems find a difference all the same, which should be one time in twenty.
"""

import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sacrebleu.significance import _compute_p_value

from evaluation.bootstrap import Resampling, SumScore
from evaluation.significance import paired_tests
from evaluation.translation import METRICS, TranslationMetrics

WORDS = [f"word{number}" for number in range(400)]


def main() -> None:
    """Print a row for each metric."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    samples = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    draw = np.random.default_rng(1)
    resampling = Resampling(samples, 1)
    print(f"{articles} articles, {samples} resamples; seconds\n")
    print("| metric | both tests | sacrebleu's both tests | p (randomization) | sacrebleu's |")
    print("|---|---|---|---|---|")
    means = [draw.normal(0.4 + shift, 0.1, articles) for shift in (0.0, 0.004)]
    seconds, p = timed(partial(first_p, means, None, resampling))
    print(f"| a mean | {seconds:.2f} | | {p:.4f} | |")
    many = [draw.normal(0.4, 0.1, articles) for _ in range(12)]
    seconds, _ = timed(partial(first_p, many, None, resampling))
    print(f"| a mean, 12 systems, 66 pairs | {seconds:.2f} | | | |")
    metrics = TranslationMetrics()
    tables = [
        statistics(metrics, articles, share, seed) for share, seed in ((0.300, 1), (0.306, 2))
    ]
    for name in METRICS:
        both = [table[name] for table in tables]
        score = metrics.scorer(name)
        seconds, p = timed(partial(first_p, both, score, resampling))
        start = time.perf_counter()
        theirs = by_sacrebleu(both, score, samples)
        once = time.perf_counter() - start
        print(f"| {name} | {seconds:.2f} | {once:.2f} | {p:.4f} | {theirs:.4f} |")
    calibrate()


def calibrate(runs: int = 4000, samples: int = 1024) -> None:
    """Print how often tests of two equal systems find a difference, by the number of articles."""
    print("\n| articles | randomization, p < 0.05 | bootstrap, p < 0.05 | intervals that cover |")
    print("|---|---|---|---|")
    draw = np.random.default_rng(70)
    for count in (10, 20, 40, 200):
        tests = [
            paired_tests(
                [draw.normal(0, 1, count), np.zeros(count)], None, Resampling(samples, seed)
            )[0]
            for seed in range(runs)
        ]
        swaps = sum((test.p or 0) < 0.05 for test in tests) / runs
        resamples = sum((test.p_bootstrap or 0) < 0.05 for test in tests) / runs
        covers = sum((test.low or 0) <= 0 <= (test.high or 0) for test in tests) / runs
        print(f"| {count} | {swaps:.3f} | {resamples:.3f} | {covers:.3f} |")


def first_p(
    tables: list[NDArray[np.float64]], score: SumScore | None, resampling: Resampling
) -> float | None:
    """Test all pairs, and return the first one's p."""
    return paired_tests(tables, score, resampling)[0].p


def timed(work: Callable[[], float | None]) -> tuple[float, float]:
    """Return the best of three times, and what came out."""
    best, found = float("inf"), None
    for _ in range(3):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return best, float("nan") if found is None else found


def statistics(
    metrics: TranslationMetrics, articles: int, wrong: float, seed: int
) -> dict[str, NDArray[np.float64]]:
    """Return the statistics of lines of which a share of the words is wrong."""
    draw, errors = np.random.default_rng(7), np.random.default_rng(seed)
    rows: dict[str, list[list[float]]] = {name: [] for name in METRICS}
    for _ in range(articles):
        reference = draw.choice(WORDS, 25)
        output = np.where(errors.random(25) < wrong, errors.choice(WORDS, 25), reference)
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
