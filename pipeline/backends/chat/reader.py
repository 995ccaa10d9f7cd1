"""Give the stages texts, where the memo keeps records of answers."""

from collections.abc import Callable, Sequence

from pipeline.backend import CountedBackend, Decoding, Keep
from pipeline.backends.chat.answers import read_answer


class AnswerReader:
    """A backend whose outputs are the texts of another one's records.

    Args:
        backend: a `ChatBackend` behind the memo.

    Attributes:
        usage: counts of the memo.
    """

    def __init__(self, backend: CountedBackend) -> None:
        self.model, self.engine, self.usage = backend.model, backend.engine, backend.usage
        self.effort = backend.effort
        self._backend = backend
        self._cut: set[str] = set()
        self._problems: dict[str, str] = {}

    @property
    def model_bytes(self) -> int | None:
        """Return the other's."""
        return self._backend.model_bytes

    def fingerprint(self) -> str:
        """Return the other's."""
        return self._backend.fingerprint()

    def open(self) -> None:
        """Open the other."""
        self._backend.open()

    @property
    def max_source_tokens(self) -> int:
        """Return the other's."""
        return self._backend.max_source_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count as the other."""
        return self._backend.count_tokens(texts)

    def generate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        advance: Callable[[int], None] | None = None,
        keep: Keep | None = None,
    ) -> list[str]:
        """Return the texts of the answers; empty where there is none that can be used."""
        records = self._backend.generate(texts, decoding, advance, keep)
        answers = [read_answer(record) for record in records]
        self._cut = {answer.text for answer in answers if answer.cut}
        self._problems = {
            text: answer.problem
            for text, answer in zip(texts, answers, strict=True)
            if answer.problem is not None
        }
        return [answer.text for answer in answers]

    def hit_limit(self, outputs: Sequence[str], decoding: Decoding) -> list[bool]:
        """Tell which outputs of the last call were cut."""
        del decoding
        return [output in self._cut for output in outputs]

    def why_empty(self, text: str) -> str | None:
        """Tell why a text of the last call has no output."""
        return self._problems.get(text)

    def close(self) -> None:
        """Close the other."""
        self._backend.close()
