"""ROUGE-1, -2, -L and -Lsum (Lin 2004): the numbers of rouge-score 0.1.2, to the last bit."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeVar

from evaluation.lcs import lcs_length, union_lcs
from evaluation.tokens import Alphabet, open_tokenizer

Metric = Literal["rouge1", "rouge2", "rougeL", "rougeLsum"]
METRICS: Final[tuple[Metric, ...]] = ("rouge1", "rouge2", "rougeL", "rougeLsum")
Many = Literal["best", "mean"]

_VERSION = 1
"""Part of every signature; grows when ROUGE counts differently."""
_LONGEST_PASSAGE = 128
"""Tokens; a line that is longer stays whole."""
_Bigram = tuple[str, str]
_Gram = TypeVar("_Gram", str, _Bigram)


@dataclass(frozen=True, slots=True)
class Prf:
    """Precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float
    f: float


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of a reference as rows of an LCS table, one row a token and one after each line.

    Attributes:
        rows: which rows hold a token, as bits.
        lines: the rows of each line.
        every: those and the rows between them.
    """

    rows: dict[str, int]
    lines: tuple[int, ...]
    every: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it is compared, for whoever scores several predictions against it.

    Attributes:
        size: count of tokens.
        counts: how often it has a token.
        bigrams: how often it has a pair of neighbours, also across lines.
        whole: all of it.
        passages: the same in parts, for integers that stay short.
    """

    size: int
    counts: Counter[str]
    bigrams: Counter[_Bigram]
    whole: Passage
    passages: tuple[Passage, ...]


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
        tokens = [token for line in lines for token in line]
        whole = _passage(lines)
        passages = (whole,) if len(tokens) <= _LONGEST_PASSAGE else tuple(_passages(lines))
        return Reference(len(tokens), Counter(tokens), Counter(pairwise(tokens)), whole, passages)

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
        shared = Counter([token for token in tokens if token in reference.counts])
        found: dict[str, Prf] = {}
        for metric in self._metrics:
            match metric:
                case "rouge1":
                    found[metric] = _prf(_clipped(shared, reference.counts), size, wanted)
                case "rouge2":
                    bigrams = reference.bigrams
                    both = Counter([pair for pair in pairwise(tokens) if pair in bigrams])
                    found[metric] = _prf(_clipped(both, bigrams), size - 1, wanted - 1)
                case "rougeL":
                    rows = reference.whole.rows
                    length = lcs_length(
                        reference.whole.every, [rows.get(token, 0) for token in tokens]
                    )
                    found[metric] = _prf(length, size, wanted)
                case "rougeLsum":
                    hits = _shared_by_lines(lines, shared, reference)
                    found[metric] = _prf(hits, size, wanted)
        return found


def _passage(lines: Sequence[Sequence[str]]) -> Passage:
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
    return Passage(rows, tuple(blocks), row - 1)


def _passages(lines: Sequence[Sequence[str]]) -> Iterator[Passage]:
    taken: list[Sequence[str]] = []
    size = 0
    for line in lines:
        if taken and size + len(line) > _LONGEST_PASSAGE:
            yield _passage(taken)
            taken, size = [], 0
        taken.append(line)
        size += len(line)
    yield _passage(taken)


def _clipped(counts: Mapping[_Gram, int], limits: Mapping[_Gram, int]) -> int:
    return sum([min(count, limits[gram]) for gram, count in counts.items()])


def _shared_by_lines(
    lines: Sequence[Sequence[str]], shared: Mapping[str, int], reference: Reference
) -> int:
    """Count the union of the LCS of all lines, no token more often than both texts have it."""
    unions = []
    for passage in reference.passages:
        rows = passage.rows
        columns = [[rows.get(token, 0) for token in line] for line in lines]
        unions.append((rows, union_lcs(passage.lines, columns)))
    hits = sum([union.bit_count() for _, union in unions])
    for token, count in shared.items():
        if count < reference.counts[token]:
            claimed = sum([(rows.get(token, 0) & union).bit_count() for rows, union in unions])
            hits -= max(claimed - count, 0)
    return hits


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
