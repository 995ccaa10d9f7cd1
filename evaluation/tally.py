"""Count what a reader of scores should know about the texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evaluation.pairs import Item

_TOKENIZED = 100
"""Lines that end in ` .` make sacrebleu suspicious."""


@dataclass(slots=True)
class Tally:
    """What was counted.

    Attributes:
        names: of the systems.
        unit: what an article is called: `line` or `article`.
        articles: all of them.
        scored: those that have a reference.
        empty: by system, texts of theirs that are empty.
        tokenized: by system, texts that end in a full stop with a space before it.
        blank_references: articles all of whose references are empty.
        without_source: articles that have none.
        unused: references and sources that no prediction belongs to.
    """

    names: Sequence[str]
    unit: str
    articles: int = 0
    scored: int = 0
    blank_references: int = 0
    without_source: int = 0
    unused: int = 0
    empty: list[int] = field(default_factory=list)
    tokenized: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.empty = [0] * len(self.names)
        self.tokenized = [0] * len(self.names)

    def count(self, item: Item) -> None:
        """Count one more article."""
        self.articles += 1
        self.scored += bool(item.references)
        self.without_source += not item.source
        self.blank_references += bool(item.references) and not any(item.references)
        for index, text in enumerate(item.predictions):
            self.empty[index] += not text.strip()
            self.tokenized[index] += text.endswith(" .")

    def record(self) -> dict[str, str | int | dict[str, int]]:
        """Return the counts as JSON values."""
        return {
            "unit": self.unit,
            "articles": self.articles,
            "scored": self.scored,
            "blank_references": self.blank_references,
            "unused": self.unused,
            "empty_predictions": dict(zip(self.names, self.empty, strict=True)),
        }

    def remarks(self, *, wants_source: bool) -> Iterator[str]:
        """Yield what is worth telling, a sentence each."""
        yield f"{self.scored} of {self.articles} {self.unit}s have a reference, and are scored"
        if self.unused:
            yield f"{self.unused} records have no prediction, and are left out"
        if self.blank_references:
            yield f"{self.blank_references} {self.unit}s have an empty reference, and count"
        for name, empty, tokenized in zip(self.names, self.empty, self.tokenized, strict=True):
            if empty:
                yield f"{name}: {empty} empty predictions, which count as they are"
            if tokenized >= _TOKENIZED:
                yield (
                    f"{name}: {tokenized} texts end in a full stop with a space before it; if they "
                    "are tokenized, BLEU is not comparable"
                )
        if wants_source and self.without_source:
            yield f"{self.without_source} {self.unit}s have no source"
