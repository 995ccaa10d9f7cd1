"""BLEU, chrF and TER through sacrebleu, with intervals over articles.

sacrebleu's own resampling draws segments. Sentences of one story are not independent, so articles
are drawn here. Each article's sufficient statistics are extracted once; its own scores, those of
the corpus and those of every resample come from sums of them. The methods that do it in sacrebleu
are not documented, and tests hold the results to its public functions.
"""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.bootstrap import statistic_interval
from evaluation.score import Score

METRICS = ("bleu", "chrf", "ter")

Statistics = Mapping[str, Sequence[float]]
"""By metric, the numbers that its score is computed from; those of a corpus are sums."""


def align(hypothesis: Sequence[str], reference: Sequence[str]) -> list[tuple[str, str]]:
    """Pair paragraphs where their counts agree, else the whole document with the whole document.

    A document becomes one line, since the metrics know lines only.
    """
    if len(hypothesis) == len(reference):
        pairs = list(zip(hypothesis, reference, strict=True))
    else:
        pairs = [(" ".join(hypothesis), " ".join(reference))]
    return [(" ".join(left.split()), " ".join(right.split())) for left, right in pairs]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: what blank lines part."""
    return [block for block in text.split("\n\n") if block.strip()]


class TranslationMetrics:
    """Scores one article, and sums of articles."""

    def __init__(self) -> None:
        from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415
        from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415
        from sacrebleu.metrics.ter import TER  # noqa: PLC0415

        self._metrics: dict[str, Any] = {"bleu": BLEU(), "chrf": CHRF(), "ter": TER()}
        for metric in self._metrics.values():
            metric.num_refs = 1

    def statistics(self, pairs: Sequence[tuple[str, str]]) -> Statistics:
        """Return each metric's sufficient statistics, summed over aligned lines."""
        outputs = [left for left, _ in pairs]
        references = [[right for _, right in pairs]]
        found = {}
        for name, metric in self._metrics.items():
            lines = metric._extract_corpus_statistics(outputs, references)  # noqa: SLF001
            found[name] = [float(sum(column)) for column in zip(*lines, strict=True)]
        return found

    def score(self, name: str, statistics: Sequence[float]) -> float:
        """Return the score of summed statistics, 0 to 100 (TER may exceed it)."""
        return float(self._metrics[name]._compute_score_from_stats(list(statistics)).score)  # noqa: SLF001

    def scores(self, statistics: Statistics) -> dict[str, float]:
        """Return the scores of one article, or of summed statistics, by metric."""
        return {name: self.score(name, numbers) for name, numbers in statistics.items()}

    def signature(self, name: str) -> str:
        """Return sacrebleu's signature."""
        return str(self._metrics[name].get_signature())


class TranslationScorer:
    """Collects sufficient statistics per article; text is not kept."""

    def __init__(self) -> None:
        self._metrics = TranslationMetrics()
        self._numbers = {name: array("d") for name in METRICS}
        self._count = 0

    def add(self, pairs: Sequence[tuple[str, str]]) -> Mapping[str, float]:
        """Add an article's aligned lines, and return its own scores."""
        found = self._metrics.statistics(pairs)
        self.add_statistics(found)
        return self._metrics.scores(found)

    def add_statistics(self, statistics: Statistics) -> None:
        """Add an article whose statistics are known."""
        for name, numbers in statistics.items():
            self._numbers[name].extend(numbers)
        self._count += 1

    def scores(self, prefix: str, samples: int, seed: int) -> list[Score]:
        """Return the corpus scores of everything added."""
        import numpy as np  # noqa: PLC0415

        if not self._count:
            return []
        found = []
        for name in METRICS:
            table = np.frombuffer(self._numbers[name]).reshape(self._count, -1)

            def score(total: list[float], name: str = name) -> float:
                return self._metrics.score(name, total)

            low, high = statistic_interval(table, score, samples, seed) or (None, None)
            signature = f"{self._metrics.signature(name)}|unit:article|bs:{samples}|seed:{seed}"
            value = score(table.sum(axis=0).tolist())
            found.append(Score(f"{prefix}.{name}", value, low, high, self._count, signature))
        return found
