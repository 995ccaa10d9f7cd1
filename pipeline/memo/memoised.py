"""A backend that asks the memo first."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.backend import Backend, Decoding
from pipeline.memo.key import Keys
from pipeline.memo.store import MemoStore
from pipeline.stage import Usage

_CHUNK_CHARACTERS = 1 << 17
"""Outputs are stored after inputs of this size, some 1,000 sentences or 40 articles: enough for
full batches, and a kill loses no more."""


class MemoisedBackend:
    """Wraps a backend: what was ever generated is not generated again.

    The backend is asked to generate only what is not in the memo, and loads its model then, so a
    run that knows everything loads nothing.

    Args:
        backend: generates what is not remembered.
        store: remembers.
        chunk_characters: outputs are stored after inputs of this size.
        lasting: tells which outputs are worth remembering.

    Attributes:
        usage: distinct outputs made, and outputs reused: from the memo, or from an equal text of
            the same call.
    """

    def __init__(
        self,
        backend: Backend,
        store: MemoStore,
        chunk_characters: int = _CHUNK_CHARACTERS,
        lasting: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._backend = backend
        self._store = store
        self._chunk_characters = chunk_characters
        self._lasting = lasting
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
        """Look up what is known, generate the rest once per distinct text, store it in chunks.

        Raises:
            MemoError: if the memo cannot be read or written.
        """
        keys = Keys(self.fingerprint(), decoding)
        keyed = [keys.of(text) for text in texts]
        distinct = dict(zip(keyed, texts, strict=True))
        outputs = self._store.get_many(list(distinct))
        missing = {key: text for key, text in distinct.items() if key not in outputs}
        reused = len(texts) - len(missing)
        if advance and reused:
            advance(reused)
        for chunk in _chunks(missing, self._chunk_characters):
            made = self._backend.generate([missing[key] for key in chunk], decoding, advance)
            fresh = list(zip(chunk, made, strict=True))
            self._store.put_many([item for item in fresh if self._lasting(item[1])])
            outputs.update(fresh)
            self.usage.made += len(chunk)
        self.usage.reused += reused
        return [outputs[key] for key in keyed]

    def close(self) -> None:
        """Unload the model."""
        self._backend.close()


def _chunks(texts: dict[bytes, str], most: int) -> Iterator[list[bytes]]:
    """Yield keys in chunks, long texts first: like lengths share a chunk and fill its batches."""
    chunk: list[bytes] = []
    size = 0
    for key in sorted(texts, key=lambda key: len(texts[key]), reverse=True):
        if chunk and size + len(texts[key]) > most:
            yield chunk
            chunk, size = [], 0
        chunk.append(key)
        size += len(texts[key])
    if chunk:
        yield chunk
