"""Settings of the `executor` group."""

from dataclasses import dataclass, field

from configs.ranges import allowed


@dataclass
class ExecutorSettings:
    """What every option of the group is."""


@dataclass
class LocalExecutor(ExecutorSettings):
    """Run in this process.

    Attributes:
        window: articles that travel together, at most; four windows are under way. More makes
            fuller batches and takes more memory.
    """

    window: int = field(default=256, metadata=allowed(least=1))
