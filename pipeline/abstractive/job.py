"""An article on its way through the abstractive stage."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.records import PROSE, Caution, Draft, Maker


@dataclass(slots=True)
class Job:
    """An article on its way through one or more rounds of summarizing.

    Attributes:
        draft: the article.
        sentences: what is to be summarized next.
        maker: of the summary.
        cautions: what this stage has to tell.
        inputs: what the model read in the last round.
        result: the summary, when it is there.
        torsos: sentences that the model may not have finished.
    """

    draft: Draft
    sentences: list[str]
    maker: Maker
    cautions: list[Caution] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    result: list[str] | None = None
    torsos: set[str] = field(default_factory=set)

    def warn(self, code: str, message: str) -> None:
        """Add a caution, once."""
        caution = Caution(code, "abstract", message)
        if caution not in self.cautions:
            self.cautions.append(caution)

    @property
    def words(self) -> int:
        """Count the words of the article."""
        return count_words([text for _, text in readable(self.draft)])


def readable(draft: Draft) -> list[tuple[int, str]]:
    """Return index and target text of each translated sentence that is running text."""
    targets = draft.translation.targets if draft.translation else ()
    return [
        (number, text)
        for number, (sentence, text) in enumerate(zip(draft.sentences, targets, strict=False))
        if sentence.kind in PROSE and text
    ]


def count_words(sentences: Sequence[str]) -> int:
    """Count words between spaces."""
    return sum(len(sentence.split()) for sentence in sentences)
