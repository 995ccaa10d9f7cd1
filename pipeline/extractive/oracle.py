"""The oracle: sentences chosen greedily by ROUGE against the references (Nallapati et al. 2017)."""

from collections import Counter
from itertools import pairwise

from pipeline.extractive.ranker import Candidates
from pipeline.extractive.vectors import Words

_Grams = Counter[tuple[str, ...]]


class OracleRanker:
    """Adds the sentence that raises ROUGE-1 plus ROUGE-2 F most, while one does.

    A ceiling for extraction of up to the budget, not a summarizer: it reads the references. The
    n-grams are of Snowball stems without stop words, counted incrementally.
    """

    name = "oracle"

    def __init__(self, language: str) -> None:
        self._words = Words(language)

    def open(self) -> None:
        """Need nothing."""

    def rank(self, candidates: Candidates) -> list[int]:
        """Return the chosen sentences, best first; none without a reference."""
        references = [self._grams(reference) for reference in candidates.references]
        sentences = [self._grams(text) for text in candidates.texts]
        chosen: list[int] = []
        total: tuple[_Grams, _Grams] = (Counter(), Counter())
        best = 0.0
        while references:
            gains = [
                (self._score(_add(total, grams), references), -index)
                for index, grams in enumerate(sentences)
                if index not in chosen
            ]
            score, negative = max(gains, default=(0.0, 0))
            if score <= best + 1e-12:
                break
            best = score
            chosen.append(-negative)
            total = _add(total, sentences[-negative])
        return chosen

    def _grams(self, text: str) -> tuple[_Grams, _Grams]:
        words = self._words.of(text)
        return Counter((word,) for word in words), Counter(pairwise(words))

    @staticmethod
    def _score(grams: tuple[_Grams, _Grams], references: list[tuple[_Grams, _Grams]]) -> float:
        return max(
            sum(_f(ours, theirs) for ours, theirs in zip(grams, reference, strict=True))
            for reference in references
        )


def _add(left: tuple[_Grams, _Grams], right: tuple[_Grams, _Grams]) -> tuple[_Grams, _Grams]:
    return left[0] + right[0], left[1] + right[1]


def _f(ours: _Grams, theirs: _Grams) -> float:
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0
