"""Make the ranker that the settings ask for."""

from pipeline.errors import ConfigError
from pipeline.extractive.embedding import EmbeddingRanker
from pipeline.extractive.graph import LexRankRanker, TextRankRanker
from pipeline.extractive.learned import LearnedRanker
from pipeline.extractive.oracle import OracleRanker
from pipeline.extractive.ranker import Ranker
from pipeline.extractive.relevance import CentroidRanker, MmrRanker
from pipeline.extractive.settings import (
    CentroidExtractive,
    EmbeddingExtractive,
    LeadExtractive,
    LearnedExtractive,
    LexRankExtractive,
    MmrExtractive,
    OracleExtractive,
    RandomExtractive,
    RankedExtractive,
    TextRankExtractive,
)
from pipeline.extractive.simple import LeadRanker, RandomRanker


def make_ranker(  # noqa: PLR0911 - one return an option
    settings: RankedExtractive, language: str, *, offline: bool
) -> Ranker:
    """Return the ranker of an option.

    Args:
        settings: of the option.
        language: ISO code of the sentences that will be ranked.
        offline: open no connection.

    Raises:
        ConfigError: if there is no such option, or it does not know the language.
    """
    match settings:
        case LeadExtractive():
            return LeadRanker()
        case RandomExtractive():
            return RandomRanker(settings.seed)
        case TextRankExtractive():
            return TextRankRanker(settings.damping, language)
        case LexRankExtractive():
            return LexRankRanker(settings.damping, settings.threshold, language)
        case CentroidExtractive():
            return CentroidRanker(language)
        case MmrExtractive():
            return MmrRanker(settings.balance, language)
        case LearnedExtractive():
            return LearnedRanker(language, settings.sentences, settings.words)
        case EmbeddingExtractive():
            where = settings.model, settings.revision, settings.device.value
            return EmbeddingRanker(*where, settings.balance, offline=offline)
        case OracleExtractive():
            return OracleRanker(language)
    raise ConfigError(f"extractive: {type(settings).__name__} is not known")
