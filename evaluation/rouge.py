"""ROUGE-1, -2, -L and -Lsum (Lin 2004): the numbers of rouge-score 0.1.2, to the last bit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final, Literal, TypeVar

from evaluation.lcs import lcs_length, union_lcs
from evaluation.tokens import Alphabet, open_tokenizer

Metric = Literal["rouge1", "rouge2", "rougeL", "rougeLsum"]
METRICS: Final[tuple[Metric, ...]] = ("rouge1", "rouge2", "rougeL", "rougeLsum")
Many = Literal["best", "mean"]

_VERSION = 1
"""Part of every signature; grows when ROUGE counts differently."""
_Bigram = tuple[str, str]
_Gram = TypeVar("_Gram", str, _Bigram)


@dataclass(frozen=True, slots=True)
class Prf:
    """Precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float
    f: float


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it is compared, for whoever scores several predictions against it.

    Attributes:
        size: count of tokens.
        counts: how often it has a token.
        rows: which rows of an LCS table hold a token, as bits; a row more follows each line.
        lines: the rows of each line.
        all_rows: those and the rows between them.
        bigrams: counts.
    """

    size: int
    counts: dict[str, int]
    rows: dict[str, int]
    lines: tuple[int, ...]
    all_rows: int
    bigrams: Counter[_Bigram]


class Rouge:
    """Scores one prediction against one or more references.

    Args:
        stem: stem words, in English those of more than three letters with Porter's algorithm.
        many: against several references take the best by F, or the mean of each number.
        tokenizer: `ascii` cuts as rouge-score does, and loses all letters outside a-z; `unicode`
            keeps them.
        language: ISO 639-1 code of what is scored; `unicode` stems by it.
        metrics: which are wanted.
    """

    def __init__(
        self,
        *,
        stem: bool = True,
        many: Many = "best",
        tokenizer: Alphabet = "ascii",
        language: str = "en",
        metrics: Sequence[Metric] = METRICS,
    ) -> None:
        self._tokenizer = open_tokenizer(tokenizer, language, stem=stem)
        self._many, self._metrics = many, metrics

    def signature(self) -> str:
        """Return the recipe of the numbers."""
        stem, tokens = self._tokenizer.signature
        return (
            f"rouge|stem:{stem}|refs:{self._many}|tok:{tokens}|lsum:lines"
            f"|impl:wirebrief-rouge-{_VERSION}"
        )

    def prepare(self, reference: str) -> Reference:
        """Cut and count a reference once; one sentence a line, as in `score`."""
        lines = self._tokenizer.lines(reference)
        rows: dict[str, int] = {}
        blocks = []
        row = 1
        for line in lines:
            start = row
            for token in line:
                rows[token] = rows.get(token, 0) | row
                row <<= 1
            blocks.append(row - start)
            row <<= 1
        tokens = [token for line in lines for token in line]
        bigrams = Counter(pairwise(tokens))
        return Reference(len(tokens), Counter(tokens), rows, tuple(blocks), row - 1, bigrams)

    def score(self, prediction: str, references: Sequence[str | Reference]) -> dict[str, Prf]:
        """Return each metric's numbers.

        Args:
            prediction: one sentence a line, which matters for ROUGE-Lsum.
            references: likewise, or prepared; at least one.
        """
        lines = self._tokenizer.lines(prediction)
        found = [
            self._compare(lines, text if isinstance(text, Reference) else self.prepare(text))
            for text in references
        ]
        if len(found) == 1:
            return found[0]
        combine = _best if self._many == "best" else _mean
        return {name: combine([scores[name] for scores in found]) for name in self._metrics}

    def _compare(self, lines: Sequence[Sequence[str]], reference: Reference) -> dict[str, Prf]:
        tokens = [token for line in lines for token in line]
        size, wanted = len(tokens), reference.size
        rows = reference.rows
        shared = Counter([token for token in tokens if token in rows])
        columns = [[rows.get(token, 0) for token in line] for line in lines]
        found: dict[str, Prf] = {}
        for metric in self._metrics:
            match metric:
                case "rouge1":
                    hits = _clipped(shared, reference.counts)
                case "rouge2":
                    pairs = pairwise(tokens)
                    both = Counter([pair for pair in pairs if pair in reference.bigrams])
                    hits = _clipped(both, reference.bigrams)
                    found[metric] = _prf(hits, size - 1, wanted - 1)
                    continue
                case "rougeL":
                    hits = lcs_length(reference.all_rows, chain.from_iterable(columns))
                case "rougeLsum":
                    union = union_lcs(reference.lines, columns)
                    hits = union.bit_count() - _claimed_twice(union, shared, reference)
            found[metric] = _prf(hits, size, wanted)
        return found


def _clipped(counts: Mapping[_Gram, int], limits: Mapping[_Gram, int]) -> int:
    return sum([min(count, limits[gram]) for gram, count in counts.items()])


def _claimed_twice(union: int, shared: Mapping[str, int], reference: Reference) -> int:
    """Count the rows of the union that claim a token which another row has used up."""
    counts, rows = reference.counts, reference.rows
    return sum(
        [
            max((rows[token] & union).bit_count() - count, 0)
            for token, count in shared.items()
            if count < counts[token]
        ]
    )


def _prf(hits: int, size: int, wanted: int) -> Prf:
    """Divide in the order of rouge-score, so that no bit differs."""
    precision, recall = hits / max(size, 1), hits / max(wanted, 1)
    both = precision + recall
    return Prf(precision, recall, 2 * precision * recall / both if both > 0 else 0.0)


def _best(scores: Sequence[Prf]) -> Prf:
    return max(scores, key=lambda score: score.f)


def _mean(scores: Sequence[Prf]) -> Prf:
    count = len(scores)
    return Prf(
        sum(score.precision for score in scores) / count,
        sum(score.recall for score in scores) / count,
        sum(score.f for score in scores) / count,
    )
