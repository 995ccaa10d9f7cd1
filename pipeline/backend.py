"""The one protocol that every generating engine speaks. Backends know strings, not articles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Protocol

from pipeline.fingerprint import canonical_json
from pipeline.records import Maker
from pipeline.stage import Effort, Usage


@dataclass(frozen=True, slots=True)
class Decoding:
    """Settings that can change output; all of them are part of the memo key.

    Attributes:
        beams: beam size; 1 is greedy.
        max_tokens: upper limit of generated tokens.
        min_tokens: lower limit of generated tokens.
        length_penalty: above 1 favours longer outputs.
        no_repeat_ngram: forbid repeating n-grams of this size; 0 allows them.
        repetition_penalty: above 1 makes used tokens less likely.
        candidates: keep so many beams and let the backend's chooser pick one of them.
    """

    beams: int = 4
    max_tokens: int = 256
    min_tokens: int = 0
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    candidates: int = 1


class Chooser(Protocol):
    """Picks one of several outputs; `name` says how, and changes when the way changes."""

    name: str

    def choose(self, source: str, candidates: Sequence[str]) -> str:
        """Return the best candidate; the first one is the model's own favourite."""


Keep = Callable[[Mapping[int, str]], None]
"""Take outputs by the place of their texts in the call."""


class Backend(Protocol):
    """A loaded or loadable sequence-to-sequence model.

    Attributes:
        model: name as configured.
        engine: what runs it.
        effort: what its calls took so far.
    """

    model: str
    engine: str
    effort: Effort

    @property
    def model_bytes(self) -> int | None:
        """Return the size of the model's files; `None` if they are not here. Loads no model."""

    def fingerprint(self) -> str:
        """Return a digest of the model files, engine and numeric type. Loads no model."""

    def open(self) -> None:
        """Load the model; raise `BackendError` with a remedy if it cannot be."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many source tokens each text makes, special tokens included."""

    @property
    def max_source_tokens(self) -> int:
        """Return how many source tokens the model can read."""

    def generate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        advance: Callable[[int], None] | None = None,
        keep: Keep | None = None,
    ) -> list[str]:
        """Return one output per text, in order.

        Args:
            texts: what the model reads.
            decoding: how it generates.
            advance: hears how many texts more are finished.
            keep: is given finished outputs at once, so that they outlive what comes after.
        """

    def hit_limit(self, outputs: Sequence[str], decoding: Decoding) -> list[bool]:
        """Tell which outputs are as long as `max_tokens` allows, and so may be cut."""

    def close(self) -> None:
        """Release the model."""


class CountedBackend(Backend, Protocol):
    """A backend that counts what it made and what it remembered."""

    usage: Usage


WhyEmpty = Callable[[str], str | None]
"""Tell why a text of the last call has no output, if more is known than that it has none."""


def not_known(_: str) -> None:
    """Know no more of an empty output, as with all models that do not answer in words."""


def within_positions(backend: Backend, decoding: Decoding) -> Decoding:
    """Lower token limits to what the decoder has positions for; as many as the encoder has."""
    most = min(decoding.max_tokens, backend.max_source_tokens - 2)
    return replace(decoding, max_tokens=most, min_tokens=min(decoding.min_tokens, most))


def describe(backend: Backend, decoding: Decoding) -> Maker:
    """Return what makes an output with this backend and decoding."""
    return Maker(
        model=backend.model,
        revision=backend.fingerprint(),
        engine=backend.engine,
        decoding=canonical_json(asdict(decoding)),
        bytes=backend.model_bytes,
    )
