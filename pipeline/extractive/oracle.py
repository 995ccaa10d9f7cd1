"""The oracle: sentences chosen greedily by ROUGE against the references (Nallapati et al. 2017)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.tokens import Alphabet, open_tokenizer
from pipeline.extractive.ranker import Candidates

_Grams = Counter[tuple[str, ...]]
_LEAST_GAIN = 1e-12


class OracleRanker:
    """Adds the sentence that raises ROUGE-1 plus ROUGE-2 F most, while one does.

    A ceiling for extraction of up to the budget, not a summarizer: it reads the references; of
    several, the nearest counts. The tokens are ROUGE's own, by its default in English.
    """

    name = "oracle"
    revision: str | None = None
    model_bytes: int | None = None

    def __init__(self, language: str) -> None:
        alphabet: Alphabet = "ascii" if language == "en" else "unicode"
        self._tokenizer = open_tokenizer(alphabet, language, stem=True)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Return the chosen sentences, best first; none without a reference."""
        matches = [
            [_Match(left=grams, wanted=grams.total()) for grams in self._grams(reference)]
            for reference in candidates.references
        ]
        left = {number: self._grams(text) for number, text in enumerate(candidates.texts)}
        chosen: list[int] = []
        reached = 0.0
        while left and matches:
            score, best = max((_score(matches, grams), -number) for number, grams in left.items())
            if score <= reached + _LEAST_GAIN:
                break
            reached = score
            chosen.append(-best)
            grams = left.pop(-best)
            for match in matches:
                for ours, theirs in zip(grams, match, strict=True):
                    theirs.take(ours)
        return chosen

    def _grams(self, text: str) -> tuple[_Grams, _Grams]:
        words = [token for line in self._tokenizer.lines(text) for token in line]
        return Counter((word,) for word in words), Counter(pairwise(words))


@dataclass(slots=True)
class _Match:
    """What the chosen sentences share with one reference, for n-grams of one size.

    Attributes:
        left: the reference's n-grams that no chosen sentence has yet.
        wanted: count of the reference's n-grams.
        size: count of the chosen sentences' n-grams.
        shared: count of those that match.
    """

    left: _Grams
    wanted: int
    size: int = 0
    shared: int = 0

    def f_with(self, more: _Grams) -> float:
        """Return the F measure with one more sentence."""
        shared = self.shared + sum(min(count, self.left[gram]) for gram, count in more.items())
        return 2 * shared / (self.size + more.total() + self.wanted) if shared else 0.0

    def take(self, more: _Grams) -> None:
        """Choose a sentence."""
        self.shared += sum(min(count, self.left[gram]) for gram, count in more.items())
        self.size += more.total()
        self.left = self.left - more


def _score(matches: Sequence[Sequence[_Match]], sentence: Sequence[_Grams]) -> float:
    return max(
        sum(match.f_with(grams) for match, grams in zip(sizes, sentence, strict=True))
        for sizes in matches
    )
