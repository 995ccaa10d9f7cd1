"""Faithful before fluent: no sentence of a summary keeps a fact that the article does not have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.facts import FactReport
from evaluation.measures import tokens
from pipeline.abstractive.compression import compress
from pipeline.abstractive.job import count_words

Check = Callable[[str], FactReport]

_REWRITTEN = 0.4
_SAID = 0.6
_SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class Faithful:
    """A summary after the guard.

    Attributes:
        sentences: what stands now.
        changes: for each sentence that was replaced, dropped or added, what and why.
        own: how many sentences are still the model's.
    """

    sentences: tuple[str, ...]
    changes: tuple[str, ...]
    own: int


@dataclass(frozen=True, slots=True)
class Guard:
    """Replaces what is unfounded by sentences of the article.

    Attributes:
        check: looks up the facts of a sentence.
        article: gives the English sentences of the article, the best first.
        least: words a summary should have, if the article can give them.
        most: words it may have.
    """

    check: Check
    article: Callable[[], Sequence[str]]
    least: int
    most: int

    def apply(self, sentences: Sequence[str]) -> Faithful:
        """Return sentences whose facts are all founded, as far as the article has such.

        A sentence with an unfounded fact gives way to the article's sentence that it rewrites, or
        is dropped; if too little is left, the article's best sentences are added.
        """
        slots: list[str | None] = [None if self.wrong(text) else text for text in sentences]
        own = sum(text is not None for text in slots)
        if own == len(slots):
            return Faithful(tuple(sentences), (), own)
        changes = []
        for place, text in enumerate(sentences):
            if slots[place] is None:
                slots[place] = better = self._first(self._rewritten(text), _present(slots))
                done = f"replaced by {better!r}" if better else "dropped"
                reason = ", ".join(map(repr, self.wrong(text)))
                changes.append(f"{reason} not in the article: {text!r} {done}")
        kept = _present(slots)
        while count_words(kept) < self.least and (more := self._first(self.article(), kept)):
            kept.append(more)
            changes.append(f"too little was left, added: {more!r}")
        return Faithful(tuple(kept or self._least_wrong(sentences)), tuple(changes), own)

    def wrong(self, text: str) -> list[str]:
        """Return what a text says and the article does not, as written."""
        return [mismatch.text for mismatch in self.check(text).mismatches]

    def _least_wrong(self, sentences: Sequence[str]) -> Sequence[str]:
        """Return what to say where no sentence is founded: the article's best, or the draft."""
        fitting = [
            text for text in map(compress, self.article()) if count_words([text]) <= self.most
        ]
        if not fitting:
            return sentences
        return [min(fitting, key=lambda text: len(self.wrong(text)))]

    def _rewritten(self, sentence: str) -> list[str]:
        """Return the article's sentences that a sentence may come from, the likeliest first."""
        likeness = {text: _shared(sentence, text) for text in self.article()}
        likely = [text for text, share in likeness.items() if share >= _REWRITTEN]
        return sorted(likely, key=lambda text: -likeness[text])

    def _first(self, candidates: Sequence[str], kept: Sequence[str]) -> str | None:
        """Return the first candidate, compressed, that is founded, fits and was not said yet."""
        room = self.most - count_words(kept)
        for sentence in candidates:
            for text in dict.fromkeys((compress(sentence), sentence)):
                said = any(_is_said(text, other) for other in kept)
                if text and count_words([text]) <= room and not said and not self.wrong(text):
                    return text
        return None


def _is_said(text: str, other: str) -> bool:
    """Tell whether most of the shorter one is in the other one."""
    return max(_shared(text, other), _shared(other, text)) >= _SAID


def _shared(text: str, other: str) -> float:
    """Return the share of a text's longer words and numbers that another text has."""
    words = {word for word in tokens(text) if len(word) > _SHORT_WORD or word[0].isdigit()}
    return len(words & set(tokens(other))) / len(words) if words else 0.0


def _present(slots: Sequence[str | None]) -> list[str]:
    return [text for text in slots if text is not None]
