"""What a ranker is, and which there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Candidates:
    """An article's sentences as a ranker sees them.

    Attributes:
        article_id: seeds what is random.
        texts: running-text sentences in order, without subheads.
        references: reference summaries, for the oracle.
        title: in the language of `texts`, if there is one.
        paragraphs: number of each sentence's paragraph; empty if they are not known.
    """

    article_id: str
    texts: Sequence[str]
    references: Sequence[str] = ()
    title: str | None = None
    paragraphs: Sequence[int] = ()


class Ranker(Protocol):
    """Orders sentences by how much they belong into a summary."""

    name: str
    revision: str | None
    """Digest or commit of the model files after `open`; `None` without a model."""
    model_bytes: int | None
    """Their size after `open`; `None` without a model, or if it lies in a cache."""

    def open(self) -> None:
        """Load what is needed; raise `BackendError` if it is not there."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Return indices into `texts`, best first; fewer or none if the rest is not wanted."""


def by_score(scores: Sequence[float]) -> list[int]:
    """Order indices by falling score; scores equal to nine places keep text order."""
    return sorted(range(len(scores)), key=lambda index: (-round(float(scores[index]), 9), index))
