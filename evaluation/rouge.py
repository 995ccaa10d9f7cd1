"""ROUGE-1, -2, -L and -Lsum (Lin 2004), through rouge-score."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from typing import Any, Literal

METRICS = ("rouge1", "rouge2", "rougeL", "rougeLsum")
Many = Literal["best", "mean"]


@dataclass(frozen=True, slots=True)
class Prf:
    """Precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float
    f: float


class Rouge:
    """Scores one prediction against one or more references.

    Args:
        stem: stem words of more than three letters with Porter's algorithm.
        many: against several references take the best by F, or the mean of each number.
    """

    def __init__(self, *, stem: bool = True, many: Many = "best") -> None:
        self._stem, self._many = stem, many

    @cached_property
    def _scorer(self) -> Any:
        """Import the scorer when there is something to score: it takes all of NLTK with it."""
        from rouge_score import rouge_scorer  # noqa: PLC0415

        return rouge_scorer.RougeScorer(list(METRICS), tokenizer=_Tokenizer(self._stem))

    def signature(self) -> str:
        """Return the recipe of the numbers."""
        stem = "porter" if self._stem else "no"
        implementation = f"rouge-score-{version('rouge-score')}"
        return f"rouge|stem:{stem}|refs:{self._many}|tok:a-z0-9|lsum:lines|impl:{implementation}"

    def score(self, prediction: str, references: Sequence[str]) -> dict[str, Prf]:
        """Return each metric's numbers.

        Args:
            prediction: one sentence a line, which matters for ROUGE-Lsum.
            references: likewise; at least one.
        """
        found = [self._scorer.score(reference, prediction) for reference in references]
        return {name: self._combine([scores[name] for scores in found]) for name in METRICS}

    def _combine(self, scores: list[Any]) -> Prf:
        if self._many == "best":
            best = max(scores, key=lambda score: score.fmeasure)
            return Prf(best.precision, best.recall, best.fmeasure)
        count = len(scores)
        return Prf(
            sum(score.precision for score in scores) / count,
            sum(score.recall for score in scores) / count,
            sum(score.fmeasure for score in scores) / count,
        )


class _Tokenizer:
    """rouge-score's own tokenizer, with the stems remembered: stemming is its slowest part."""

    def __init__(self, stem: bool) -> None:
        from rouge_score import tokenize, tokenizers  # noqa: PLC0415

        self._plain = tokenizers.DefaultTokenizer(use_stemmer=False)
        stemmer = tokenizers.DefaultTokenizer(use_stemmer=True)._stemmer if stem else None  # noqa: SLF001
        self._stem = lru_cache(maxsize=1 << 16)(
            lambda word: "".join(tokenize.tokenize(word, stemmer)) if stem else word
        )

    def tokenize(self, text: str) -> list[str]:
        return [self._stem(word) for word in self._plain.tokenize(text)]
