"""A number with its recipe."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """A corpus score.

    Attributes:
        name: dotted, such as `abstractive.rouge1.f`.
        value: mean over articles for ROUGE, facts and measures (0 to 1, words as words); the
            corpus statistic for BLEU, chrF and TER (0 to 100).
        low: lower end of the 95 % bootstrap interval over articles; `None` below two articles.
        high: upper end.
        count: articles that the number rests on.
        signature: everything needed to compute it again.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    count: int
    signature: str
