"""BLEU, chrF and TER through sacrebleu, with intervals over articles."""

from collections.abc import Sequence
from typing import Any

from evaluation.bootstrap import statistic_interval
from evaluation.score import Score

METRICS = ("bleu", "chrf", "ter")


def align(hypothesis: Sequence[str], reference: Sequence[str]) -> list[tuple[str, str]]:
    """Pair paragraphs where their counts agree, else the whole document with the whole document.

    A document becomes one line, since the metrics know lines only.
    """
    if len(hypothesis) == len(reference):
        pairs = list(zip(hypothesis, reference, strict=True))
    else:
        pairs = [(" ".join(hypothesis), " ".join(reference))]
    return [(" ".join(left.split()), " ".join(right.split())) for left, right in pairs]


class TranslationScorer:
    """Collects sufficient statistics per article; text is not kept.

    Articles are resampled, not sentences: sentences of one story are not independent.
    """

    def __init__(self) -> None:
        from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415
        from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415
        from sacrebleu.metrics.ter import TER  # noqa: PLC0415

        self._metrics: dict[str, Any] = {"bleu": BLEU(), "chrf": CHRF(), "ter": TER()}
        self._rows: dict[str, list[list[float]]] = {name: [] for name in METRICS}

    def add(self, pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
        """Add an article's aligned lines, and return its own scores."""
        outputs = [left for left, _ in pairs]
        references = [[right for _, right in pairs]]
        scores = {}
        for name, metric in self._metrics.items():
            lines = metric._extract_corpus_statistics(outputs, references)  # noqa: SLF001
            total = [float(sum(column)) for column in zip(*lines, strict=True)]
            self._rows[name].append(total)
            scores[name] = float(metric._compute_score_from_stats(total).score)  # noqa: SLF001
        return scores

    def scores(self, prefix: str, samples: int, seed: int) -> list[Score]:
        """Return the corpus scores of everything added."""
        import numpy as np  # noqa: PLC0415

        found = []
        for name, metric in self._metrics.items():
            rows = self._rows[name]
            if not rows:
                continue

            def score(total: list[float], metric: Any = metric) -> float:
                return float(metric._compute_score_from_stats(total).score)  # noqa: SLF001

            table = np.asarray(rows)
            low, high = statistic_interval(table, score, samples, seed) or (None, None)
            signature = f"{metric.get_signature()}|unit:article|bs:{samples}|seed:{seed}"
            value = score(table.sum(axis=0).tolist())
            found.append(Score(f"{prefix}.{name}", value, low, high, len(rows), signature))
        return found
