"""Settings of the `translation` group, one class per option."""

from dataclasses import dataclass, field

from configs.ranges import allowed
from pipeline.backends.chat.settings import EndpointSettings, InstructSettings
from pipeline.backends.settings import ModelSettings


@dataclass
class TranslationSettings:
    """What every option of the group is."""


@dataclass
class ModelTranslation(TranslationSettings, ModelSettings):
    """Translate with a sequence-to-sequence model.

    Attributes:
        max_tokens: upper limit of target tokens per sentence; reaching it is noted in the brief.
        max_source_tokens: longer sentences are split at safe points; empty means the model's limit.
        prefix: text in front of every sentence; empty means what the model's family wants, such as
            T5's `translate German to English: `.
        repair_copies: put back numbers and names that the model garbled while copying; for German
            to English.
    """

    max_tokens: int = field(default=256, metadata=allowed(least=1))
    max_source_tokens: int | None = field(default=None, metadata=allowed(least=16))
    prefix: str | None = None
    repair_copies: bool = False


@dataclass
class SentenceLimit:
    """How long a translated sentence may be.

    Attributes:
        max_tokens: upper limit of target tokens per sentence; reaching it is noted in the brief.
    """

    max_tokens: int = field(default=512, metadata=allowed(least=1))


@dataclass
class ChatTranslation(TranslationSettings, SentenceLimit, EndpointSettings):
    """Translate with an instruct model at an endpoint."""


@dataclass
class InstructTranslation(TranslationSettings, SentenceLimit, InstructSettings):
    """Translate with an instruct model on this machine."""


@dataclass
class NoTranslation(TranslationSettings):
    """The feed is in the target language already."""


@dataclass
class ReferenceTranslation(TranslationSettings):
    """Use the reference translations of the feed: shows what translation costs."""
