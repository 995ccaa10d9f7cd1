"""What the executor knows of a stage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pipeline.records import Draft, Fault


@dataclass(slots=True)
class Effort:
    """What calls of a model took; `None` is not known.

    Attributes:
        source_tokens: what the model read.
        padded_tokens: the same with padding: rows of each batch times its longest row.
        target_tokens: what it wrote, special tokens apart.
        seconds: while a batch was being generated.
    """

    source_tokens: int | None = 0
    padded_tokens: int | None = 0
    target_tokens: int | None = 0
    seconds: float = 0.0

    def add(self, read: int | None, padded: int | None, written: int | None) -> None:
        """Count one more batch; what is not known of one is not known of all."""
        self.source_tokens = _sum(self.source_tokens, read)
        self.padded_tokens = _sum(self.padded_tokens, padded)
        self.target_tokens = _sum(self.target_tokens, written)

    def add_all(self, more: "Effort", sign: int = 1) -> None:
        """Count what others counted; with a `sign` of -1, take it away."""
        self.add(*(_signed(each, sign) for each in more.tokens))
        self.seconds += sign * more.seconds

    @property
    def tokens(self) -> tuple[int | None, int | None, int | None]:
        """Return what was read, padded and written."""
        return self.source_tokens, self.padded_tokens, self.target_tokens


@dataclass(slots=True)
class Usage:
    """Counts of model outputs: `made` by a model call, `reused` from the memo.

    Attributes:
        effort: what making them took; `None` where no model is asked.
    """

    made: int = 0
    reused: int = 0
    effort: Effort | None = field(default=None, compare=False)

    def copy(self) -> "Usage":
        """Return the counts as they are now."""
        return replace(self, effort=self.effort and replace(self.effort))

    def add(self, more: "Usage", sign: int = 1) -> None:
        """Count what others counted; with a `sign` of -1, take it away."""
        self.made += sign * more.made
        self.reused += sign * more.reused
        if self.effort is not None and more.effort is not None:
            self.effort.add_all(more.effort, sign)


class Stage(Protocol):
    """One step of the journey.

    `process` returns one outcome per draft, in order. It raises only what should end the run;
    what concerns one article becomes a `Fault`.
    """

    name: str

    @property
    def usage(self) -> Usage:
        """Count what the stage made and what it remembered."""

    def open(self) -> None:
        """Load what is needed before the first draft; raise `BackendError` if it is not there."""

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Add this stage's part to each draft; call `advance` with counts of finished drafts."""

    def close(self) -> None:
        """Release models and files."""


def _sum(total: int | None, more: int | None) -> int | None:
    return None if total is None or more is None else total + more


def _signed(value: int | None, sign: int) -> int | None:
    return None if value is None else sign * value
