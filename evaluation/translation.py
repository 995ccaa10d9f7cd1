"""BLEU, chrF and TER through sacrebleu, with intervals over articles.

sacrebleu's own resampling draws segments. Sentences of one story are not independent, so articles
are drawn here. Each article's sufficient statistics are extracted once; its own scores, those of
the corpus and those of every resample come from sums of them. The methods that do it in sacrebleu
are not documented, and tests hold the results to its public functions. A score that is reported is
sacrebleu's to the last bit; those of resamples come from `translation_formulas`.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from evaluation import translation_formulas
from evaluation.bootstrap import SumScore
from evaluation.translation_options import METRICS as KNOWN
from evaluation.translation_options import TranslationOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evaluation.bootstrap import ManyScores

METRICS = KNOWN

Statistics = Mapping[str, Sequence[float]]
"""By metric, the numbers that its score is computed from; those of a corpus are sums."""


def align(hypothesis: Sequence[str], reference: Sequence[str]) -> list[tuple[str, str]]:
    """Pair paragraphs where their counts agree, else the whole document with the whole document.

    A document becomes one line, since the metrics know lines only.
    """
    return [(left, right) for left, right in align_all([hypothesis, reference])]


def align_all(documents: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Align a hypothesis with several references, as `align` does with one."""
    if len({len(document) for document in documents}) == 1:
        rows = list(zip(*documents, strict=True))
    else:
        rows = [tuple(" ".join(document) for document in documents)]
    return [tuple(" ".join(text.split()) for text in row) for row in rows]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: what blank lines part."""
    return [block for block in text.split("\n\n") if block.strip()]


class TranslationMetrics:
    """Scores one article, and sums of articles.

    Args:
        options: which metrics, and how they count; sacrebleu's defaults if not given.
    """

    def __init__(self, options: TranslationOptions | None = None) -> None:
        chosen = options or TranslationOptions()
        makers = {"bleu": _bleu, "chrf": _chrf, "ter": _ter}
        self._metrics = {name: makers[name](chosen) for name in METRICS if name in chosen.metrics}
        self._chosen = chosen
        self._references: set[int] = set()

    def statistics(self, lines: Sequence[tuple[str, ...]]) -> Statistics:
        """Return each metric's sufficient statistics, summed over aligned lines.

        Args:
            lines: each a hypothesis, and one or more references.
        """
        outputs, *references = zip(*lines, strict=True)
        self._references.add(len(references))
        found = {}
        for name, metric in self._metrics.items():
            rows = metric._extract_corpus_statistics(outputs, references)  # noqa: SLF001
            found[name] = [float(sum(column)) for column in zip(*rows, strict=True)]
        return found

    def score(self, name: str, statistics: Sequence[float]) -> float:
        """Return the score of summed statistics, 0 to 100 (TER may exceed it)."""
        return self.scorer(name)(statistics)

    def scores(self, statistics: Statistics) -> dict[str, float]:
        """Return the scores of one article, or of summed statistics, by metric."""
        return {name: self.score(name, numbers) for name, numbers in statistics.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """Name the metrics."""
        return tuple(self._metrics)

    def scorer(self, name: str, *, of_line: bool = False) -> SumScore:
        """Return what turns statistics of a metric into its score.

        Args:
            name: of the metric.
            of_line: for a single line, of which BLEU then counts only the n-grams that it is long
                enough for, as sacrebleu's `--sentence-level` does.
        """
        metric = self._metrics[name]
        if of_line and name == "bleu":
            metric = copy(metric)
            metric.effective_order = True
        return _SumScorer(metric, self._formula(name, of_line=of_line))

    def _formula(self, name: str, *, of_line: bool) -> "ManyScores":
        if name == "bleu":
            smooth, value = self._chosen.bleu.smooth, self._chosen.bleu.smooth_value
            return partial(
                translation_formulas.bleu, smooth=smooth, smooth_value=value, of_line=of_line
            )
        if name == "chrf":
            beta, smooth_f = self._chosen.chrf.beta, self._chosen.chrf.eps_smoothing
            return partial(translation_formulas.chrf, beta=beta, eps_smoothing=smooth_f)
        return translation_formulas.ter

    def signature(self, name: str) -> str:
        """Return sacrebleu's signature; it tells how many references there were up to now."""
        metric, counts = self._metrics[name], self._references or {1}
        metric.num_refs = next(iter(counts)) if len(counts) == 1 else -1
        return str(metric.get_signature())


@dataclass(frozen=True, slots=True)
class _SumScorer:
    """A metric of sacrebleu's, and its formula over arrays."""

    metric: Any
    formula: "ManyScores"

    def __call__(self, statistics: Sequence[float], /) -> float:
        return float(self.metric._compute_score_from_stats(list(statistics)).score)  # noqa: SLF001

    def many(self, sums: "NDArray[np.float64]", /) -> "NDArray[np.float64]":
        return self.formula(sums)


def _bleu(options: TranslationOptions) -> Any:
    from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415

    bleu = options.bleu
    return BLEU(
        lowercase=bleu.lowercase,
        tokenize=bleu.tokenize,
        smooth_method=bleu.smooth,
        smooth_value=bleu.smooth_value,
        force=True,
    )


def _chrf(options: TranslationOptions) -> Any:
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

    return CHRF(**asdict(options.chrf))


def _ter(options: TranslationOptions) -> Any:
    from sacrebleu.metrics.ter import TER  # noqa: PLC0415

    return TER(**asdict(options.ter))
