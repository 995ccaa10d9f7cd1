"""What the executor knows of a stage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.records import Draft, Fault


@dataclass(slots=True)
class Usage:
    """Counts of model outputs: `made` by a model call, `reused` from the memo."""

    made: int = 0
    reused: int = 0


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
