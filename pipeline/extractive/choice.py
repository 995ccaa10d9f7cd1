"""Make the ranker that the settings ask for."""

from pipeline.errors import ConfigError
from pipeline.extractive.embedding import EmbeddingRanker
from pipeline.extractive.graph import LexRankRanker, TextRankRanker
from pipeline.extractive.oracle import OracleRanker
from pipeline.extractive.ranker import Ranker
from pipeline.extractive.relevance import CentroidRanker, MmrRanker
from pipeline.extractive.settings import (
    CentroidExtractive,
    EmbeddingExtractive,
    LeadExtractive,
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
        ConfigError: if a setting is out of its range.
    """
    match settings:
        case LeadExtractive():
            return LeadRanker()
        case RandomExtractive():
            return RandomRanker(settings.seed)
        case TextRankExtractive():
            return TextRankRanker(_damping(settings.damping), language)
        case LexRankExtractive():
            return LexRankRanker(
                _damping(settings.damping), _share("threshold", settings.threshold), language
            )
        case CentroidExtractive():
            return CentroidRanker(language)
        case MmrExtractive():
            return MmrRanker(_share("balance", settings.balance), language)
        case EmbeddingExtractive():
            where = settings.model, settings.revision, settings.device
            return EmbeddingRanker(*where, _share("balance", settings.balance), offline=offline)
        case OracleExtractive():
            return OracleRanker(language)
    raise ConfigError(f"extractive: {type(settings).__name__} is not known")


def _share(name: str, value: float) -> float:
    if not 0 <= value <= 1:
        raise ConfigError(f"extractive.{name}={value}: must be from 0 to 1")
    return value


def _damping(value: float) -> float:
    if not 0 <= value < 1:
        raise ConfigError(f"extractive.damping={value}: must be 0 or more, and less than 1")
    return value
