"""Settings of the `scoring` group, one class per option."""

from dataclasses import dataclass, field
from enum import Enum

from configs.ranges import allowed


class ManyReferences(Enum):
    """How the scores against several references become one."""

    best = "best"
    mean = "mean"


class Tokenizer(Enum):
    """How ROUGE cuts words."""

    ascii = "ascii"
    unicode = "unicode"


@dataclass
class ScoringSettings:
    """What every option of the group is."""


@dataclass
class RougeScoring(ScoringSettings):
    """ROUGE for summaries; BLEU, chrF and TER for translations.

    Attributes:
        stem: stem words before they are matched.
        tokenizer: words of a-z and digits as in rouge-score, or of the letters of any script.
        many_references: take the best reference by F, or the mean.
        samples: bootstrap resamples for the 95 % intervals.
        seed: seed of the resampling.
    """

    stem: bool = True
    tokenizer: Tokenizer = Tokenizer.ascii
    many_references: ManyReferences = ManyReferences.best
    samples: int = field(default=1000, metadata=allowed(least=40))
    seed: int = field(default=1, metadata=allowed(least=0))


@dataclass
class NoScoring(ScoringSettings):
    """Score nothing."""
