"""A backend that asks the memo first."""

from collections.abc import Callable, Sequence

from pipeline.backend import Backend, Decoding
from pipeline.memo.key import Keys
from pipeline.memo.store import MemoStore
from pipeline.stage import Usage

_CHUNK = 512
"""Outputs are stored after so many; a kill loses at most one chunk's work."""


class MemoisedBackend:
    """Wraps a backend: what was ever generated is not generated again.

    The model is opened when the first text is not in the memo, so a run that knows everything
    loads nothing.
    """

    def __init__(self, backend: Backend, store: MemoStore) -> None:
        self._backend = backend
        self._store = store
        self._fingerprint: str | None = None
        self.model = backend.model
        self.engine = backend.engine
        self.usage = Usage()

    def fingerprint(self) -> str:
        """Return the wrapped backend's fingerprint, computed once."""
        if self._fingerprint is None:
            self._fingerprint = self._backend.fingerprint()
        return self._fingerprint

    def open(self) -> None:
        """Load the model now."""
        self._backend.open()

    @property
    def max_source_tokens(self) -> int:
        """Return how many tokens the model reads."""
        return self._backend.max_source_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count source tokens."""
        return self._backend.count_tokens(texts)

    def hit_limit(self, outputs: Sequence[str], decoding: Decoding) -> list[bool]:
        """Tell which outputs may be cut."""
        return self._backend.hit_limit(outputs, decoding)

    def generate(
        self, texts: Sequence[str], decoding: Decoding, advance: Callable[[int], None] | None = None
    ) -> list[str]:
        """Look up what is known, generate the rest once per distinct text, store it in chunks."""
        keys = Keys(self.fingerprint(), decoding)
        places: dict[bytes, list[int]] = {}
        for index, text in enumerate(texts):
            places.setdefault(keys.of(text), []).append(index)
        known = self._store.get_many(list(places))
        outputs = [""] * len(texts)
        for key, output in known.items():
            for index in places[key]:
                outputs[index] = output
        missing = [key for key in places if key not in known]
        self.usage.made += len(missing)
        self.usage.reused += len(texts) - len(missing)
        if advance:
            advance(len(texts) - sum(len(places[key]) for key in missing))
        # Like lengths together, so that a chunk's batches are as full as the whole's would be.
        missing.sort(key=lambda key: len(texts[places[key][0]]), reverse=True)
        for start in range(0, len(missing), _CHUNK):
            chunk = missing[start : start + _CHUNK]
            made = self._backend.generate([texts[places[key][0]] for key in chunk], decoding)
            self._store.put_many(zip(chunk, made, strict=True))
            for key, output in zip(chunk, made, strict=True):
                for index in places[key]:
                    outputs[index] = output
            if advance:
                advance(sum(len(places[key]) for key in chunk))
        return outputs

    def close(self) -> None:
        """Unload the model."""
        self._backend.close()
