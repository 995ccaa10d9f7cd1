"""Settings of the `extractive` group, one class per option."""

from dataclasses import dataclass, field

from configs.ranges import allowed
from pipeline.backends.settings import Device


@dataclass
class ExtractiveSettings:
    """What every option of the group is."""


@dataclass
class RankedExtractive(ExtractiveSettings):
    """What every ranker has: the budget.

    Attributes:
        sentences: pick at most so many sentences; empty for no limit.
        words: pick sentences up to so many words; empty for no limit.
    """

    sentences: int | None = field(default=3, metadata=allowed(least=1))
    words: int | None = field(default=None, metadata=allowed(least=1))


@dataclass
class LeadExtractive(RankedExtractive):
    """The first sentences: the floor, and hard to beat on news."""


@dataclass
class RandomExtractive(RankedExtractive):
    """Sentences drawn by chance, from `seed` and the article's id."""

    seed: int = field(default=1, metadata=allowed(least=0))


@dataclass
class TextRankExtractive(RankedExtractive):
    """TextRank (Mihalcea and Tarau 2004): PageRank over word overlap."""

    damping: float = field(default=0.85, metadata=allowed(least=0, below=1))


@dataclass
class LexRankExtractive(RankedExtractive):
    """LexRank (Erkan and Radev 2004): PageRank over tf-idf cosine.

    Attributes:
        threshold: similarities below it are no edge; 0 means continuous LexRank.
    """

    damping: float = field(default=0.85, metadata=allowed(least=0, below=1))
    threshold: float = field(default=0.1, metadata=allowed(least=0, most=1))


@dataclass
class CentroidExtractive(RankedExtractive):
    """Centroid (Radev et al. 2004): closeness to the article's mean tf-idf vector."""


@dataclass
class MmrExtractive(RankedExtractive):
    """Maximal marginal relevance (Carbonell and Goldstein 1998).

    Attributes:
        balance: 1 is relevance alone, 0 is novelty alone.
    """

    balance: float = field(default=0.7, metadata=allowed(least=0, most=1))


@dataclass
class LearnedExtractive(RankedExtractive):
    """Learned weights of words and sentence features; English and German."""


@dataclass
class EmbeddingExtractive(RankedExtractive):
    """Closeness to the article's mean sentence embedding, chosen by MMR.

    Attributes:
        model: sentence encoder on the hub, or a local folder.
    """

    model: str = "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2"
    revision: str | None = None
    device: Device = Device.cpu
    balance: float = field(default=0.7, metadata=allowed(least=0, most=1))


@dataclass
class OracleExtractive(RankedExtractive):
    """Greedy choice by ROUGE against the references: the ceiling, no summarizer."""


@dataclass
class NoExtractive(ExtractiveSettings):
    """Write no extractive summary."""
