"""Settings of the `abstractive` group, one class per option."""

from dataclasses import dataclass, field
from enum import Enum

from configs.ranges import allowed
from pipeline.backends.chat.settings import EndpointSettings, InstructSettings
from pipeline.backends.settings import ModelSettings


class LongArticles(Enum):
    """What to do with an article that the model cannot read whole."""

    chunk_and_merge = "chunk_and_merge"
    extract_then_abstract = "extract_then_abstract"


@dataclass
class AbstractiveSettings:
    """What every option of the group is."""


@dataclass
class SummaryShape:
    """How long a summary is, and what is done with articles that are too long.

    Attributes:
        min_words: aim at no fewer words.
        max_words: aim at no more words.
        max_share: aim at no more than this share of the article's words; empty for no such limit.
        max_source_tokens: longer articles are long; empty means the model's limit.
        long_articles: chunk_and_merge summarizes parts and then their summaries;
            extract_then_abstract summarizes the sentences that the extractive ranker puts first.
    """

    min_words: int = field(default=20, metadata=allowed(least=0, most="max_words"))
    max_words: int = field(default=80, metadata=allowed(least=1))
    max_share: float | None = field(default=0.5, metadata=allowed(above=0, most=1))
    max_source_tokens: int | None = field(default=None, metadata=allowed(least=16))
    long_articles: LongArticles = LongArticles.extract_then_abstract


@dataclass
class ModelAbstractive(AbstractiveSettings, SummaryShape, ModelSettings):
    """Summarize with a sequence-to-sequence model.

    Attributes:
        prefix: text put in front of every article, as T5 models want it.
        guard_facts: where a summary states a number, date or name that its article does not have,
            take another beam, or the article's own sentence; for English summaries.
    """

    prefix: str = ""
    guard_facts: bool = False


@dataclass
class ChatAbstractive(AbstractiveSettings, SummaryShape, EndpointSettings):
    """Summarize with an instruct model at an endpoint."""


@dataclass
class InstructAbstractive(AbstractiveSettings, SummaryShape, InstructSettings):
    """Summarize with an instruct model on this machine."""


@dataclass
class NoAbstractive(AbstractiveSettings):
    """Write no abstractive summary."""
