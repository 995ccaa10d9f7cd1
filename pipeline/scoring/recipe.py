"""ROUGE as the settings want it."""

from evaluation.rouge import Rouge
from pipeline.scoring.settings import RougeScoring


def make_rouge(settings: RougeScoring, language: str) -> Rouge:
    """Return the scorer for summaries in a language (ISO 639-1)."""
    return Rouge(
        stem=settings.stem,
        many=settings.many_references.value,
        tokenizer=settings.tokenizer.value,
        language=language,
    )
