"""A backend that asks the memo first."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.backend import Backend, Decoding, Keep
from pipeline.events import event
from pipeline.memo.key import Keys
from pipeline.memo.store import MemoStore
from pipeline.stage import Usage

LOG = logging.getLogger(__name__)

_CHUNK_CHARACTERS = 1 << 20
"""Inputs of this size are claimed and generated together, some 8,000 sentences: between two chunks
the model runs dry."""
_SHARED_CHARACTERS = 1 << 14
"""The same while other processes have the memo open: they find work beside."""
_KEPT_SECONDS = 1.0
"""Finished outputs wait no longer for the transaction that stores them."""
_FIRST_PAUSE, _LAST_PAUSE, _GROWTH = 0.02, 0.5, 1.5
_TOLD_SECONDS = 30.0


class MemoisedBackend:
    """Wraps a backend: what was ever generated is not generated again.

    The backend is asked to generate only what is not in the memo, and loads its model then, so a
    run that knows everything loads nothing.

    Args:
        backend: generates what is not remembered.
        store: remembers.
        chunk_characters: inputs of this size are generated together.
        lasting: tells which outputs are worth remembering.

    Attributes:
        usage: distinct outputs made, and outputs reused: from the memo, or from an equal text of
            the same call; what another process made meanwhile is from the memo.
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
        self._shared_characters = min(chunk_characters, _SHARED_CHARACTERS)
        self._lasting = lasting
        self._fingerprint: str | None = None
        self.model = backend.model
        self.engine = backend.engine
        self.effort = backend.effort
        self.usage = Usage(effort=backend.effort)

    @property
    def model_bytes(self) -> int | None:
        """Return the wrapped backend's."""
        return self._backend.model_bytes

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
        self,
        texts: Sequence[str],
        decoding: Decoding,
        advance: Callable[[int], None] | None = None,
        keep: Keep | None = None,
    ) -> list[str]:
        """Look up what is known, generate the rest once per distinct text, store it as it comes.

        What another process is making at the moment is waited for, after everything else is made.

        Raises:
            MemoError: if the memo cannot be read or written.
        """
        del keep  # everything is kept in the store
        told = advance or _nobody
        keys = Keys(self.fingerprint(), decoding)
        keyed = [keys.of(text) for text in texts]
        distinct = dict(zip(keyed, texts, strict=True))
        outputs = self._store.get_many(list(distinct))
        missing = {key: text for key, text in distinct.items() if key not in outputs}
        made = self.usage.made
        if len(texts) > len(missing):
            told(len(texts) - len(missing))
        patience = _Patience(self._store.patience_seconds)
        while missing:
            outputs |= self._pass(missing, decoding, told, waits=not patience.ended)
            left = {key: text for key, text in missing.items() if key not in outputs}
            if left:
                patience.wait(progress=len(left) < len(missing))
            missing = left
        self.usage.reused += len(texts) - (self.usage.made - made)
        return [outputs[key] for key in keyed]

    def _pass(
        self,
        missing: dict[bytes, str],
        decoding: Decoding,
        advance: Callable[[int], None],
        *,
        waits: bool,
    ) -> dict[bytes, str]:
        """Return what others have made by now, and make what nobody else is making.

        Args:
            missing: texts by key.
            decoding: settings.
            advance: hears of finished texts.
            waits: leave to others what they are making.
        """
        outputs: dict[bytes, str] = {}
        for chunk in _chunks(missing, self._chunk_size):
            with self._store.claimed(chunk) as mine:
                wanted = mine if waits else chunk
                found = self._store.get_many(wanted)
                todo = [key for key in wanted if key not in found]
                if found:
                    advance(len(found))
                outputs |= found
                if todo:
                    outputs |= self._make({key: missing[key] for key in todo}, decoding, advance)
        return outputs

    def _make(
        self, texts: dict[bytes, str], decoding: Decoding, advance: Callable[[int], None]
    ) -> dict[bytes, str]:
        shelf = _Shelf(self._store, list(texts), self._lasting)
        try:
            made = self._backend.generate(list(texts.values()), decoding, advance, shelf.take)
            shelf.take(dict(enumerate(made)))
        finally:
            shelf.store()
            self.usage.made += shelf.taken
        return dict(zip(texts, made, strict=True))

    def _chunk_size(self) -> int:
        return self._chunk_characters if self._store.alone else self._shared_characters

    def close(self) -> None:
        """Unload the model."""
        self._backend.close()


class _Shelf:
    """Stores outputs soon after they are finished, several in one transaction.

    Args:
        store: remembers.
        keys: of the texts, by place.
        lasting: tells which outputs are worth remembering.

    Attributes:
        taken: how many outputs there are.
    """

    def __init__(
        self, store: MemoStore, keys: Sequence[bytes], lasting: Callable[[str], bool]
    ) -> None:
        self._store, self._lasting = store, lasting
        self._left = dict(enumerate(keys))
        self._waiting: dict[bytes, str] = {}
        self._stored_at = time.monotonic()
        self.taken = 0

    def take(self, outputs: Mapping[int, str]) -> None:
        """Take outputs by place; what was taken before is known already."""
        fresh = {self._left.pop(place): outputs[place] for place in outputs if place in self._left}
        self._waiting |= fresh
        self.taken += len(fresh)
        if time.monotonic() - self._stored_at > _KEPT_SECONDS:
            self.store()

    def store(self) -> None:
        """Store what waits, and let others have it."""
        waiting, self._waiting = self._waiting, {}
        if waiting:
            self._store.put_many([item for item in waiting.items() if self._lasting(item[1])])
            self._store.give_up(list(waiting))
        self._stored_at = time.monotonic()


class _Patience:
    """Waits for others with growing pauses, until for long enough they have finished nothing."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._begun = time.monotonic()
        self._pause = _FIRST_PAUSE
        self._told = False
        self.ended = False

    def wait(self, *, progress: bool) -> None:
        """Pause, or end."""
        now = time.monotonic()
        if progress:
            self._begun, self._pause = now, _FIRST_PAUSE
        rest = self._begun + self._seconds - now
        if rest <= 0:
            self.ended = True
            return
        if now - self._begun > _TOLD_SECONDS and not self._told:
            self._told = True
            LOG.warning(
                "waiting for outputs that another process with the same memo is making, for %d "
                "seconds at most. Set memo.patience_seconds to wait less.",
                rest,
                extra=event("waiting", seconds=round(rest, 1)),
            )
        time.sleep(min(self._pause, rest))
        self._pause = min(self._pause * _GROWTH, _LAST_PAUSE)


def _nobody(_: int) -> None:
    """Hear of finished texts, and ignore it."""


def _chunks(texts: dict[bytes, str], most: Callable[[], int]) -> Iterator[list[bytes]]:
    """Yield keys in chunks, long texts first: like lengths share a chunk and fill its batches.

    Args:
        texts: by key.
        most: tells, for each chunk anew, how many characters it may hold.
    """
    chunk: list[bytes] = []
    size, bound = 0, most()
    for key in sorted(texts, key=lambda key: len(texts[key]), reverse=True):
        if chunk and size + len(texts[key]) > bound:
            yield chunk
            chunk, size, bound = [], 0, most()
        chunk.append(key)
        size += len(texts[key])
    if chunk:
        yield chunk
