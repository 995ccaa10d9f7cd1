"""Settings of the `abstractive` group, one class per option."""

from dataclasses import dataclass
from enum import Enum

from pipeline.backends.settings import ModelSettings


class LongArticles(Enum):
    """What to do with an article that the model cannot read whole."""

    chunk_and_merge = "chunk_and_merge"
    extract_then_abstract = "extract_then_abstract"


@dataclass
class AbstractiveSettings:
    """What every option of the group is."""


@dataclass
class ModelAbstractive(AbstractiveSettings, ModelSettings):
    """Summarize with a sequence-to-sequence model.

    Attributes:
        min_words: aim at no fewer words.
        max_words: aim at no more words.
        max_share: aim at no more than this share of the article's words; empty for no such limit.
        max_source_tokens: longer articles are long; empty means the model's limit.
        long_articles: chunk_and_merge summarizes parts and then their summaries;
            extract_then_abstract summarizes the sentences that the extractive ranker puts first.
        prefix: text put in front of every article, as T5 models want it.
    """

    min_words: int = 20
    max_words: int = 80
    max_share: float | None = 0.5
    max_source_tokens: int | None = None
    long_articles: LongArticles = LongArticles.extract_then_abstract
    prefix: str = ""


@dataclass
class NoAbstractive(AbstractiveSettings):
    """Write no abstractive summary."""
