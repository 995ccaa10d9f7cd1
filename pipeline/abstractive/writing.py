"""Have a model write: inputs that fit it, limits for each of them, defective outputs again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.abstractive.length import LengthLimits
from pipeline.abstractive.long_articles import chunk
from pipeline.abstractive.settings import LongArticles
from pipeline.backend import CountedBackend, Decoding, within_positions
from pipeline.backends.vetting import Output, Vetting
from pipeline.errors import ConfigError

SplitLong = Callable[[str, Callable[[str], bool]], list[str]]

_TOKEN_STEP = 16
_LEAST_ROOM = 16


@dataclass(frozen=True, slots=True)
class AbstractPlan:
    """What the abstract stage needs to know of its settings.

    Attributes:
        limits: words of a summary.
        long_articles: what to do with them.
        max_source_tokens: what counts as long; `None` means the model's limit.
        prefix: stands in front of every input.
        german_feed: facts are looked up in the German text.
        guards_facts: sentences with facts that the article does not have are replaced.
    """

    limits: LengthLimits
    long_articles: LongArticles
    max_source_tokens: int | None
    prefix: str
    german_feed: bool
    guards_facts: bool


class Writer:
    """Knows what the model can read and write.

    Attributes:
        reads: tokens of an article that the model can read, besides the prefix.
        room: how many of them it is to read.

    Raises:
        ConfigError: if the prefix leaves no room.
    """

    def __init__(
        self,
        backend: CountedBackend,
        vetting: Vetting,
        decoding: Decoding,
        plan: AbstractPlan,
        split_long: SplitLong,
    ) -> None:
        self._backend, self._vetting, self._split_long = backend, vetting, split_long
        self._decoding, self._plan = decoding, plan
        prefix = backend.count_tokens([plan.prefix])[0]
        self.reads = backend.max_source_tokens - prefix
        if self.reads < _LEAST_ROOM:
            raise ConfigError(
                f"abstractive.prefix has {prefix} tokens, and {backend.model} reads "
                f"{backend.max_source_tokens}: shorten it, so that articles find room"
            )
        self.room = min(self.reads, plan.max_source_tokens or self.reads)

    def sizes(self, texts: Sequence[str]) -> list[int]:
        """Count tokens."""
        return self._backend.count_tokens(texts)

    def pieces(self, sentence: str) -> list[str]:
        """Return a sentence in pieces that the model can read."""
        return self._split_long(sentence, lambda text: self.sizes([text])[0] <= self.room)

    def inputs(self, sentences: Sequence[str]) -> list[str]:
        """Return inputs for the model that together hold all sentences."""
        whole = [piece for text in sentences for piece in self.pieces(text)]
        chunks = chunk(whole, self.room, self.sizes)
        return [self._plan.prefix + " ".join(part) for part in chunks if part]

    def write(self, inputs: Sequence[str], *, other_beams: bool = False) -> Iterator[Output]:
        """Yield each input's output; equal limits share a call.

        Args:
            inputs: what the model reads.
            other_beams: choose among all beams, or twice as many if all were chosen among.
        """
        groups: dict[Decoding, list[int]] = {}
        for index, decoding in enumerate(self._decodings(inputs)):
            groups.setdefault(_more(decoding) if other_beams else decoding, []).append(index)
        found: dict[int, Output] = {}
        for decoding, indices in groups.items():
            outputs = self._vetting.generate([inputs[i] for i in indices], decoding)
            found.update(zip(indices, outputs, strict=True))
        return (found[index] for index in range(len(inputs)))

    def _decodings(self, inputs: Sequence[str]) -> Iterator[Decoding]:
        for text, tokens in zip(inputs, self.sizes(inputs), strict=True):
            words = max(1, len(text.split()))
            least, most = self._plan.limits.for_article(words)
            ratio = tokens / words
            decoding = replace(
                self._decoding,
                min_tokens=int(least * ratio) // _TOKEN_STEP * _TOKEN_STEP,
                max_tokens=-(-int(most * ratio + 1) // _TOKEN_STEP) * _TOKEN_STEP,
            )
            yield within_positions(self._backend, decoding)


def _more(decoding: Decoding) -> Decoding:
    beams = decoding.beams if decoding.candidates < decoding.beams else 2 * decoding.beams
    return replace(decoding, beams=beams, candidates=beams)
